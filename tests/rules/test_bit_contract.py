"""What every rule on bits must keep: its losses are those of who counts, not of who calculates."""

from __future__ import annotations

import itertools
import math
from functools import cache
from time import process_time

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import BitRule
from rnnlab.rules.base import Sequence
from rnnlab.rules.strings import StringRule
from tests.rules.cases import (
    EVERY_BIT_RULE,
    EVERY_BIT_SETTING,
    EVERY_ENDLESS_SETTING,
    EVERY_LAGGED_SETTING,
)

LN2 = math.log(2)

# Causes of the first targets may lie before the start; they are left out where means are compared.
WARM_UP = 1_000

LENGTH = 30  # of the rows in test_the_first_window_of_rows: more than the longest lag

WINDOWS = (1, 3, 6)


def series(rule: BitRule, n_bits: int, seed: int = 20) -> Sequence:
    return rule.generate(np.random.default_rng(seed), n_bits)


@cache
def long_series(rule: BitRule) -> Sequence:
    """What all who count in a rule's bits share."""
    return series(rule, 200_000)


def losses(targets: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """-ln of the probability that was given to what came; infinite where that was 0."""
    given = np.where(targets == 1, chance, 1 - chance)
    with np.errstate(divide="ignore"):
        return -np.log(given)


def combinations(x: np.ndarray, position: int) -> np.ndarray:
    """The last `position` + 1 bits up to each place, as one number."""
    n = x.shape[-1] - position
    return sum(x[..., k : k + n].astype(np.intp) << k for k in range(position + 1))


@cache
def shares_of_ones(rule: BitRule, position: int) -> np.ndarray:
    """How often 1 follows each combination of the last `position` + 1 bits, nan where none came."""
    x, y = (bits[WARM_UP:] for bits in (long_series(rule).inputs, long_series(rule).targets))
    combination = combinations(x, position)
    ones = np.bincount(combination, weights=y[position:], minlength=2 << position)
    came = np.bincount(combination, minlength=2 << position)
    with np.errstate(invalid="ignore"):
        return ones / came


@EVERY_BIT_SETTING
def test_who_knows_the_rule_reaches_the_best_loss(rule):
    drawn = long_series(rule)
    lost = losses(drawn.targets, rule.target_probabilities(drawn.inputs))
    assert np.isfinite(lost).all(), "the truth said never, and it happened"
    lost = lost[WARM_UP:]
    standard_error = lost.std() / math.sqrt(lost.size)
    distance = abs(lost.mean() - rule.best_loss())
    assert distance <= 4 * standard_error + 1e-12


@EVERY_ENDLESS_SETTING
def test_who_counts_within_windows_reaches_their_best_loss(rule):
    """Knowing how often 1 follows each combination of bits that a window shows so far."""
    x, y = long_series(rule).inputs, long_series(rule).targets
    counted = []
    for position in range(max(WINDOWS)):
        share = shares_of_ones(rule, position)[combinations(x, position)]
        counted.append(losses(y[position:], share)[WARM_UP:].mean())
    for window in WINDOWS:
        best = rule.best_loss(window)
        assert np.mean(counted[:window]) == pytest.approx(best, abs=0.004), window


@EVERY_LAGGED_SETTING
def test_the_truth_looks_at_the_inputs_it_depends_on_and_at_no_other(rule):
    lags = rule.lags
    x = series(rule, 4_000).inputs
    before = rule.target_probabilities(x)
    rng = np.random.default_rng(1)
    moved = dict.fromkeys(lags, False)
    for place in rng.choice(np.arange(100, 3_900), 200, replace=False):
        turned = x.copy()
        turned[place] ^= 1
        changed = set(np.flatnonzero(rule.target_probabilities(turned) != before) - place)
        assert changed <= set(lags)
        moved |= dict.fromkeys(changed, True)
    if rule.best_loss() < rule.base_rate_loss() - 1e-9:
        assert any(moved.values())


@EVERY_BIT_SETTING
def test_who_counts_only_the_ones_reaches_the_loss_of_knowing_nothing(rule):
    targets = long_series(rule).targets[WARM_UP:]
    lost = losses(targets, np.full(len(targets), targets.mean())).mean()
    assert lost == pytest.approx(rule.base_rate_loss(), abs=0.004)


@EVERY_BIT_SETTING
def test_the_best_loss_falls_with_the_window_from_nothing_to_the_whole_past(rule):
    floors = [rule.best_loss(window) for window in (1, 2, 5, 10, 25, 100, 1000)]
    whole_past = rule.best_loss(None)
    assert whole_past >= -1e-12
    assert floors[0] <= rule.base_rate_loss() + 1e-12 <= LN2 + 2e-12
    assert all(later <= sooner + 1e-12 for sooner, later in itertools.pairwise(floors))
    assert whole_past - 1e-12 <= floors[-1] <= whole_past + 0.05


@EVERY_BIT_RULE
def test_a_rule_is_autoregressive_where_every_target_is_the_next_input(rule):
    drawn = series(rule, 200)
    assert np.array_equal(drawn.targets[:-1], drawn.inputs[1:]) == rule.autoregressive


@EVERY_BIT_SETTING
def test_the_stairs_lead_down_from_nothing_to_the_best(rule):
    for window in (None, *range(1, 31)):
        if stairs := rule.partial_losses(window).values():
            way = [rule.base_rate_loss(), *stairs, rule.best_loss(window)]
            steps = itertools.pairwise(way)
            assert all(upper > lower + 1e-9 for upper, lower in steps), window


@EVERY_ENDLESS_SETTING
def test_the_first_window_of_rows(rule):
    """Row 1 is judged by the truth from its start, rows 2 to 5 by who counted what follows what."""
    rng = np.random.default_rng(7)
    longest = max(WINDOWS)
    epochs = [rule.generate(rng, 5 * LENGTH) for _ in range(500)]
    x = np.array([epoch.inputs for epoch in epochs]).reshape(-1, 5, LENGTH)[:, :, :longest]
    y = np.array([epoch.targets for epoch in epochs]).reshape(-1, 5, LENGTH)[:, :, :longest]
    lost = np.empty(y.shape)
    for epoch, (inputs, targets) in enumerate(zip(x, y, strict=True)):
        lost[epoch, 0] = losses(targets[0], rule.target_probabilities(inputs[0]))
    for position in range(longest):
        bits_so_far = combinations(x[:, 1:, : position + 1], position)[:, :, 0]
        shares = shares_of_ones(rule, position)[bits_so_far]
        lost[:, 1:, position] = losses(y[:, 1:, position], shares)
    for window in WINDOWS:
        means = lost[:, :, :window].mean(axis=(1, 2))
        standard_error = means.std() / math.sqrt(len(means))
        distance = abs(means.mean() - rule.first_window_loss(5, window))
        assert distance <= 4 * standard_error + 1e-4, window  # counting is not quite knowing


@EVERY_BIT_SETTING
def test_the_recipe_gives_the_very_bits(rule):
    for n_bits in (1, 2, 7, 22, 1000):
        names = {"np": np, "rng": np.random.default_rng(20), "n_bits": n_bits}
        exec(rule.numpy_code(), names)
        drawn = series(rule, n_bits)
        for bits, cooked in ((drawn.inputs, names["x"]), (drawn.targets, names["y"])):
            assert cooked.dtype == bits.dtype
            np.testing.assert_array_equal(cooked, bits)


@EVERY_BIT_SETTING
def test_the_same_generator_state_gives_the_same_series(rule):
    first, again = series(rule, 500), series(rule, 500)
    other = series(rule, 500, seed=21)
    np.testing.assert_array_equal(first.inputs, again.inputs)
    np.testing.assert_array_equal(first.targets, again.targets)
    assert not np.array_equal(first.inputs, other.inputs)


@EVERY_BIT_SETTING
def test_a_series_is_bits_and_the_truth_probabilities(rule):
    for n_bits in (1, 2, 3, 7, 21, 22, 1000):
        drawn = series(rule, n_bits)
        inputs = drawn.inputs.copy()
        chance = rule.target_probabilities(drawn.inputs)
        np.testing.assert_array_equal(drawn.inputs, inputs)
        for bits in (drawn.inputs, drawn.targets):
            assert bits.dtype == np.uint8
            assert bits.shape == (n_bits,)
            assert bits.max() <= 1
        assert chance.dtype == np.float64
        assert chance.shape == (n_bits,)
        assert np.all((chance >= 0) & (chance <= 1))


@EVERY_BIT_RULE
def test_half_a_million_bits_take_less_than_a_tenth_of_a_second(rule):
    seconds = []
    for _ in range(5):
        start = process_time()  # others may be at work on this machine
        series(rule, 500_000)
        seconds.append(process_time() - start)
    assert min(seconds) < 0.1


@EVERY_BIT_RULE
def test_a_window_without_steps_is_refused(rule):
    for call in (rule.best_loss, lambda window: rule.first_window_loss(5, window)):
        with pytest.raises(SettingError, match="A window must have at least 1 step"):
            call(0)


@EVERY_BIT_RULE
def test_the_network_reads_a_bit_a_step_and_as_many_windows_as_fit(rule):
    assert rule.shape(15) == (15, 1)
    # The echo article: rows of 10,000, windows of 15. 666 * 15 = 9,990; 10 bits are left.
    assert rule.updates_per_epoch(5, 10_000, 15) == 666
    on_strings = isinstance(rule, StringRule)  # no state goes from one string to the next
    assert rule.fixed_settings == ({"carry_state": False} if on_strings else {})
