"""A mask over time: a step that is not read is as if it were not there."""

from dataclasses import replace

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.network import Network
from tests.reference.cases import NETWORKS, Case, name_of

MASK = np.array(
    [
        [False, True, True, False, True],
        [True, True, False, False, False],
        [False, False, False, True, True],
    ]
)
ONE_ANSWER = pytest.mark.parametrize(
    "network",
    [
        network
        for network in NETWORKS
        if network.last_step and network.layers < 3 and network.activation == "tanh"
    ],
    ids=name_of,
)


def loss_of(case: Case, weights: dict[str, np.ndarray], inputs: np.ndarray) -> float:
    trace = reference.forward(case.network, weights, inputs, time_mask=MASK)
    return reference.loss(case.network, trace, case.targets)


@ONE_ANSWER
def test_the_answer_is_that_of_the_steps_that_are_read_alone(network: Network) -> None:
    case = Case(network)
    answers = reference.forward(network, case.weights, case.inputs, time_mask=MASK).outputs
    for inputs, mask, answer in zip(case.inputs, MASK, answers, strict=True):
        alone = reference.forward(network, case.weights, inputs[None, mask]).outputs[0]
        np.testing.assert_allclose(answer, alone, rtol=1e-12)


@ONE_ANSWER
def test_gradients_are_those_of_the_loss_under_the_mask(network: Network) -> None:
    case, step = Case(network), 1e-6
    trace = reference.forward(network, case.weights, case.inputs, time_mask=MASK)
    gradients = reference.gradients(network, case.weights, case.inputs, case.targets, trace)
    rng = np.random.default_rng(1)
    for name, gradient in gradients.items():
        direction = rng.standard_normal(gradient.shape)
        ends = [
            loss_of(case, case.weights | {name: case.weights[name] + way * direction}, case.inputs)
            for way in (step, -step)
        ]
        slope = (ends[0] - ends[1]) / (2 * step)
        assert np.sum(gradient * direction) == pytest.approx(slope, rel=1e-5, abs=1e-9), name


@ONE_ANSWER
def test_no_gradient_lies_on_what_is_not_read(network: Network) -> None:
    case = Case(network)
    trace = reference.forward(network, case.weights, case.inputs, time_mask=MASK)
    of_inputs = reference.last_step_input_gradient(
        network, case.weights, case.inputs, case.targets[:, 0], trace
    )
    assert not of_inputs[~MASK].any()
    assert of_inputs[MASK].any(axis=1).all()


def test_a_network_that_answers_at_every_step_takes_no_mask() -> None:
    case = Case(replace(NETWORKS[0], last_step=False))
    with pytest.raises(ValueError, match="one answer"):
        reference.forward(case.network, case.weights, case.inputs, time_mask=MASK)
