"""NumPy's network: forward, its losses, and gradients against differences of the loss."""

import math
from dataclasses import replace

import keras
import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.network import Network
from tests.reference.cases import (
    BOTH_WAYS,
    EVERY_NETWORK,
    EVERY_READ_OUT,
    NETWORKS,
    WORDS,
    Case,
    name_of,
)


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


def test_a_sigmoid_by_hand():
    # The weights are zero, so it always says its bias, ln 3: a 1 has probability 3/4. Targets 1
    # and 0 cost ln (4/3) and ln 4.
    network = Network(units=1, outputs=1)
    weights = {name: np.zeros(shape) for name, shape in network.shapes.items()}
    weights["dense_bias"] = np.array([math.log(3)])
    trace = reference.forward(network, weights, np.ones((1, 2, 1)))
    np.testing.assert_allclose(trace.predicted, np.full((1, 2, 1), 0.75))
    expected = (math.log(4 / 3) + math.log(4)) / 2
    assert reference.loss(network, trace, np.array([[1, 0]])) == pytest.approx(expected)


@pytest.mark.parametrize("outputs", [1, 2])
def test_who_is_quite_sure_and_wrong_has_a_finite_loss(outputs):
    case = Case(Network(units=2, outputs=outputs), seed=10)
    sure = case.weights | {
        "dense_kernel": np.zeros((2, outputs)),
        "dense_bias": np.array([0.0, 1e4][-outputs:]),
    }
    trace = case.forward(sure)
    right, wrong = np.ones((3, 5)), np.zeros((3, 5))
    assert reference.loss(case.network, trace, right) == 0
    assert reference.loss(case.network, trace, wrong) == 1e4


@EVERY_READ_OUT
def test_the_loss_is_that_of_keras(network):
    case = Case(network, seed=5)
    trace = case.forward()
    judge = keras.losses.MeanSquaredError()
    targets = case.targets[..., None]
    if network.sigmoid:
        judge = keras.losses.BinaryCrossentropy()
    elif network.classes:
        judge, targets = keras.losses.SparseCategoricalCrossentropy(), case.targets
    expected = float(judge(targets, trace.predicted))
    assert reference.loss(network, trace, case.targets) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("classes", [2, 5])
def test_who_knows_nothing_loses_the_logarithm_of_the_classes(classes):
    case = Case(Network(units=2, outputs=classes), seed=6)
    blind = case.weights | {
        "dense_kernel": np.zeros((2, classes)),
        "dense_bias": np.ones(classes),
    }
    assert case.loss(blind) == pytest.approx(math.log(classes))


def test_a_squared_error_by_hand():
    # The weights are zero, so it always says its bias, 2. Targets 2, 5: errors 0 and 9, mean 4.5.
    network = Network(units=1, outputs=1, classes=False, last_step=True)
    weights = {name: np.zeros(shape) for name, shape in network.shapes.items()}
    weights["dense_bias"] = np.array([2.0])
    trace = reference.forward(network, weights, np.ones((2, 3, 1)))
    assert reference.loss(network, trace, np.array([[2.0], [5.0]])) == 4.5


def test_a_very_sure_network_has_no_overflow():
    case = Case(Network(units=2), seed=10)
    sure = case.weights | {"dense_kernel": np.zeros((2, 2)), "dense_bias": np.array([1e4, 0.0])}
    np.testing.assert_array_equal(case.forward(sure).predicted[..., 0], np.ones((3, 5)))


@EVERY_READ_OUT
def test_targets_of_a_wrong_shape_are_not_stretched(network):
    case = Case(network)
    with pytest.raises(ValueError, match="do not belong"):
        reference.loss(network, case.forward(), case.targets[:1])
    with pytest.raises(ValueError, match="do not belong"):
        reference.gradients(network, case.weights, case.inputs, case.targets[:, 0], case.forward())


STEP = 1e-6


@EVERY_NETWORK
def test_gradients_equal_differences_of_the_loss(network):
    case = Case(network)
    gradients = case.gradients()
    assert list(gradients) == list(network.shapes)
    rng = np.random.default_rng(1)
    for name, value in case.weights.items():
        # In a direction that is random in every number, no wrong number stays hidden.
        way = rng.standard_normal(value.shape)
        above = case.loss(case.weights | {name: value + STEP * way})
        below = case.loss(case.weights | {name: value - STEP * way})
        expected = (above - below) / (2 * STEP)
        assert np.sum(gradients[name] * way) == pytest.approx(expected, rel=1e-6, abs=1e-8), name


def losses_of_the_last_step(case: Case, inputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Each sample's own loss, worked out here."""
    last = case.forward(inputs=inputs).predicted[:, -1]
    if case.network.sigmoid:
        return -np.log(np.where(targets == 1, last[:, 0], 1 - last[:, 0]))
    if case.network.classes:
        return np.array([-np.log(row[target]) for row, target in zip(last, targets, strict=True)])
    return (last[:, 0] - targets) ** 2


@pytest.mark.parametrize("network", [one for one in NETWORKS if not one.vocabulary], ids=name_of)
def test_input_gradients_equal_differences_of_each_samples_last_loss(network):
    case = Case(network, rows=8)
    targets = case.targets[:, -1]
    gradient = reference.last_step_input_gradient(
        network, case.weights, case.inputs, targets, case.forward()
    )
    expected = np.zeros_like(case.inputs)
    for t, feature in np.ndindex(case.inputs.shape[1:]):
        above, below = case.inputs.copy(), case.inputs.copy()
        above[:, t, feature] += STEP
        below[:, t, feature] -= STEP
        rise = losses_of_the_last_step(case, above, targets)
        rise -= losses_of_the_last_step(case, below, targets)
        expected[:, t, feature] = rise / (2 * STEP)
    np.testing.assert_allclose(gradient, expected, rtol=1e-6, atol=1e-8)
    assert np.abs(gradient[:, 0]).max() > 0


@pytest.mark.parametrize("network", WORDS, ids=name_of)
def test_input_gradients_of_words_are_those_of_the_numbers_they_stand_for(network):
    case = Case(network)
    numbers = Case(replace(network, vocabulary=0))
    numbers.weights = {name: case.weights[name] for name in numbers.network.shapes}
    numbers.inputs = case.weights["embedding"][case.inputs]
    numbers.states, numbers.masks = case.states, case.masks
    gradient, expected = (
        reference.last_step_input_gradient(
            one.network, one.weights, one.inputs, case.targets[:, -1], one.forward()
        )
        for one in (case, numbers)
    )
    assert gradient.shape == (3, 5, 2)
    np.testing.assert_allclose(gradient, expected, rtol=1e-12)


def test_words_that_do_not_come_have_no_gradient_and_others_the_sum_of_their_places():
    case = Case(WORDS[0])
    case.inputs[:] = [0, 0, 5, 3, 0]
    trace = case.forward()
    gradient = case.gradients()["embedding"]
    assert not gradient[[1, 2, 4]].any()
    assert np.abs(gradient[[0, 3, 5]]).min() > 0
    # One place after the other is given a word of its own with the same numbers.
    wider = replace(case.network, vocabulary=20)
    weights = case.weights | {"embedding": case.weights["embedding"][[*case.inputs[0], *[0] * 15]]}
    apart = reference.gradients(wider, weights, np.tile(np.arange(5), (3, 1)), case.targets, trace)
    np.testing.assert_allclose(gradient[0], apart["embedding"][[0, 1, 4]].sum(axis=0), rtol=1e-12)


def test_ids_of_no_word_are_refused():
    case = Case(WORDS[0])
    with pytest.raises(ValueError, match="The words are 0 to 5, but -1 to 4 came in"):
        reference.forward(case.network, case.weights, np.array([[-1, 4]]))
