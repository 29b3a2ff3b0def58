"""Units switched off and inputs turned: beside the same done step by step, and known networks."""

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.insight.ablation import (
    MEAN,
    ablation,
    ablation_sentence,
    clamped,
    turned_inputs,
    turned_sentence,
)
from rnnlab.insight.memory import n_lags
from rnnlab.network import Network, layer_weights
from rnnlab.reference import forward, loss
from rnnlab.settings import Settings
from tests.insight.networks import echo_settings, random, shift_register, zeros


def by_hand(network: Network, weights, inputs, layer: int, unit: int, value: float):
    """The outputs of the dense layer, with the unit's word replaced wherever it is heard."""
    heard = inputs
    for number in range(1, network.layers + 1):
        own, state = layer_weights(weights, number), np.zeros((len(inputs), network.state_size))
        said = []
        for t in range(inputs.shape[1]):
            if number == layer:
                state[:, unit] = value
            values = network.cell_type.step(own, heard[:, t], state, network.activation)
            state = network.cell_type.next_state(values)
            out = state[:, : network.units].copy()
            if number == layer:
                out[:, unit] = value
            said.append(out)
        heard = np.stack(said, axis=1)
    read = heard[:, -1:] if network.last_step else heard
    return read @ weights["dense_kernel"] + weights["dense_bias"]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layer", [1, 2])
@pytest.mark.parametrize("value", [0.0, 0.7])
@pytest.mark.parametrize("last_step", [True, False])
def test_a_clamped_unit_always_says_its_value(cell, layer, value, last_step):
    network = Network(cell=cell, layers=2, units=3, last_step=last_step)
    rng = np.random.default_rng(3)
    weights = {name: rng.standard_normal(shape) for name, shape in network.shapes.items()}
    inputs = rng.standard_normal((4, 6, 1))
    changed = clamped(network, weights, layer, 1, value)
    expected = by_hand(network, weights, inputs, layer, 1, value)
    np.testing.assert_allclose(forward(network, changed, inputs).outputs, expected, rtol=1e-12)


def test_a_unit_switched_off_is_its_rows_zeroed():
    settings = echo_settings(carry_state=False)
    weights = random(settings)
    found = ablation(settings, weights)
    for unit in range(settings.units):
        zeroed = {name: value.copy() for name, value in weights.items()}
        zeroed["rnn1_recurrent_kernel"][unit] = 0
        zeroed["dense_kernel"][unit] = 0
        changed = clamped(settings.network, weights, 1, unit, 0.0)
        assert all((changed[name] == zeroed[name]).all() for name in weights)
    assert (found.changes != 0).all()


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("instead", ["off", MEAN])
def test_the_gradient_foretells_the_slope_on_the_way_to_the_clamped_weights(cell, instead):
    settings = Settings.of({"rule": "toy", "cell": cell, "units": 3})
    weights, samples = random(settings, size=0.3), settings.data.samples(3)
    targets = samples.test_targets[:, None]
    found = ablation(settings, weights, 1, instead)
    outputs = forward(settings.network, weights, samples.test_inputs).layers[0].outputs
    for unit in range(3):
        value = outputs[..., unit].mean() if instead == MEAN else 0.0
        end = clamped(settings.network, weights, 1, unit, value)

        def loss_at(share: float, end=end) -> float:
            between = {name: value + share * (end[name] - value) for name, value in weights.items()}
            return loss(
                settings.network, forward(settings.network, between, samples.test_inputs), targets
            )

        slope = (loss_at(1e-5) - loss_at(-1e-5)) / 2e-5
        assert found.foretold[unit] == pytest.approx(slope, rel=1e-5, abs=1e-7)
        assert found.losses[unit] == pytest.approx(loss_at(1.0))
    assert found.accuracies is None


def test_a_shift_register_needs_the_units_on_the_way_and_no_other():
    settings = echo_settings()
    found = ablation(settings, shift_register(settings, reads=3, sureness=5.0))
    assert found.loss == pytest.approx(np.log1p(np.exp(-5)))
    # Without one of them the answer is always 0, surely: wrong where the input was 1.
    ones = 1 - found.accuracies[:4]
    np.testing.assert_allclose(ones, 0.5, atol=0.05)
    wrong = ones * np.log1p(np.exp(5)) + (1 - ones) * np.log1p(np.exp(-5))
    np.testing.assert_allclose(found.losses[:4], wrong)
    assert found.changes[4] == found.foretold[4] == found.moved[4] == 0
    assert found.accuracy == found.accuracies[4] == 1
    assert "right answers from 100% to" in ablation_sentence(found)


def test_a_unit_held_at_its_mean_knows_less_but_is_not_sure_of_it():
    settings = echo_settings()
    weights = shift_register(settings, reads=3, sureness=5.0)
    found = ablation(settings, weights, instead=MEAN)
    # It says its mean, near one half: sure of nothing, so ln 2.
    assert found.losses[3] == pytest.approx(np.log(2), abs=0.02)
    assert "Hold unit" in ablation_sentence(found, MEAN)


@pytest.mark.parametrize("reads", [0, 2, 4])
def test_turning_an_input_costs_what_the_read_out_says_of_it(reads):
    settings = echo_settings(delay=reads or 1)
    sureness = 5.0
    found = turned_inputs(settings, shift_register(settings, reads, sureness))
    expected = np.eye(n_lags(settings))[reads]
    if reads:  # an echo after `reads` steps: sure and right, then as sure and wrong
        np.testing.assert_allclose(found.changes, sureness * expected, atol=1e-9)
        # dL/dx is 2 x sureness x sigmoid(-sureness), and an input moves by 1.
        slope = 2 * sureness / (1 + np.exp(sureness))
        np.testing.assert_allclose(found.foretold, slope * expected, atol=1e-9)
        assert f"{reads} steps back" in turned_sentence(found)
        assert "long way" in turned_sentence(found)
    else:
        assert np.flatnonzero(found.changes).tolist() == [0]


def test_nothing_changes_in_a_network_that_says_nothing():
    settings = echo_settings()
    found = ablation(settings, zeros(settings))
    assert not found.changes.any()
    assert not turned_inputs(settings, zeros(settings)).changes.any()
    assert ablation_sentence(found)


def test_what_a_network_of_both_directions_hears_backward_is_left_alone():
    settings = Settings.of(
        {"cell": "lstm", "units": 2, "layers": 2, "bidirectional": True, "carry_state": False}
    )
    weights = random(settings)
    changed = clamped(settings.network, weights, 1, 0, 0.0)
    differ = {name for name in weights if not np.array_equal(changed[name], weights[name])}
    assert differ == {"rnn1_recurrent_kernel", "rnn2_kernel", "rnn2_backward_kernel"}
