"""NumPy's gradients against differences of its loss."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnlab import reference
from tests.reference.cases import EVERY_NETWORK, NETWORKS, WORDS, Case, name_of

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
