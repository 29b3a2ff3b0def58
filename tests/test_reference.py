"""The NumPy network: its gradients against differences of its loss, its loss against Keras'."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import keras
import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.network import Network

STEP = 1e-6
KEPT = 0.75
"""The share of outputs that the masks of these tests let through."""

READ_OUTS = [
    {"last_step": last, "classes": classes, "outputs": 3 if classes else 1}
    for last, classes in product([False, True], [True, False])
]
NETWORKS = [
    Network(cell=cell, units=3, features=2, layers=layers, activation=activation, **read_out)
    for cell, read_out in product(CELLS, READ_OUTS)
    for layers, activation in ((1, "tanh"), (2, "tanh"), (3, "tanh"), (1, "linear"), (2, "relu"))
]
WORDS = [
    Network(cell=cell, units=3, features=2, layers=2, vocabulary=6, outputs=outputs, last_step=last)
    for cell, outputs, last in product(CELLS, [1, 7], [False, True])
]
NETWORKS += [Network(units=3, features=2, outputs=1), *WORDS]


def name_of(network: Network) -> str:
    when = "last" if network.last_step else "every"
    what = "sigmoid" if network.sigmoid else "classes" if network.classes else "numbers"
    what += "-of-words" if network.vocabulary else ""
    return f"{network.cell}-{network.layers}-{network.activation}-{when}-{what}"


EVERY_NETWORK = pytest.mark.parametrize("network", NETWORKS, ids=name_of)
EVERY_READ_OUT = pytest.mark.parametrize(
    "network",
    [one for one in NETWORKS if one.layers == 2 and one.activation == "tanh"],
    ids=name_of,
)


class Case:
    """Random weights in float64 for a network, with states, masks, inputs and targets."""

    def __init__(self, network: Network, seed: int = 0, rows: int = 3, steps: int = 5):
        rng = np.random.default_rng(seed)
        self.network = network
        self.weights = {
            name: 0.6 * rng.standard_normal(shape) for name, shape in network.shapes.items()
        }
        self.inputs = rng.standard_normal((rows, steps, network.features))
        if network.vocabulary:
            self.inputs = rng.integers(network.vocabulary, size=(rows, steps))
            self.inputs[0, 1:4] = 0, 0, network.vocabulary - 1
        answers = (rows, 1 if network.last_step else steps)
        self.targets = rng.standard_normal(answers)
        if network.classes:
            self.targets = rng.integers(max(2, network.outputs), size=answers)
        self.states = tuple(
            rng.uniform(-1, 1, (rows, network.state_size)) for _ in range(network.layers)
        )
        self.masks = tuple(
            (rng.random((rows, steps, network.units)) < KEPT) / KEPT
            for _ in range(network.layers - 1)
        )

    def forward(self, weights: dict | None = None, inputs: np.ndarray | None = None):
        return reference.forward(
            self.network,
            self.weights if weights is None else weights,
            self.inputs if inputs is None else inputs,
            self.states,
            self.masks,
        )

    def loss(self, weights: dict) -> float:
        return reference.loss(self.network, self.forward(weights), self.targets)

    def gradients(self) -> dict[str, np.ndarray]:
        return reference.gradients(
            self.network, self.weights, self.inputs, self.targets, self.forward()
        )


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
    found = reference.last_step_input_gradient(
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
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-8)
    assert np.abs(found[:, 0]).max() > 0


@pytest.mark.parametrize("network", WORDS, ids=name_of)
def test_input_gradients_of_words_are_those_of_the_numbers_they_stand_for(network):
    case = Case(network)
    numbers = Case(replace(network, vocabulary=0))
    numbers.weights = {name: case.weights[name] for name in numbers.network.shapes}
    numbers.inputs = case.weights["embedding"][case.inputs]
    numbers.states, numbers.masks = case.states, case.masks
    found, expected = (
        reference.last_step_input_gradient(
            one.network, one.weights, one.inputs, case.targets[:, -1], one.forward()
        )
        for one in (case, numbers)
    )
    assert found.shape == (3, 5, 2)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_words_that_do_not_come_have_no_gradient_and_others_the_sum_of_their_places():
    case = Case(WORDS[0])
    case.inputs[:] = [0, 0, 5, 3, 0]
    trace = case.forward()
    found = case.gradients()["embedding"]
    assert not found[[1, 2, 4]].any()
    assert np.abs(found[[0, 3, 5]]).min() > 0
    # One place after the other is given a word of its own with the same numbers.
    wider = replace(case.network, vocabulary=20)
    weights = case.weights | {"embedding": case.weights["embedding"][[*case.inputs[0], *[0] * 15]]}
    apart = reference.gradients(wider, weights, np.tile(np.arange(5), (3, 1)), case.targets, trace)
    np.testing.assert_allclose(found[0], apart["embedding"][[0, 1, 4]].sum(axis=0), rtol=1e-12)


def test_ids_of_no_word_are_refused():
    case = Case(WORDS[0])
    with pytest.raises(ValueError, match="The words are 0 to 5, but -1 to 4 came in"):
        reference.forward(case.network, case.weights, np.array([[-1, 4]]))


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


@EVERY_READ_OUT
def test_a_pass_can_be_cut_and_taken_up_again(network):
    case = Case(replace(network, last_step=False), seed=7)
    whole = reference.forward(case.network, case.weights, case.inputs, case.states)
    first = reference.forward(case.network, case.weights, case.inputs[:, :2], case.states)
    rest = reference.forward(network, case.weights, case.inputs[:, 2:], first.final_states)
    expected = whole.predicted[:, -1:] if network.last_step else whole.predicted[:, 2:]
    np.testing.assert_allclose(rest.predicted, expected, rtol=1e-12)
    for one, other in zip(rest.final_states, whole.final_states, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


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
        np.testing.assert_array_equal(layer.states[3], network.kind.next_state(layer.steps[2]))
        np.testing.assert_array_equal(layer.final_state, network.kind.next_state(layer.steps[7]))
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
    found = {trace.predicted.dtype, by_inputs.dtype, *(each.dtype for each in gradients.values())}
    assert found == {np.dtype(dtype)}


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
