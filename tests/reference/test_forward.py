"""The way forward: where it starts, what it tells, what it reads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.network import Network
from tests.reference.cases import BOTH_WAYS, NETWORKS, Case, name_of


@pytest.mark.parametrize(
    "network",
    [
        network
        for network in NETWORKS
        if network.layers == 2 and network.activation == "tanh" and network not in BOTH_WAYS
    ],
    ids=name_of,
)
def test_a_pass_can_be_cut_and_taken_up_again(network):
    case = Case(replace(network, last_step=False), seed=7)
    whole = reference.forward(case.network, case.weights, case.inputs, case.states)
    first = reference.forward(case.network, case.weights, case.inputs[:, :2], case.states)
    rest = reference.forward(network, case.weights, case.inputs[:, 2:], first.final_states)
    expected = whole.predicted[:, -1:] if network.last_step else whole.predicted[:, 2:]
    np.testing.assert_allclose(rest.predicted, expected, rtol=1e-12)
    for state, expected_state in zip(rest.final_states, whole.final_states, strict=True):
        np.testing.assert_allclose(state, expected_state, rtol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
def test_without_states_a_pass_starts_from_zero(cell):
    case = Case(Network(cell=cell, units=4, layers=2), seed=8)
    zero = tuple(np.zeros_like(state) for state in case.states)
    from_zero = reference.forward(case.network, case.weights, case.inputs, zero)
    unsaid = reference.forward(case.network, case.weights, case.inputs)
    given = reference.forward(case.network, case.weights, case.inputs, case.states)
    np.testing.assert_array_equal(unsaid.predicted, from_zero.predicted)
    assert not np.array_equal(unsaid.predicted, given.predicted)


@pytest.mark.parametrize("cell", CELLS)
def test_a_trace_tells_everything_of_every_step(cell):
    network = Network(cell=cell, units=4, layers=2)
    case = Case(network, seed=9, steps=8)
    trace = case.forward()
    assert len(trace.layers) == 2
    for layer, state in zip(trace.layers, case.states, strict=True):
        assert len(layer.steps) == len(layer.states) == 8
        assert layer.outputs.shape == (3, 8, 4)
        np.testing.assert_array_equal(layer.states[0], state)
        np.testing.assert_array_equal(layer.states[3], network.cell_type.next_state(layer.steps[2]))
        np.testing.assert_array_equal(
            layer.final_state, network.cell_type.next_state(layer.steps[7])
        )
        np.testing.assert_array_equal(layer.outputs[:, 5], list(layer.steps[5].values())[-1])
    np.testing.assert_allclose(trace.predicted.sum(axis=2), np.ones((3, 8)))


def test_the_upper_layer_reads_what_the_mask_lets_through():
    # Both layers are linear, with kernel 1 and nothing else: the mask is the only difference.
    network = Network(units=1, layers=2, activation="linear", outputs=1, classes=False)
    weights = {name: np.zeros(shape) for name, shape in network.shapes.items()}
    for name in ("rnn1_kernel", "rnn2_kernel", "dense_kernel"):
        weights[name] += 1
    inputs, mask = np.array([[[3.0], [4.0], [5.0]]]), np.array([[[0.0], [2.0], [1.0]]])
    trace = reference.forward(network, weights, inputs, masks=(mask,))
    np.testing.assert_array_equal(trace.layers[0].outputs[0, :, 0], [3, 4, 5])
    np.testing.assert_array_equal(trace.predicted[0, :, 0], [0, 8, 5])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_is_that_of_the_weights(dtype):
    case = Case(Network(cell="lstm", units=3, layers=2), seed=10)
    weights = {name: value.astype(dtype) for name, value in case.weights.items()}
    bits = (case.inputs > 0).astype(np.uint8)
    trace = case.forward(weights, bits)
    gradients = reference.gradients(case.network, weights, bits, case.targets, trace)
    by_inputs = reference.last_step_input_gradient(
        case.network, weights, bits, case.targets[:, -1], trace
    )
    dtypes = {trace.predicted.dtype, by_inputs.dtype, *(each.dtype for each in gradients.values())}
    assert dtypes == {np.dtype(dtype)}
