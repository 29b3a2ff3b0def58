"""Layers that read in both directions, and a read-out of means and largest numbers."""

from dataclasses import replace

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.network import BACKWARD, MEAN_MAX, Network, layer_weights, network_names
from tests.reference.cases import Case

EVERY_CELL = pytest.mark.parametrize("cell", CELLS)
POOLED = {"pooling": MEAN_MAX, "last_step": True}


def turned_around(case: Case) -> dict[str, np.ndarray]:
    """The weights of the same network, but for its two directions, which are swapped."""
    weights, units = dict(case.weights), case.network.units
    for layer in range(1, case.network.layers + 1):
        on, back = (layer_weights(case.weights, layer, way) for way in case.network.directions)
        if layer > 1:
            for own in (on, back):
                own["kernel"] = np.roll(own["kernel"], units, axis=0)
        weights |= network_names(back, layer) | network_names(on, layer, BACKWARD)
    weights["dense_kernel"] = np.roll(weights["dense_kernel"], units, axis=0)
    return weights


@EVERY_CELL
def test_one_half_is_the_network_that_reads_on_and_the_other_the_one_that_reads_back(cell):
    case = Case(Network(cell=cell, units=3, features=2, bidirectional=True))
    trace = case.forward().layers[0]
    alone = replace(case.network, bidirectional=False)
    halves = []
    for direction in case.network.directions:
        own = network_names(layer_weights(case.weights, 1, direction), 1)
        own |= {"dense_kernel": np.zeros((3, 2)), "dense_bias": np.zeros(2)}
        inputs = case.inputs[:, ::-1] if direction else case.inputs
        outputs = reference.forward(alone, own, inputs).layers[0].outputs
        halves.append(outputs[:, ::-1] if direction else outputs)
    np.testing.assert_allclose(trace.joined_outputs, np.concatenate(halves, axis=2), rtol=1e-12)


@EVERY_CELL
def test_a_window_read_from_its_end_with_the_directions_swapped_says_the_same_backwards(cell):
    case = Case(Network(cell=cell, units=3, features=2, layers=2, bidirectional=True))
    swapped = turned_around(case)
    outputs = reference.forward(case.network, case.weights, case.inputs).outputs
    backwards = reference.forward(case.network, swapped, case.inputs[:, ::-1]).outputs
    np.testing.assert_allclose(backwards, outputs[:, ::-1], rtol=1e-12)


def test_the_last_answer_takes_what_each_direction_says_after_it_has_read_all():
    # Linear units that only sum what they read: both ways the sum is 3 + 4 + 5, and the read-out
    # takes one hundred times the sum of the way back.
    options = {"units": 1, "activation": "linear", "outputs": 1, "classes": False}
    network = Network(**options, last_step=True, bidirectional=True)
    weights = {name: np.zeros(shape) for name, shape in network.shapes.items()}
    for name in ("kernel", "recurrent_kernel"):
        weights[f"rnn1_{name}"] += 1
        weights[f"rnn1_backward_{name}"] += 1
    weights["dense_kernel"] = np.array([[1.0], [100.0]])
    inputs = np.array([[[3.0], [4.0], [5.0]]])
    trace = reference.forward(network, weights, inputs)
    assert trace.predicted.tolist() == [[[1212.0]]]
    np.testing.assert_array_equal(trace.layers[0].joined_outputs[0], [[3, 12], [7, 9], [12, 5]])
    each = reference.forward(replace(network, last_step=False), weights, inputs)
    np.testing.assert_array_equal(each.predicted[0, :, 0], [1203, 907, 512])


def test_means_and_largest_numbers_by_hand():
    # A linear unit that says what it reads, 3, 8, 8, 1: mean 5, largest 8; read as 5 + 10 * 8. The
    # loss is (85 - 80) ** 2, its slope 10: over the mean 10 / 4 a step, over the largest 100, which
    # the two eights share.
    network = Network(units=1, activation="linear", outputs=1, classes=False, **POOLED)
    weights = {name: np.zeros(shape) for name, shape in network.shapes.items()}
    weights["rnn1_kernel"] += 1
    weights["dense_kernel"] = np.array([[1.0], [10.0]])
    inputs, targets = np.array([[[3.0], [8.0], [8.0], [1.0]]]), np.array([[80.0]])
    trace = reference.forward(network, weights, inputs)
    assert trace.predicted.tolist() == [[[85.0]]]
    assert reference.loss(network, trace, targets) == 25
    slopes = reference.last_step_input_gradient(network, weights, inputs, targets[0], trace)
    np.testing.assert_allclose(slopes[0, :, 0], [2.5, 52.5, 52.5, 2.5])
    gradient = reference.gradients(network, weights, inputs, targets, trace)
    np.testing.assert_allclose(gradient["dense_kernel"], [[50], [80]])


@EVERY_CELL
@pytest.mark.parametrize("both", [False, True], ids=["one way", "both ways"])
def test_who_remembers_nothing_and_reads_means_and_largest_does_not_care_for_the_order(cell, both):
    case = Case(Network(cell=cell, units=3, features=2, bidirectional=both, **POOLED), seed=3)
    order = [3, 0, 4, 2, 1]

    def outputs(weights: dict, inputs: np.ndarray) -> np.ndarray:
        return reference.forward(case.network, weights, inputs).outputs

    remembering = np.abs(
        outputs(case.weights, case.inputs[:, order]) - outputs(case.weights, case.inputs)
    )
    assert remembering.max() > 1e-3
    # A GRU and an LSTM also remember through their gates: open for the new, shut for the old.
    weights = dict(case.weights)
    for name, value in weights.items():
        if "recurrent_kernel" in name:
            weights[name] = np.zeros_like(value)
        if name.endswith("bias") and cell != "simple_rnn" and name != "dense_bias":
            shut = slice(3, 6) if cell == "lstm" else slice(0, 3)
            weights[name] = value.copy()
            weights[name][..., shut] = -1e3
    np.testing.assert_allclose(
        outputs(weights, case.inputs[:, order]), outputs(weights, case.inputs), rtol=1e-12
    )


def test_a_bidirectional_network_takes_no_state():
    network = Network(units=2, bidirectional=True)
    case = Case(network)
    states = (np.zeros((3, network.state_size)),)
    with pytest.raises(ValueError, match="starts every window from zero"):
        reference.forward(network, case.weights, case.inputs, states)
