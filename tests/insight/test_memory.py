"""Where memory ends, for networks whose memory is known, and beside differences of the loss."""

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.insight.memory import flips_sentence, memory, memory_sentence, n_lags
from rnnlab.reference import forward
from rnnlab.rules import RULES, BitRule
from rnnlab.settings import Settings
from tests.insight.networks import echo_settings, random, shift_register, zeros

BIT_RULES = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]


@pytest.mark.parametrize("reads", [0, 2, 3, 4])
def test_a_shift_register_depends_on_the_one_input_that_it_reads(reads):
    settings = echo_settings()
    remembered = memory(settings, shift_register(settings, reads, sureness=5.0))
    expected = np.eye(n_lags(settings))[reads]
    np.testing.assert_allclose(remembered.share, expected, atol=1e-12)
    assert remembered.strongest == remembered.end == reads
    # The chance moves from sigmoid(-5) to sigmoid(5) or back: tanh(5 / 2).
    np.testing.assert_allclose(remembered.flip, np.tanh(2.5) * expected, atol=1e-9)


def test_the_sentence_names_the_lag_and_where_it_ends():
    settings = echo_settings()
    remembered = memory(settings, shift_register(settings, reads=3, sureness=5.0))
    sentence = memory_sentence(settings, remembered)
    assert "3 steps back (100% of all)" in sentence
    assert "more than 3 steps back" in sentence
    flips = flips_sentence(remembered)
    assert "3 steps back" in flips
    assert "0.99" in flips


def test_a_network_of_zeros_depends_on_nothing():
    settings = echo_settings()
    remembered = memory(settings, zeros(settings))
    assert not remembered.gradient.any()
    assert not remembered.share.any()
    assert "Nothing" in memory_sentence(settings, remembered)
    assert "hardly" in flips_sentence(remembered)


def test_nothing_is_remembered_from_before_a_window_that_begins_with_zero():
    settings = echo_settings(carry_state=False, window=4)
    remembered = memory(settings, random(settings))
    assert len(remembered.gradient) == n_lags(settings) == 21
    assert (remembered.gradient[:4] > 0).all()
    assert not remembered.gradient[4:].any()
    assert not remembered.flip[4:].any()


def test_a_cause_that_no_window_of_training_showed_is_named():
    settings = Settings.of({"rule": "pair", "lag": 6, "window": 5})
    assert "7 steps back lies outside" in memory_sentence(
        settings, memory(settings, random(settings))
    )


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 2])
def test_the_gradient_equals_differences_of_the_loss(cell, layers):
    settings = Settings.of({"rule": "toy", "cell": cell, "layers": layers, "units": 3})
    weights = random(settings, size=0.1)
    samples = settings.data.samples(3)
    inputs, targets, step = samples.test_inputs.astype(float), samples.test_targets, 1e-5

    def losses(moved: np.ndarray) -> np.ndarray:
        return (forward(settings.network, weights, moved).predicted[:, 0, 0] - targets) ** 2

    expected = np.zeros(3)
    for lag in range(3):
        for feature in range(2):
            change = np.zeros((3, 2))
            change[-1 - lag, feature] = step
            rise = losses(inputs + change) - losses(inputs - change)
            expected[lag] += np.abs(rise / (2 * step)).mean()
    remembered = memory(settings, weights)
    np.testing.assert_allclose(remembered.gradient, expected, rtol=1e-5, atol=1e-7)
    assert remembered.flip is None


@pytest.mark.parametrize("name", BIT_RULES)
def test_every_lag_that_matters_is_shown(name):
    settings = Settings.of({"rule": name})
    assert all(lag < n_lags(settings) for lag in settings.data.lags)


def test_a_window_read_in_one_step_has_no_past():
    settings = Settings.of({"rule": "sine", "as_printed": True})
    assert "no past" in memory_sentence(settings, memory(settings, random(settings)))
