"""What every rule on bits must keep: its losses are those of who counts, not of who calculates."""

from __future__ import annotations

import itertools
import math
from time import perf_counter

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import BitRule
from rnnlab.rules.base import Sequence
from rnnlab.rules.noisy import noisy
from tests.rules.found import EVERY_BIT_RULE, EVERY_BIT_SETTING

LN2 = math.log(2)

# Causes of the first targets may lie before the start; they are left out where means are compared.
WARM_UP = 1_000

LENGTH = 30  # of the rows in test_the_first_window_of_rows: more than the longest lag


def series(tried: BitRule, n_bits: int, parameters: dict, seed: int = 20) -> Sequence:
    return tried.generate(np.random.default_rng(seed), n_bits, **parameters)


def losses(targets: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """-ln of the probability that was given to what came; infinite where that was 0."""
    given = np.where(targets == 1, chance, 1 - chance)
    with np.errstate(divide="ignore"):
        return -np.log(given)


def shares_of_ones(observed: Sequence, position: int) -> np.ndarray:
    """How often 1 follows each combination of the last `position` + 1 bits, nan where none came."""
    x, y = observed.inputs[WARM_UP:], observed.targets[WARM_UP:]
    combination = combinations(x, position)
    ones = np.bincount(combination, weights=y[position:], minlength=2 << position)
    came = np.bincount(combination, minlength=2 << position)
    with np.errstate(invalid="ignore"):
        return ones / came


def combinations(x: np.ndarray, position: int) -> np.ndarray:
    """The last `position` + 1 bits up to each place, as one number."""
    past = np.lib.stride_tricks.sliding_window_view(x, position + 1, axis=-1)
    return past @ (1 << np.arange(position + 1))


def counted_loss(observed: Sequence, window: int) -> float:
    """The loss of one who counts how often 1 follows each combination of bits seen in a window."""
    total = 0.0
    for position in range(window):
        share = shares_of_ones(observed, position)[combinations(observed.inputs, position)]
        total += losses(observed.targets[position:], share)[WARM_UP:].mean()
    return total / window


@EVERY_BIT_SETTING
def test_who_knows_the_rule_reaches_the_best_loss(tried, parameters):
    drawn = series(tried, 200_000, parameters)
    lost = losses(drawn.targets, tried.truth(drawn.inputs, **parameters))
    assert np.isfinite(lost).all(), "the truth said never, and it happened"
    lost = lost[WARM_UP:]
    standard_error = lost.std() / math.sqrt(lost.size)
    distance = abs(lost.mean() - tried.best_loss(**parameters))
    assert distance <= 4 * standard_error + 1e-12


@EVERY_BIT_SETTING
@pytest.mark.parametrize("window", [1, 3, 6])
def test_who_counts_within_windows_reaches_their_best_loss(tried, parameters, window):
    counted = counted_loss(series(tried, 200_000, parameters), window)
    assert counted == pytest.approx(tried.best_loss(window, **parameters), abs=0.004)


@EVERY_BIT_SETTING
def test_the_truth_looks_at_the_inputs_it_depends_on_and_at_no_other(tried, parameters):
    lags = tried.depends_on(**parameters)
    x = series(tried, 4_000, parameters).inputs
    before = tried.truth(x, **parameters)
    rng = np.random.default_rng(1)
    moved = dict.fromkeys(lags, False)
    for place in rng.choice(np.arange(100, 3_900), 200, replace=False):
        turned = x.copy()
        turned[place] ^= 1
        changed = set(np.flatnonzero(tried.truth(turned, **parameters) != before) - place)
        assert changed <= set(lags)
        moved |= dict.fromkeys(changed, True)
    if tried.best_loss(**parameters) < tried.nothing(**parameters) - 1e-9:
        assert any(moved.values())


@EVERY_BIT_SETTING
def test_who_counts_only_the_ones_reaches_the_loss_of_knowing_nothing(tried, parameters):
    targets = series(tried, 200_000, parameters).targets[WARM_UP:]
    lost = losses(targets, np.full(len(targets), targets.mean())).mean()
    assert lost == pytest.approx(tried.nothing(**parameters), abs=0.004)


@EVERY_BIT_SETTING
def test_the_best_loss_falls_with_the_window_from_nothing_to_the_whole_past(tried, parameters):
    floors = [tried.best_loss(window, **parameters) for window in (1, 2, 5, 10, 25, 100, 1000)]
    whole_past = tried.best_loss(None, **parameters)
    assert whole_past >= -1e-12
    assert floors[0] <= tried.nothing(**parameters) + 1e-12 <= LN2 + 2e-12
    assert all(later <= sooner + 1e-12 for sooner, later in itertools.pairwise(floors))
    assert whole_past - 1e-12 <= floors[-1] <= whole_past + 0.05


@EVERY_BIT_RULE
def test_a_rule_feeds_on_itself_where_every_target_is_the_next_input(tried):
    drawn = series(tried, 200, {})
    assert np.array_equal(drawn.targets[:-1], drawn.inputs[1:]) == tried.feeds_on_itself
    assert noisy(tried, 0.1).feeds_on_itself == tried.feeds_on_itself


@EVERY_BIT_SETTING
@pytest.mark.parametrize("window", [None, *range(1, 31)])
def test_the_stairs_lead_down_from_nothing_to_the_best(tried, parameters, window):
    stairs = list(tried.stairs(window, **parameters).values())
    way = [tried.nothing(**parameters), *stairs, tried.best_loss(window, **parameters)]
    if stairs:
        assert all(upper > lower + 1e-9 for upper, lower in itertools.pairwise(way))


@EVERY_BIT_SETTING
@pytest.mark.parametrize("window", [1, 3, 6])
def test_the_first_window_of_rows(tried, parameters, window):
    """Row 1 is judged by the truth from its start, rows 2 to 5 by who counted what follows what."""
    rng = np.random.default_rng(7)
    many = [tried.generate(rng, 5 * LENGTH, **parameters) for _ in range(1_500)]
    x = np.array([one.inputs for one in many]).reshape(-1, 5, LENGTH)[:, :, :window]
    y = np.array([one.targets for one in many]).reshape(-1, 5, LENGTH)[:, :, :window]
    lost = np.empty(y.shape)
    for one, (inputs, targets) in enumerate(zip(x, y, strict=True)):
        lost[one, 0] = losses(targets[0], tried.truth(inputs[0], **parameters))
    long_ago = series(tried, 300_000, parameters)
    for position in range(window):
        shares = shares_of_ones(long_ago, position)
        seen = combinations(x[:, 1:, : position + 1], position)[:, :, 0]
        lost[:, 1:, position] = losses(y[:, 1:, position], shares[seen])
    means = lost.mean(axis=(1, 2))
    standard_error = means.std() / math.sqrt(len(means))
    distance = abs(means.mean() - tried.first_window_loss(5, window, **parameters))
    assert distance <= 4 * standard_error + 1e-4  # counting is not quite knowing


@EVERY_BIT_SETTING
@pytest.mark.parametrize("n_bits", [1, 2, 7, 22, 1000])
def test_the_recipe_gives_the_very_bits(tried, parameters, n_bits):
    names = {"np": np, "rng": np.random.default_rng(20), "n_bits": n_bits}
    exec(tried.recipe(**parameters), names)
    drawn = series(tried, n_bits, parameters)
    for bits, cooked in ((drawn.inputs, names["x"]), (drawn.targets, names["y"])):
        assert cooked.dtype == bits.dtype
        np.testing.assert_array_equal(cooked, bits)


@EVERY_BIT_SETTING
def test_the_same_generator_state_gives_the_same_series(tried, parameters):
    first, again = series(tried, 500, parameters), series(tried, 500, parameters)
    other = series(tried, 500, parameters, seed=21)
    np.testing.assert_array_equal(first.inputs, again.inputs)
    np.testing.assert_array_equal(first.targets, again.targets)
    assert not np.array_equal(first.inputs, other.inputs)


@EVERY_BIT_SETTING
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


@EVERY_BIT_SETTING
def test_the_truth_never_looks_ahead(tried, parameters):
    inputs = series(tried, 120, parameters).inputs
    before = tried.truth(inputs, **parameters)
    for now in range(len(inputs)):
        other_future = inputs.copy()
        other_future[now + 1 :] = 1 - other_future[now + 1 :]
        after = tried.truth(other_future, **parameters)
        np.testing.assert_array_equal(after[: now + 1], before[: now + 1])


@EVERY_BIT_SETTING
def test_the_truth_leaves_the_inputs_as_they_are(tried, parameters):
    inputs = series(tried, 200, parameters).inputs
    kept = inputs.copy()
    tried.truth(inputs, **parameters)
    np.testing.assert_array_equal(inputs, kept)


@EVERY_BIT_RULE
def test_the_defaults_make_the_same_bits_as_their_names(tried):
    named = {name: knob.default for name, knob in tried.knobs.items()}
    assert tried.best_loss(4) == tried.best_loss(4, **named)
    np.testing.assert_array_equal(series(tried, 300, {}).targets, series(tried, 300, named).targets)


@EVERY_BIT_RULE
def test_half_a_million_bits_take_less_than_a_tenth_of_a_second(tried):
    seconds = []
    for _ in range(5):
        start = perf_counter()
        series(tried, 500_000, {})
        seconds.append(perf_counter() - start)
    assert min(seconds) < 0.1


@EVERY_BIT_RULE
def test_a_window_without_steps_is_refused(tried):
    for call in (tried.best_loss, lambda window: tried.first_window_loss(5, window)):
        with pytest.raises(SettingError, match="A window must have at least 1 step"):
            call(0)


@EVERY_BIT_RULE
def test_the_network_reads_a_bit_a_step_and_as_many_windows_as_fit(tried):
    assert tried.shape(15) == (15, 1)
    # The echo article: rows of 10,000, windows of 15. 666 * 15 = 9,990; 10 bits are left.
    assert tried.updates_per_epoch(5, 10_000, 15) == 666
    assert tried.settled == {}
