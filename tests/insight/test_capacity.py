"""Memory capacity: exact where theory knows it, and never above the number of units."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from rnnlab.cells import CELLS
from rnnlab.insight.capacity import (
    LEAD,
    STEPS,
    Capacity,
    capacity,
    capacity_sentence,
    held_out_r2,
    n_lags,
    rank_of,
    reachable,
)
from rnnlab.settings import Settings
from tests.insight.networks import echo_settings, random, shift_register, zeros

SAMPLING = 0.05
"""What a sum of shares over some 12,000 steps may be off by."""


def linear(settings: Settings, kernel: np.ndarray, recurrent: np.ndarray) -> dict:
    return zeros(settings) | {
        "rnn1_kernel": kernel.reshape(1, -1).astype(float),
        "rnn1_recurrent_kernel": recurrent.astype(float),
    }


def exact_shares(kernel: np.ndarray, recurrent: np.ndarray) -> np.ndarray:
    """By theory: with G of rows g_k = kernel U^k, the state is x G, and the share of x[t - k] is
    g_k (G^T G)^-1 g_k^T: the squared length of row k of any orthonormal basis of G's columns."""
    rows = [kernel.astype(float)]
    for _ in range(LEAD + STEPS):
        rows.append(rows[-1] @ recurrent)
    basis, _ = np.linalg.qr(np.array(rows))
    return np.square(basis).sum(axis=1)


def test_a_delay_line_holds_exactly_as_many_inputs_as_it_has_units():
    settings = echo_settings()
    found = capacity(settings, shift_register(settings, reads=0))
    np.testing.assert_allclose(found.by_lag[:5], 1, atol=1e-12)
    np.testing.assert_allclose(found.by_lag[5:], 0, atol=2e-3)
    assert found.total == pytest.approx(5, abs=SAMPLING)
    sentence = capacity_sentence(found, rank_of(settings, shift_register(settings, reads=0)))
    assert "newest 5 are kept" in sentence
    assert "exactly 5" in sentence


@pytest.mark.parametrize("seed", range(5))
def test_a_linear_network_holds_what_theory_says_of_each_input(seed):
    settings = echo_settings(units=6)
    rng = np.random.default_rng(seed)
    kernel = rng.standard_normal(6)
    recurrent = 0.8 * np.linalg.qr(rng.standard_normal((6, 6)))[0]
    weights = linear(settings, kernel, recurrent)
    expected = exact_shares(kernel, recurrent)[: n_lags(settings)]
    np.testing.assert_allclose(capacity(settings, weights).by_lag, expected, atol=0.03)
    assert rank_of(settings, weights) == 6
    assert exact_shares(kernel, recurrent).sum() == pytest.approx(6)


@pytest.mark.parametrize(
    ("kernel", "recurrent", "rank"),
    [
        (np.ones((1, 4)), np.eye(4), 1),  # nothing ever turns
        (np.eye(4)[:1], 0.5 * np.eye(4), 1),
        (np.eye(4)[:1], np.eye(4, k=1), 4),  # a delay line
        (np.eye(4)[:1], 1e-6 * np.eye(4, k=1), 4),  # each step a million times fainter
        (np.eye(4)[:2], np.zeros((4, 4)), 2),
        (np.zeros((1, 4)), np.eye(4, k=1), 0),
        (np.ones((1, 4)), np.diag([0.1, 0.2, 0.2, 0.3]), 3),  # two units that do the same
    ],
)
def test_the_rank_is_the_number_of_directions_that_inputs_reach(kernel, recurrent, rank):
    assert reachable(kernel, recurrent) == rank


def test_a_state_that_inputs_move_in_few_directions_holds_no_more_than_those():
    settings = echo_settings(units=6)
    kernel, recurrent = np.ones(6), np.diag([0.3, 0.3, 0.3, 0.6, 0.6, 0.6])
    weights = linear(settings, kernel, recurrent)
    assert rank_of(settings, weights) == 2
    assert capacity(settings, weights).total == pytest.approx(2, abs=SAMPLING)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("activation", ["tanh", "relu", "linear"])
@tried(max_examples=4, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 8), st.sampled_from([0.05, 0.3, 1.0, 3.0]))
def test_no_network_holds_more_inputs_than_it_has_units(cell, activation, seed, units, size):
    settings = Settings.of({"cell": cell, "units": units, "activation": activation})
    found = capacity(settings, random(settings, seed, size), seed=seed)
    assert found.total <= units + SAMPLING
    assert (found.by_lag >= 0).all()
    assert (found.by_lag <= 1).all()


def test_a_network_that_sees_nothing_holds_nothing():
    settings = echo_settings()
    found = capacity(settings, zeros(settings))
    assert found.total == pytest.approx(0, abs=1e-3)
    assert "None" in capacity_sentence(found)


def test_chance_is_no_memory_where_there_are_few_samples_for_many_units():
    rng = np.random.default_rng(1)
    states, targets = rng.standard_normal((2, 50, 40)), rng.standard_normal((2, 50, 30))
    same = held_out_r2(states, targets, states, targets)
    held = held_out_r2(
        states, targets, rng.standard_normal((2, 50, 40)), rng.standard_normal((2, 50, 30))
    )
    # 40 units fit 40 of 100 dimensions of anything: as good as R² = 0.4 each, 12 in all.
    assert same.sum() == pytest.approx(12, abs=2)
    assert np.maximum(held, 0).sum() == 0


def test_units_of_very_different_sizes_are_read_as_well_as_any():
    rng = np.random.default_rng(2)
    past = rng.standard_normal((2, 500, 3))
    states = past @ rng.standard_normal((3, 3)) * [1e-9, 1, 1e9]
    np.testing.assert_allclose(held_out_r2(states, past, states, past), 1, atol=1e-6)


def test_the_upper_layer_can_be_asked_too():
    settings = Settings.of({"cell": "gru", "layers": 2, "units": 3})
    weights = random(settings)
    below, above = (capacity(settings, weights, layer) for layer in (1, 2))
    assert not np.allclose(below.by_lag, above.by_lag)


@pytest.mark.parametrize("rule", ["toy", "sine"])
def test_numbers_are_counted_feature_by_feature(rule):
    settings = Settings.of({"rule": rule, "units": 4, "window": 5})
    weights = random(settings, size=0.1)
    found = capacity(settings, weights)
    assert 0 < found.total <= 4 + SAMPLING
    assert (found.by_lag <= settings.shape[1]).all()


def test_a_state_that_grows_without_end_is_said_so():
    settings = echo_settings()
    found = capacity(settings, linear(settings, np.ones(5), 9.0 * np.eye(5)))
    assert found.grows
    assert "grows without end" in capacity_sentence(found)


def test_the_sentence_tells_what_lies_beyond_the_lags_shown():
    half = Capacity(np.full(21, 0.1), 6)
    assert "further back" in capacity_sentence(half, rank=6)
    assert "2.10 past inputs" in capacity_sentence(half)
