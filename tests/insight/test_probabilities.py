"""Predicted probabilities: a perfect predictor loses nothing, any other what theory says."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.charts.predictions import probabilities_table
from rnnlab.insight.fresh_data import fresh_data
from rnnlab.insight.probabilities import (
    ON_DIAGONAL,
    UNSEEN,
    Context,
    PredictedProbabilities,
    divergence,
    predicted_probabilities,
    probabilities_sentence,
)
from rnnlab.rules import RULES, BitRule
from rnnlab.settings import Settings
from rnnlab.theory import binary_entropy
from tests.insight.networks import echo_settings, random, shift_register, zeros

BIT_RULES = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]


def test_a_network_that_knows_the_echo_wastes_nothing():
    settings = echo_settings()
    found = predicted_probabilities(settings, shift_register(settings, reads=3))
    assert found.excess < 1e-6
    assert [context.past for context in found.contexts] == [(0,), (1,)]
    assert [context.predicted for context in found.contexts] == pytest.approx([0, 1], abs=1e-4)
    assert "knows the chances" in probabilities_sentence(found)


@pytest.mark.parametrize("name", BIT_RULES)
def test_a_network_that_says_one_half_wastes_ln_2_less_the_entropy(name):
    settings = Settings.of({"rule": name})
    found = predicted_probabilities(settings, zeros(settings))
    for context in found.contexts:
        assert context.predicted == context.low == context.high == 0.5
        entropy = binary_entropy(context.true)
        assert context.excess == pytest.approx(math.log(2) - entropy, abs=1e-9)
    assert found.excess + found.best_loss == pytest.approx(math.log(2), abs=0.05)
    assert sum(context.count for context in found.contexts) == 4000


def test_the_contexts_of_the_pair_rule_are_its_pairs_the_newest_bit_first():
    settings = Settings.of({"rule": "pair", "lag": 4})
    found = predicted_probabilities(settings, random(settings))
    assert found.lags == (4, 5)
    # Two zeros force a one, two ones a zero.
    by_context = {context.past: context.true for context in found.contexts}
    assert by_context == {(1, 1): 0.0, (0, 1): 0.5, (1, 0): 0.5, (0, 0): 1.0}


def test_with_noise_the_true_chances_are_drawn_towards_one_half():
    settings = Settings.of({"rule": "pair", "lag": 4, "noise": 0.1})
    found = predicted_probabilities(settings, zeros(settings))
    assert found.lags == (4, 5)
    by_context = {context.past: context.true for context in found.contexts}
    assert by_context == pytest.approx({(1, 1): 0.1, (0, 1): 0.5, (1, 0): 0.5, (0, 0): 0.9})
    # Half the targets are forced, and cost H(0.1) = 0.3251 now; the others cost ln 2.
    assert found.best_loss == pytest.approx((0.32508 + math.log(2)) / 2, abs=5e-6)


def test_a_rule_of_one_s_own_has_a_context_for_each_of_its_patterns():
    settings = Settings.of({"rule": "own", "expression": "x[t] x[t-7]: 0.1 0.2 0.3 0.4"})
    found = predicted_probabilities(settings, zeros(settings))
    assert found.lags == (0, 7)
    # As the rule names them: (x[t], x[t-7]).
    by_context = {context.past: context.true for context in found.contexts}
    assert by_context == {(0, 0): 0.1, (0, 1): 0.2, (1, 0): 0.3, (1, 1): 0.4}


def test_the_excess_of_the_whole_is_the_mean_of_the_contexts():
    settings = Settings.of({"rule": "lags"})
    found = predicted_probabilities(settings, random(settings))
    total = sum(context.excess * context.count for context in found.contexts)
    assert found.excess == pytest.approx(total / 4000)
    assert all(c.low <= c.predicted <= c.high for c in found.contexts)


def test_the_excess_is_the_cross_entropy_less_the_entropy():
    true, predicted = np.array([0.25, 1.0, 0.0]), np.array([[0.4, 0.6], [0.1, 0.9], [0.3, 0.7]])
    cross = [-0.75 * math.log(0.4) - 0.25 * math.log(0.6), -math.log(0.9), -math.log(0.3)]
    expected = [cross[0] - binary_entropy(0.25), cross[1], cross[2]]
    assert divergence(true, predicted) == pytest.approx(expected)


def test_a_sure_mistake_costs_much_but_not_everything():
    assert np.isfinite(divergence(np.array([1.0]), np.array([[1.0, 0.0]]))).all()


def test_what_a_window_hides_is_told_where_the_state_is_not_carried():
    settings = echo_settings(carry_state=False, window=15)
    found = predicted_probabilities(settings, shift_register(settings, reads=3))
    assert found.hidden == pytest.approx(3 / 15 * math.log(2))
    assert predicted_probabilities(echo_settings(), zeros(settings)).hidden == 0
    found = predicted_probabilities(settings, zeros(settings))
    assert f"{found.hidden:.4f}" in probabilities_sentence(found)


def test_fresh_data_have_a_past_that_belongs_to_their_steps():
    settings = echo_settings()
    data = fresh_data(settings, shift_register(settings, reads=3))
    assert data.steps.shape == (40, 100)
    np.testing.assert_array_equal(data.lagged_inputs(3), data.targets[data.steps])
    held = data.trace.layers[0].outputs
    np.testing.assert_array_equal(held[..., 4], data.lagged_inputs(4), strict=False)


@st.composite
def contexts(draw: st.DrawFn) -> PredictedProbabilities:
    """Some contexts of a network that may know the chances, on average or always, or not."""
    chance, shift = st.floats(0, 1), st.floats(-0.3, 0.3) | st.floats(-0.03, 0.03)
    found = []
    for pattern in range(draw(st.integers(1, 6))):
        true = draw(chance)
        low, middle, high = sorted(min(max(true + draw(shift), 0), 1) for _ in range(3))
        past = tuple(map(int, f"{pattern:03b}"))
        excess = 2 * (middle - true) ** 2 + draw(st.sampled_from([0.0, 0.01]))
        found.append(Context(past, true, middle, low, high, draw(st.integers(1, 999)), excess))
    mean = sum(c.excess * c.count for c in found) / sum(c.count for c in found)
    return PredictedProbabilities((3, 2, 1), tuple(found), mean, 0.3, draw(st.just(0.0)))


def bits_of(named: str) -> str:
    """The bits alone of "x[t-1] = 0 and x[t-2] = 1"."""
    return " ".join(re.findall(r"= (\d)", named))


@given(contexts())
def test_the_point_that_the_sentence_names_is_that_of_the_table_which_lies_furthest(found):
    table, sentence = probabilities_table(found), probabilities_sentence(found)
    assert f"{found.excess:.4f} nats" in sentence
    distances = (table["predicted"] - table["truth"]).abs()
    if said := re.search(r"says (\S+), and the .* after (.+) is (\S+)\. Over", sentence):
        row = table[table["past"] == bits_of(said[2])].iloc[0]
        assert said.group(1, 3) == (f"{row['predicted']:.2f}", f"{row['truth']:.2f}")
        assert abs(row["predicted"] - row["truth"]) == distances.max() > ON_DIAGONAL
        return
    assert distances.max() <= ON_DIAGONAL
    assert sentence.startswith("Every point")
    if said := re.search(r"after (.+) is (\S+), .* says (\S+) and .* (\S+)\. Over", sentence):
        row = table[table["past"] == bits_of(said[1])].iloc[0]
        assert said.group(2, 3, 4) == tuple(f"{row[c]:.2f}" for c in ("truth", "low", "high"))
        assert row["high"] - row["low"] == (table["high"] - table["low"]).max()
    else:
        assert found.excess < UNSEEN
