"""What every rule on letters must keep: its losses are those of a count, not of a formula."""

from __future__ import annotations

import itertools
import math
from functools import cache

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import SymbolRule
from rnnlab.rules.base import Sequence
from tests.rules.cases import EVERY_SYMBOL_RULE, EVERY_SYMBOL_SETTING

WARM_UP = 1_000


def series(rule: SymbolRule, n_steps: int, seed: int = 20) -> Sequence:
    return rule.generate(np.random.default_rng(seed), n_steps)


@cache
def long_series(rule: SymbolRule) -> Sequence:
    """What all who count in a rule's letters share."""
    return series(rule, 100_000)


@EVERY_SYMBOL_SETTING
def test_a_series_is_letters_and_the_truth_probabilities(rule):
    for n_steps in (1, 2, 7, 22, 1000):
        drawn = series(rule, n_steps)
        assert drawn.inputs.dtype == drawn.targets.dtype == np.uint8
        assert drawn.inputs.shape == drawn.targets.shape == (n_steps,)
        assert drawn.inputs.max() < len(rule.letters)
        assert drawn.targets.max() < rule.n_answers
        truth = rule.target_probabilities(drawn.inputs)
        assert truth.shape == (n_steps, rule.n_answers)
        np.testing.assert_allclose(truth.sum(axis=1), 1)
        assert (truth >= 0).all()
        kinds = rule.kinds_of(drawn.inputs)
        assert kinds.shape == (n_steps,)
        assert set(kinds.tolist()) <= set(range(len(rule.kinds)))


@EVERY_SYMBOL_SETTING
def test_to_know_the_rule_is_to_reach_the_best_loss(rule):
    costs = rule.costs(long_series(rule))
    assert np.isfinite(costs).all(), "the truth said never, and it happened"
    costs = costs[WARM_UP:]
    assert abs(costs.mean() - rule.best_loss()) <= 4 * costs.std() / math.sqrt(len(costs)) + 1e-12
    assert rule.deviation() == pytest.approx(costs.std(), abs=0.01)


@EVERY_SYMBOL_SETTING
def test_to_count_only_the_answers_is_to_know_nothing(rule):
    targets = long_series(rule).targets
    shares = np.bincount(targets, minlength=rule.n_answers) / len(targets)
    np.testing.assert_allclose(rule.answer_rates(), shares, atol=0.01)
    assert -np.log(shares[targets]).mean() == pytest.approx(rule.base_rate_loss(), abs=0.01)


@EVERY_SYMBOL_SETTING
def test_the_stairs_lead_down_from_nothing_to_the_best(rule):
    for window in (None, 5, 20):
        losses = [rule.base_rate_loss(), *rule.partial_losses(window).values()]
        losses.append(rule.best_loss(window))
        assert all(upper > lower for upper, lower in itertools.pairwise(losses)), window


@EVERY_SYMBOL_SETTING
def test_the_recipe_gives_the_very_letters(rule):
    for n_steps in (1, 7, 22, 1000):
        names = {"np": np, "rng": np.random.default_rng(20), "n_bits": n_steps}
        exec(rule.numpy_code(), names)
        drawn = series(rule, n_steps)
        for letters, cooked in ((drawn.inputs, names["x"]), (drawn.targets, names["y"])):
            assert cooked.dtype == letters.dtype
            np.testing.assert_array_equal(cooked, letters)


@EVERY_SYMBOL_SETTING
def test_the_same_generator_state_gives_the_same_series(rule):
    first, again, other = series(rule, 500), series(rule, 500), series(rule, 500, seed=21)
    np.testing.assert_array_equal(first.inputs, again.inputs)
    np.testing.assert_array_equal(first.targets, again.targets)
    assert not np.array_equal(first.inputs, other.inputs)


@EVERY_SYMBOL_RULE
def test_the_network_reads_a_row_of_zeros_with_a_single_1(rule):
    inputs = series(rule, 60).inputs.reshape(3, 20)
    read = rule.encode(inputs)
    assert read.shape == (3, 20, len(rule.letters))
    assert rule.shape(20) == (20, len(rule.letters))
    np.testing.assert_array_equal(read.argmax(axis=-1), inputs)
    np.testing.assert_array_equal(read.sum(axis=-1), 1)


@EVERY_SYMBOL_RULE
def test_a_rule_is_autoregressive_where_every_target_is_the_next_input(rule):
    drawn = series(rule, 200)
    assert np.array_equal(drawn.targets[:-1], drawn.inputs[1:]) == rule.autoregressive


@EVERY_SYMBOL_RULE
def test_a_window_without_steps_is_refused(rule):
    with pytest.raises(SettingError, match="A window must have at least 1 step"):
        rule.first_window_loss(5, 0)


@EVERY_SYMBOL_RULE
def test_signs_are_one_character_each_and_can_be_written_anywhere(rule):
    for signs in (rule.letters, rule.answers):
        assert len({*signs}) == len(signs)
        assert all(len(sign) == 1 and sign.isascii() for sign in signs)
    assert rule.pictured < rule.n_answers
    assert len({*rule.kinds}) == len(rule.kinds)
