"""How the gradient fades with the steps back, from weights that are known."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.kinds.fading import Fading, fading, fading_sentence
from rnnlab.kinds.maps import MEMORY, Place
from rnnlab.kinds.measured import measured
from rnnlab.settings import Settings

ECHO = {"rule": "echo", "delay": 4, "window": 8, "units": 1, "activation": "linear"}


def test_a_linear_unit_loses_the_same_share_at_every_step_back():
    settings = Settings.of(ECHO)
    # h_t = 0.5 h_{t-1} + x_t, so x_{t-k} counts half as much as x_{t-k+1}.
    weights = {
        "rnn1_kernel": np.ones((1, 1)),
        "rnn1_recurrent_kernel": np.full((1, 1), 0.5),
        "rnn1_bias": np.zeros(1),
        "dense_kernel": np.array([[-1.0, 1.0]]),
        "dense_bias": np.zeros(2),
    }
    found = fading(settings, weights).trained
    np.testing.assert_allclose(np.divide(found[1:], found[:-1]), 0.5, rtol=2e-3)


def test_shares_are_parts_of_one():
    found = Fading((1.0, 3.0), (0.0, 0.0))
    assert found.shares == ((0.25, 0.75), (0.0, 0.0))


@pytest.mark.parametrize("cell", MEMORY.rows)
def test_what_was_recorded_of_the_first_weights_is_found_again(cell):
    settings = MEMORY.settings(Place(cell, 7))
    again = fading(settings, settings.first_weights())
    assert again.first == again.trained
    np.testing.assert_allclose(again.first, measured(settings).first, rtol=2e-3)


def test_the_sentence_has_the_numbers_of_the_step_that_counts():
    found = {"simple_rnn": Fading((0.1, 0.02), (0.3, 0.9)), "gru": Fading((0.5, 3e-5), (1.0, 1.0))}
    said = fading_sentence(found, 1)
    assert "lies 1 step back" in said
    assert "0.02 nats in SimpleRNN, 0.00003 nats in GRU" in said
    assert "75% in SimpleRNN, 50% in GRU" in said
