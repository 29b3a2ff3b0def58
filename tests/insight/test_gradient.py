"""The gradient on its way back: exact for linear networks, and beside differences for all."""

import math

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.insight.gradient import (
    MOST_MOMENTS,
    GradientBack,
    gradient_back,
    gradient_back_sentence,
    gradient_lengths,
    gradient_lengths_sentence,
)
from rnnlab.reference import forward, loss
from rnnlab.settings import Settings
from tests.insight.networks import echo_settings, random, zeros


@pytest.mark.parametrize("gain", [0.5, 0.9, 1.0, 1.25])
@pytest.mark.parametrize("seed", [1, 2])
def test_in_a_linear_network_each_step_back_multiplies_by_the_gain(gain, seed):
    settings = Settings(activation="linear", gain=gain, seed=seed)
    found = gradient_back(settings, settings.first_weights())
    expected = gain ** np.arange(len(found.left))
    np.testing.assert_allclose(found.left, expected, rtol=1e-5)
    # The slope of its logarithm by steps back is ln of the gain.
    slopes = np.diff(np.log(found.left))
    np.testing.assert_allclose(slopes, math.log(gain), atol=1e-5)
    assert found.factor == pytest.approx(gain, rel=1e-5)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("gain", [0.7, 1.0, 1.5])
def test_an_activation_leaves_at_most_what_the_gain_leaves(activation, gain):
    settings = Settings(activation=activation, gain=gain, units=16)
    found = gradient_back(settings, settings.first_weights())
    assert (found.left <= gain ** np.arange(len(found.left)) * (1 + 1e-5)).all()
    assert found.left[5] < gain**5, "and it does take something"


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 2])
def test_it_is_the_slope_of_the_loss_by_the_state(cell, layers):
    settings = Settings.of({"rule": "toy", "cell": cell, "layers": layers, "units": 3})
    weights, samples = random(settings, size=0.3), settings.data.samples(3)
    network, inputs = settings.network, samples.test_inputs.astype(float)
    trace = forward(network, weights, inputs)
    lengths = []
    for lag in (0, 1, 2):
        # From the state lag steps before the end on, moved along each of its numbers.
        top = trace.layers[-1]
        states = (*top.states[1:], top.final_state)
        length = []
        for row, target in enumerate(samples.test_targets):

            def loss_from(state, row=row, target=target, lag=lag):
                below = inputs if layers == 1 else trace.layers[-2].outputs
                own = {k.split("_", 1)[1]: v for k, v in weights.items() if f"rnn{layers}_" in k}
                for t in range(3 - lag, 3):
                    values = network.cell_type.step(own, below[row : row + 1, t], state, "tanh")
                    state = network.cell_type.next_state(values)
                said = state[:, :3] @ weights["dense_kernel"] + weights["dense_bias"]
                return float((said[0, 0] - target) ** 2)

            state, step = states[2 - lag][row : row + 1], 1e-6
            nudges = step * np.eye(state.shape[1])[:, None]
            slopes = [(loss_from(state + n) - loss_from(state - n)) / (2 * step) for n in nudges]
            length.append(np.linalg.norm(slopes))
        lengths.append(np.mean(length))
    found = gradient_back(settings, weights)
    np.testing.assert_allclose(found.left, np.array(lengths) / lengths[0], rtol=1e-4)


def test_the_length_is_that_of_the_slope_by_all_weights():
    settings = Settings.of({"rule": "toy", "units": 2})
    weights, samples = random(settings, size=0.3), settings.data.samples(3)

    def loss_at(changed) -> float:
        trace = forward(settings.network, changed, samples.test_inputs)
        return loss(settings.network, trace, samples.test_targets[:, None])

    squares = 0.0
    for name, values in weights.items():
        for place in np.ndindex(values.shape):
            step = np.zeros_like(values)
            step[place] = 1e-6
            up, down = (weights | {name: values + sign * step} for sign in (1, -1))
            squares += ((loss_at(up) - loss_at(down)) / 2e-6) ** 2
    assert gradient_lengths(settings, {5: weights})[5] == pytest.approx(
        math.sqrt(squares), rel=1e-5
    )


@pytest.mark.parametrize("carry", [True, False])
def test_of_many_moments_the_first_and_the_last_are_among_those_measured(carry):
    settings = Settings(rows=5, carry_state=carry)
    weights = settings.first_weights()
    lengths = gradient_lengths(settings, dict.fromkeys(range(0, 600, 10), weights))
    assert len(lengths) == MOST_MOMENTS
    assert {0, 590} <= lengths.keys()
    assert len(set(lengths.values())) == 1


def test_the_sentences_have_the_networks_numbers():
    settings = Settings(activation="linear", gain=0.9)
    first = gradient_back(settings, settings.first_weights())
    assert "by 0.90 on average: 35% of it is left 10 steps back" in gradient_back_sentence(
        settings, first, first
    )
    assert "gain, 0.9, exactly" in gradient_back_sentence(settings, first, first)
    assert "at most 1" in gradient_back_sentence(Settings(), first, first)
    assert "Gates" in gradient_back_sentence(Settings(cell="gru"), first, first)
    nothing = gradient_back(echo_settings(), zeros(echo_settings()))
    assert "no gradient" in gradient_back_sentence(echo_settings(), first, nothing)
    assert GradientBack(np.array([1.0])).factor == 0
    assert "longest after 10 updates" in gradient_lengths_sentence(settings, {0: 0.1, 10: 2.0})
    clipped = Settings(clip=1.0)
    assert "1 of 2 moments" in gradient_lengths_sentence(clipped, {0: 0.1, 10: 2.0})
    assert "without end" in gradient_lengths_sentence(settings, {0: math.nan})
