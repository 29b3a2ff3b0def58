"""What every rule must keep, whichever it is. A new rule is found here and tested, untouched."""

from __future__ import annotations

import inspect
import itertools
import math

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import RULES, Rule, rule
from rnnlab.rules.base import Sequence

LN2 = math.log(2)

# Causes of the first targets may lie before the start; they are left out where means are compared.
WARM_UP = 1_000


def settings_of(tried: Rule) -> list[dict]:
    """The defaults, and each knob at every extreme (or choice) with the others at their default."""
    found = [{}]
    for name, knob in tried.knobs.items():
        extremes = knob.choices or (knob.low, knob.high)
        found += [{name: value} for value in extremes if value is not None]
    return found


EVERY_RULE = pytest.mark.parametrize("tried", RULES.values(), ids=list(RULES))
EVERY_SETTING = pytest.mark.parametrize(
    ("tried", "parameters"),
    [
        pytest.param(tried, parameters, id=f"{tried.name}-{parameters}")
        for tried in RULES.values()
        for parameters in settings_of(tried)
    ],
)


def series(tried: Rule, n_bits: int, parameters: dict, seed: int = 20) -> Sequence:
    return tried.generate(np.random.default_rng(seed), n_bits, **parameters)


def losses(targets: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """-ln of the probability that was given to what came; infinite where that was 0."""
    given = np.where(targets == 1, chance, 1 - chance)
    with np.errstate(divide="ignore"):
        return -np.log(given)


def counted_loss(observed: Sequence, window: int) -> float:
    """The loss of one who counts how often 1 follows each combination of bits seen in a window."""
    x, y = observed.inputs[WARM_UP:], observed.targets[WARM_UP:]
    total = 0.0
    for position in range(window):
        past = np.lib.stride_tricks.sliding_window_view(x, position + 1)
        combination = past @ (1 << np.arange(position + 1))
        came = np.bincount(combination)
        ones = np.bincount(combination, weights=y[position:])
        share = ones[combination] / came[combination]
        total += losses(y[position:], share).mean()
    return total / window


@EVERY_SETTING
def test_who_knows_the_rule_reaches_the_best_loss(tried, parameters):
    drawn = series(tried, 200_000, parameters)
    lost = losses(drawn.targets, tried.truth(drawn.inputs, **parameters))
    assert np.isfinite(lost).all(), "the truth said never, and it happened"
    lost = lost[WARM_UP:]
    standard_error = lost.std() / math.sqrt(lost.size)
    distance = abs(lost.mean() - tried.best_loss(**parameters))
    assert distance <= 4 * standard_error + 1e-12


@EVERY_SETTING
@pytest.mark.parametrize("window", [1, 3, 6])
def test_who_counts_within_windows_reaches_their_best_loss(tried, parameters, window):
    counted = counted_loss(series(tried, 200_000, parameters), window)
    assert counted == pytest.approx(tried.best_loss(window, **parameters), abs=0.004)


@EVERY_SETTING
def test_the_best_loss_falls_with_the_window_to_that_of_the_whole_past(tried, parameters):
    floors = [tried.best_loss(window, **parameters) for window in (1, 2, 5, 10, 25, 100, 1000)]
    whole_past = tried.best_loss(None, **parameters)
    assert whole_past >= -1e-12
    assert floors[0] <= LN2 + 1e-12
    assert all(later <= sooner + 1e-12 for sooner, later in itertools.pairwise(floors))
    assert whole_past - 1e-12 <= floors[-1] <= whole_past + 0.05


@EVERY_SETTING
def test_the_same_generator_state_gives_the_same_series(tried, parameters):
    first, again = series(tried, 500, parameters), series(tried, 500, parameters)
    other = series(tried, 500, parameters, seed=21)
    np.testing.assert_array_equal(first.inputs, again.inputs)
    np.testing.assert_array_equal(first.targets, again.targets)
    assert not np.array_equal(first.inputs, other.inputs)


@EVERY_SETTING
@pytest.mark.parametrize("n_bits", [1, 2, 3, 7, 21, 22, 1000])
def test_a_series_is_bits_and_the_truth_probabilities(tried, parameters, n_bits):
    drawn = series(tried, n_bits, parameters)
    for bits in (drawn.inputs, drawn.targets):
        assert bits.dtype == np.uint8
        assert bits.shape == (n_bits,)
        assert bits.max() <= 1
    chance = tried.truth(drawn.inputs, **parameters)
    assert chance.dtype == np.float64
    assert chance.shape == (n_bits,)
    assert np.all((chance >= 0) & (chance <= 1))


@EVERY_SETTING
def test_the_truth_never_looks_ahead(tried, parameters):
    inputs = series(tried, 120, parameters).inputs
    before = tried.truth(inputs, **parameters)
    for now in range(len(inputs)):
        other_future = inputs.copy()
        other_future[now + 1 :] = 1 - other_future[now + 1 :]
        after = tried.truth(other_future, **parameters)
        np.testing.assert_array_equal(after[: now + 1], before[: now + 1])


@EVERY_SETTING
def test_the_truth_leaves_the_inputs_as_they_are(tried, parameters):
    inputs = series(tried, 200, parameters).inputs
    kept = inputs.copy()
    tried.truth(inputs, **parameters)
    np.testing.assert_array_equal(inputs, kept)


@EVERY_RULE
def test_the_defaults_need_not_be_named(tried):
    named = {name: knob.default for name, knob in tried.knobs.items()}
    assert tried.check({}) == named
    assert tried.best_loss(4) == tried.best_loss(4, **named)
    np.testing.assert_array_equal(series(tried, 300, {}).targets, series(tried, 300, named).targets)


def calls(tried: Rule, parameters: dict) -> list:
    """Each public method of a rule, waiting to be called with these parameters."""
    return [
        lambda: tried.check(parameters),
        lambda: tried.generate(np.random.default_rng(0), 50, **parameters),
        lambda: tried.truth(np.zeros(50, dtype=np.uint8), **parameters),
        lambda: tried.best_loss(5, **parameters),
    ]


def refusals(tried: Rule, parameters: dict) -> list[str]:
    """What each public method says to parameters that it must refuse."""
    said = []
    for call in calls(tried, parameters):
        with pytest.raises(SettingError) as refusal:
            call()
        said.append(str(refusal.value))
    return said


@EVERY_RULE
def test_a_parameter_that_is_none_is_refused_by_name(tried):
    for sentence in refusals(tried, {"colour": 3}):
        assert sentence.startswith(f"The rule '{tried.name}' has no parameter called 'colour'; ")
        assert all(name in sentence for name in tried.knobs)


@EVERY_RULE
def test_numbers_beyond_the_limits_are_refused_with_the_limits(tried):
    for name, knob in tried.knobs.items():
        outside = [(knob.low, -1), (knob.high, +1)]
        for limit, step in outside:
            if limit is not None:
                for sentence in refusals(tried, {name: limit + step}):
                    assert knob.label in sentence
                    assert f"it is {limit + step}" in sentence


@EVERY_RULE
def test_what_is_no_value_of_a_knob_is_refused_with_its_label(tried):
    for name, knob in tried.knobs.items():
        nonsense = "maroon" if isinstance(knob.default, int | float) else 3.5
        assert all(knob.label in sentence for sentence in refusals(tried, {name: nonsense}))


@EVERY_RULE
def test_a_window_without_steps_is_refused(tried):
    with pytest.raises(SettingError, match="A window must have at least 1 step"):
        tried.best_loss(0)


@EVERY_RULE
def test_a_rule_introduces_itself_in_plain_words(tried):
    assert rule(tried.name) is tried
    assert tried.title[0].isupper()
    assert tried.sentence[0].isupper()
    assert tried.sentence.endswith(".")
    assert len(tried.sentence) <= 120
    assert tried.article


@EVERY_RULE
def test_the_recipe_is_short_enough_to_be_shown(tried):
    source = inspect.getsource(tried.generate)
    assert "def generate" in source
    assert len(source.splitlines()) <= 25


@EVERY_RULE
def test_the_knobs_of_a_rule_belong_to_the_data(tried):
    for name, knob in tried.knobs.items():
        assert knob.topic == "data"
        assert knob.check(knob.default) == knob.default
        assert name not in {"rng", "n_bits", "inputs", "window"}


def test_a_knob_that_two_rules_share_is_the_same_knob():
    seen = {}
    for tried in RULES.values():
        for name, knob in tried.knobs.items():
            assert seen.setdefault(name, knob) == knob, f"'{name}' means two things"
