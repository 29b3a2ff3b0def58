"""The counted and the exact probabilities of a 1, against loops, simulation and paper."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.exploration.pattern_counts import (
    count_patterns,
    exact_probabilities,
    selectable_lags,
)
from rnnlab.rules import RULES, BitRule, Sequence
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.own import OwnRule
from rnnlab.rules.pair import PairRule

EVERY_BIT_RULE = pytest.mark.parametrize(
    "name", [name for name, rule in RULES.items() if isinstance(rule, BitRule)]
)


def series_of(rule: BitRule, n_bits: int = 200_000) -> Sequence:
    return rule.generate(np.random.default_rng(11), n_bits)


def test_every_step_with_a_whole_past_is_counted_under_its_pattern():
    rule, lags, n_bits = RULES["lags"], (5, 3), 400
    series = series_of(rule, 1000)
    counts = count_patterns(rule, series, lags, n_bits)
    for row in counts.rows:
        # The rule itself looks 8 steps back, so the first 8 targets are not like the others.
        after = [
            int(series.targets[t])
            for t in range(8, n_bits)
            if tuple(series.inputs[t - lag] for lag in lags) == row.pattern
        ]
        assert (row.n, row.ones) == (len(after), sum(after))
    assert counts.n == n_bits - 8
    assert [row.pattern for row in counts.rows] == list(product((0, 1), repeat=2))


@EVERY_BIT_RULE
@pytest.mark.parametrize("noise", [0.0, 0.1])
@pytest.mark.parametrize("lags", [None, (), (0,), (4,), (0, 1, 2), (1, 3, 8, 12)])
def test_the_exact_chances_are_those_that_a_long_series_shows(name, noise, lags):
    rule = replace(RULES[name], noise=noise)
    counts = count_patterns(rule, series_of(rule), rule.lags if lags is None else lags, 200_000)
    assert sum(row.frequency for row in counts.rows) == pytest.approx(1)
    for row in counts.rows:
        if row.frequency == 0:
            assert (row.n, math.isnan(row.exact), row.agrees) == (0, True, False)
            continue
        # Five standard errors, half as much again for neighbours that share causes.
        error = math.sqrt(max(row.exact * (1 - row.exact), 1e-9) / row.n)
        assert abs(row.share - row.exact) <= 7.5 * error
        assert abs(row.n / counts.n - row.frequency) < 0.01


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, rule in RULES.items()
        if isinstance(rule, BitRule) and not isinstance(rule, MachineRule)
    ],
)
def test_all_causes_together_give_the_rules_own_truth(name):
    rule = RULES[name]
    lags = tuple(sorted(rule.lags, reverse=True))
    exact, _ = exact_probabilities(rule, lags)
    series = series_of(rule, 500)
    probabilities = rule.target_probabilities(series.inputs)
    for t in range(max(lags), 500):
        assert exact[tuple(series.inputs[t - lag] for lag in lags)] == probabilities[t]


def test_chances_of_a_part_by_hand():
    # One of the pair is 0: the other one is 0 (a sure 1) or 1 (a fair coin), so 3/4.
    assert exact_probabilities(RULES["pair"], (1,))[0].tolist() == [0.75, 0.25]
    assert exact_probabilities(RULES["pair"], (12, 5))[0].tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert exact_probabilities(RULES["parity"], (1,))[0].tolist() == [0.5, 0.5]
    # P = 0.5 + 0.5 x3 - 0.25 x8; the furthest lag comes first; x8 alone: 0.75 - 0.25 x8.
    assert exact_probabilities(RULES["lags"], (8, 3))[0].tolist() == [[0.5, 1.0], [0.25, 0.75]]
    assert exact_probabilities(RULES["lags"], (8,))[0].tolist() == [0.75, 0.5]


def test_the_chances_of_the_self_pair_by_hand():
    # After a 0: two times in three it followed a 1 (a fair coin), else a 0 (a sure 1):
    # 2/3 * 1/2 + 1/3 = 2/3.
    exact, _ = exact_probabilities(RULES["self-pair"], (0,))
    assert exact.tolist() == pytest.approx([2 / 3, 1 / 3])
    # Equal neighbours come one time in three, in two kinds; three equal bits never.
    exact, frequencies = exact_probabilities(RULES["self-pair"], (1, 0))
    assert frequencies.ravel().tolist() == pytest.approx([1 / 6, 1 / 3, 1 / 3, 1 / 6])
    assert exact.ravel().tolist() == pytest.approx([1, 0.5, 0.5, 0])
    assert exact_probabilities(RULES["self-pair"], (2, 1, 0))[1][0, 0, 0] == 0


def test_bars_miss_about_one_time_in_twenty():
    rule = RULES["lags"]
    rows = [
        row
        for seed in range(150)
        for row in count_patterns(
            rule, rule.generate(np.random.default_rng(seed), 2000), (3, 8), 2000
        ).rows
        if 0 < row.exact < 1
    ]
    missed = np.mean([not row.agrees for row in rows])
    assert len(rows) == 450
    assert (
        0.05 - 4 * math.sqrt(0.05 * 0.95 / 450) < missed < 0.05 + 4 * math.sqrt(0.05 * 0.95 / 450)
    )


@settings(max_examples=20)
@given(st.integers(0, 60))
def test_a_series_too_short_for_a_pattern_has_nothing_to_count(n_bits):
    rule = RULES["pair"]
    series = series_of(rule, 100)
    assert count_patterns(rule, series, (12,), n_bits).n == max(n_bits - 12, 0)


def test_lags_that_matter_can_be_looked_at_however_far_they_are():
    assert selectable_lags(PairRule(20)) == (*range(13), 20, 21)
    counts = count_patterns(PairRule(20), series_of(PairRule(20), 900), (21, 20), 900)
    assert [row.exact for row in counts.rows] == [1, 0.5, 0.5, 0]


class OfOtherInputs(type(RULES["self-pair"])):
    """A rule whose inputs, it says, are neither coin flips nor its own targets."""

    name = "other"
    autoregressive = False


def test_what_follows_from_inputs_of_another_kind_is_not_made_up():
    rule = OfOtherInputs()
    for variant in (rule, replace(rule, noise=0.1)):
        with pytest.raises(SettingError, match="for the rule 'other': its inputs are neither"):
            count_patterns(variant, series_of(variant, 100), (1, 0), 100)


@pytest.mark.parametrize("lags", [(0, 1, 2, 3, 4), (-1,)])
def test_too_many_lags_and_lags_ahead_are_refused(lags):
    rule = RULES["pair"]
    with pytest.raises(SettingError, match="At most 4 lags from 0 on"):
        count_patterns(rule, series_of(rule, 100), lags, 100)


class OwnCoin(type(RULES["self-pair"])):
    """Coin flips, each of them predicted one step before it comes in."""

    lags = ()

    def clean_probabilities(self, inputs):
        return 0.5 + 0.0 * inputs


@pytest.mark.parametrize("noise", [0.0, 0.1])
@pytest.mark.parametrize("lags", [(), (0,), (2, 0)])
def test_without_causes_every_pattern_is_followed_by_the_same_probability(noise, lags):
    exact, frequencies = exact_probabilities(OwnCoin(noise=noise), lags)
    assert exact.ravel().tolist() == [0.5] * 2 ** len(lags)
    assert frequencies.ravel().tolist() == [0.5 ** len(lags)] * 2 ** len(lags)
    coin = OwnRule("0.75", noise=noise)
    counts = count_patterns(coin, series_of(coin, 1000), lags, 1000)
    expected = 0.75 * (1 - noise) + 0.25 * noise
    assert counts.n == 1000 - max(lags, default=0)
    assert [row.exact for row in counts.rows] == pytest.approx([expected] * 2 ** len(lags))
    assert [row.frequency for row in counts.rows] == [0.5 ** len(lags)] * 2 ** len(lags)
    assert selectable_lags(coin) == tuple(range(13))
