"""A series of bits: that of training, its causes, counts and sentences; the two pair rules."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.exploration.series import (
    FORCED,
    FREE,
    PUSHED,
    SeriesStep,
    count_targets,
    counts_sentence,
    early_sentence,
    pair_versions,
    series_of,
    series_steps,
    step_sentence,
    target_kind,
)
from rnnlab.rules import RULES, BitRule
from rnnlab.rules.machine import MachineRule
from rnnlab.settings import Settings

BIT_RULES = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]

MACHINES = [name for name in BIT_RULES if isinstance(RULES[name], MachineRule)]
LAGGED = [name for name in BIT_RULES if name not in MACHINES]


def small(rule: str, noise: float = 0.0, **parameters: float) -> Settings:
    values = {"rows": 5, "length": 400, "noise": noise, "seed": 3}
    return Settings.of({"rule": rule, **values, **parameters})


@pytest.mark.parametrize("fresh", [False, True])
def test_the_series_is_the_one_that_training_cuts(fresh):
    from rnnlab.training.data import Data

    settings = Settings(rule="echo", rows=4, length=103, window=10, seed=7, fresh_data=fresh)
    series = series_of(settings, epoch=1)
    n = settings.updates_per_epoch
    batches = Data(settings).batches(n, 2 * n)  # (updates, networks, rows, window, features)
    inputs = np.moveaxis(batches.inputs[:, 0, ..., 0], 1, 0).reshape(4, n * 10)
    targets = np.moveaxis(batches.targets[:, 0], 1, 0).reshape(4, n * 10)
    assert np.array_equal(series.inputs.reshape(4, 103)[:, : n * 10], inputs)
    assert np.array_equal(series.targets.reshape(4, 103)[:, : n * 10], targets)


@pytest.mark.parametrize("noise", [0.0, 0.1])
@pytest.mark.parametrize("name", LAGGED)
def test_causes_settle_the_chance_and_forced_targets_obey(name, noise):
    settings = small(name, noise)
    by_causes: dict[tuple[int | None, ...], set[float]] = {}
    for step in series_steps(settings, 0, 2000):
        if step.complete:
            by_causes.setdefault(tuple(bit for _, bit in step.causes), set()).add(step.probability)
        if step.kind == FORCED:
            assert step.y == round(step.probability)
    assert all(len(probabilities) == 1 for probabilities in by_causes.values())
    lags = settings.bit_rule.lags
    assert len(by_causes) == 2 ** len(lags)  # every combination of bits came


@pytest.mark.parametrize("name", MACHINES)
def test_of_a_machine_a_step_names_the_states_in_which_it_may_be(name):
    settings = small(name)
    machine = settings.bit_rule.machine()
    outputs = dict(zip(machine.names, machine.outputs, strict=True))
    steps = series_steps(settings, 0, 300)
    for step in steps:
        chances = [outputs[state] for state in step.states]
        assert min(chances) - 1e-9 <= step.probability <= max(chances) + 1e-9
    last = steps[-1]
    assert len(last.states) == 1
    assert f"have led to the state “{last.states[0]}”" in step_sentence(last)


def test_before_a_machine_is_known_its_step_says_how_many_states_there_are():
    step = SeriesStep(0, 1, 0, 0.25, (), ("off", "on", "broken"))
    assert "the machine may be in any of 3 states" in step_sentence(step)


def test_a_strip_is_a_piece_of_the_series_and_ends_with_it():
    settings = small("pair")
    series = series_of(settings)
    steps = series_steps(settings, 1990, 40)
    assert [step.t for step in steps] == list(range(1990, 2000))
    assert [step.x for step in steps] == series.inputs[1990:].tolist()
    assert [step.y for step in steps] == series.targets[1990:].tolist()
    assert steps[0].causes == ((1989, series.inputs[1989]), (1988, series.inputs[1988]))


@pytest.mark.parametrize("start", [-1, 2000])
def test_a_strip_that_begins_outside_is_refused(start):
    with pytest.raises(SettingError, match="between 0 and 1999"):
        series_steps(small("pair"), start, 40)


def test_numbers_have_no_strip():
    with pytest.raises(SettingError, match="not bits"):
        series_steps(Settings(rule="sine"), 0, 40)


@pytest.mark.parametrize(
    ("probability", "kind"),
    [(0.0, FORCED), (1.0, FORCED), (0.5, FREE), (0.25, PUSHED), (0.9, PUSHED), (1e-15, FORCED)],
)
def test_kinds_go_by_the_chance(probability, kind):
    assert target_kind(probability) == kind


@pytest.mark.parametrize(
    ("name", "noise", "forced", "pushed", "ones"),
    [
        ("pair", 0.0, 1 / 2, 0, 1 / 2),  # two flips in four are equal
        ("pair", 0.1, 0, 1 / 2, 1 / 2),  # with noise nothing is sure
        ("self-pair", 0.0, 1 / 3, 0, 1 / 2),  # README: two steps in three are coin flips
        ("echo", 0.0, 1, 0, 1 / 2),
        ("lags", 0.0, 1 / 4, 1 / 2, 0.625),  # probabilities .5, .25, 1, .75: mean 2.5 / 4
    ],
)
def test_counts_stand_beside_theory_and_near_it(name, noise, forced, pushed, ones):
    counts = count_targets(Settings(rule=name, noise=noise, rows=10, length=2000))
    theory = counts.theory_forced, counts.theory_pushed, counts.theory_ones
    assert theory == pytest.approx((forced, pushed, ones))
    assert counts.forced + counts.pushed + counts.free == counts.targets == 20_000
    seen = np.array([counts.forced, counts.pushed, counts.ones]) / 20_000
    assert np.abs(seen - theory).max() < 0.02  # more than 5 standard deviations of 20,000 flips


def test_counts_agree_with_the_strip():
    settings = small("lags")
    steps = series_steps(settings, 0, 2000)
    counts = count_targets(settings)
    kinds = [step.kind for step in steps]
    assert (counts.forced, counts.pushed, counts.free) == tuple(
        kinds.count(kind) for kind in (FORCED, PUSHED, FREE)
    )
    assert counts.ones == sum(step.y for step in steps)
    assert counts.kinds == (FORCED, PUSHED, FREE)
    assert [step.t for step in steps if not step.complete] == list(range(counts.early))


SENTENCES = {
    "y[17] = 0 is forced: x[16] and x[15] are both 1.": SeriesStep(
        17, 1, 0, 0.0, ((16, 1), (15, 1))
    ),
    "y[9] = 1 is a free coin flip: x[8] is 1 and x[7] is 0.": SeriesStep(
        9, 0, 1, 0.5, ((8, 1), (7, 0))
    ),
    "y[1,204] = 1, against the odds, P(y[1,204] = 1) = 0.1: x[1,203] and x[1,202] are both 1.": (
        SeriesStep(1204, 0, 1, 0.1, ((1203, 1), (1202, 1)))
    ),
    "y[9] = 1, as it is pushed, P(y[9] = 1) = 0.75: x[6], x[5] and x[1] are all 0.": SeriesStep(
        9, 0, 1, 0.75, ((6, 0), (5, 0), (1, 0))
    ),
    "y[1] = 0 is forced: x[-2] lies before the series begins.": SeriesStep(
        1, 1, 0, 0.0, ((-2, None),)
    ),
    "y[0] = 1, against the odds, P(y[0] = 1) = 0.3333: x[0] is 1 and x[-1] lies before the "
    "series begins.": SeriesStep(0, 1, 1, 1 / 3, ((0, 1), (-1, None))),
    "y[3] = 1, against the odds, P(y[3] = 1) = 0.3: it depends on no input.": SeriesStep(
        3, 0, 1, 0.3, ()
    ),
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_target_is_spelled_out(sentence):
    assert step_sentence(SENTENCES[sentence]) == sentence


def test_counts_are_told_beside_theory():
    sentence = counts_sentence(count_targets(Settings(rule="echo", rows=1, length=100)))
    assert sentence.startswith(
        "Of your 100 targets there are 100 forced (100 %; theory 100 %) and "
    )
    assert "ones (" in sentence
    assert sentence.endswith("theory 50 %).")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (small("pair"), "The first 2 targets (t = 0 and 1) have causes before the series begins."),
        (small("lags"), "The first 8 targets (t = 0 to 7) have causes before the series begins."),
        (small("self-pair"), "The first target (t = 0) has a cause before the series begins."),
        (small("own", expression="x[t]"), ""),
    ],
)
def test_the_first_targets_are_told(settings, sentence):
    assert early_sentence(count_targets(settings)) == sentence


@pytest.mark.parametrize("settings", [Settings(), Settings(rule="self-pair", seed=3)])
def test_both_are_made_whichever_is_chosen_and_counted_as_theory_says(settings):
    code, words = pair_versions(settings)
    assert (code.rule, words.rule) == ("pair", "self-pair")
    assert (code.expected_share, words.expected_share) == (1 / 2, 1 / 3)
    assert (code.expected_loss, words.expected_loss) == pytest.approx(
        (math.log(2) / 2, 2 / 3 * math.log(2))
    )
    for version in (code, words):
        assert version.forced_share == pytest.approx(version.expected_share, abs=0.004)
        assert version.measured_loss == pytest.approx(version.expected_loss, abs=0.004)


def test_forced_steps_are_those_after_two_equal_bits():
    code, words = pair_versions(Settings(rows=5, length=200))
    x, s = code.series.inputs, words.series.inputs
    for t in range(2, 1000):
        assert code.forced[t] == (x[t - 1] == x[t - 2])
        assert words.forced[t] == (s[t] == s[t - 1])
    assert not code.forced[0]
    assert not words.forced[0]


def test_noise_costs_both_more_and_leaves_the_forced_steps():
    # One target in ten is flipped: a forced step then costs H(0.1), whatever else.
    flip = -0.1 * math.log(0.1) - 0.9 * math.log(0.9)
    clean, noisy = pair_versions(Settings()), pair_versions(Settings(noise=0.1))
    for without, version in zip(clean, noisy, strict=True):
        assert version.forced_share == without.forced_share
        assert version.expected_loss == pytest.approx(
            version.expected_share * flip + (1 - version.expected_share) * math.log(2)
        )
        assert version.measured_loss == pytest.approx(version.expected_loss, abs=0.004)


def test_a_pair_further_back_does_not_change_either():
    near, far = Settings(), Settings.of({"lag": 6})
    assert pair_versions(near)[0].forced_share == pair_versions(far)[0].forced_share
