"""The backward pass of a bench: by hand, and against finite differences, one number at a time."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import assume, given, settings

from rnnlab.handcheck.backward import COPIES_AT_ONCE, backward, finite_differences
from rnnlab.handcheck.bench import ARTICLE
from tests.handcheck.benches import (
    GRU,
    LSTM,
    as_rows,
    bench_with,
    distance_from_kink,
    spread_benches,
)


def input_gradients(result):
    """(timesteps, features), the first step above."""
    return np.array([step.input_gradient for step in reversed(result.steps)])


def tried_one_by_one(bench, name):
    """The gradient by a matrix of a bench, from two other benches for each of its numbers."""
    matrix = np.array(getattr(bench, name), dtype=float)

    def loss(index, shift):
        changed = matrix.copy()
        changed[index] += shift
        return backward(replace(bench, **{name: as_rows(changed)})).loss

    gradient = np.zeros_like(matrix)
    for index in np.ndindex(matrix.shape):
        gradient[index] = (loss(index, 1e-5) - loss(index, -1e-5)) / 2e-5
    return gradient


def listed(arrays):
    return {name: np.asarray(array).tolist() for name, array in arrays.items()}


def test_the_articles_case_by_hand():
    # h_3 = (48, 45, 54), target (50, 45, 50): error (-2, 0, 4), loss (4 + 0 + 16) / 2 = 10.
    # Linear, so delta_3 is the error. delta_2 = delta_3 U' : (-2+4, -2+4, 0) = (2, 2, 0), and
    # delta_1 = delta_2 U' : (2+4, 2, 2) = (6, 2, 2); the first state gets (6+4+2, 6+2, 2).
    result = backward(ARTICLE)
    assert result.loss == 10
    assert result.error.tolist() == [-2, 0, 4]
    assert [step.t for step in result.steps] == [3, 2, 1]
    deltas = [[-2, 0, 4], [2, 2, 0], [6, 2, 2]]
    assert [step.delta.tolist() for step in result.steps] == [[delta] for delta in deltas]
    assert [step.state_gradient["h"].tolist() for step in result.steps] == deltas
    assert result.steps[-1].previous_state_gradient["h"].tolist() == [12, 8, 2]


def test_what_each_step_adds_in_the_articles_case():
    # Kernel: x' delta with x = (2, 3), (1, 1), (1, 3). Recurrent kernel: h' delta with the states
    # before, (13, 27, 16), (7, 3, 12) and (0, 0, 0).
    third, second, first = (step.gradients for step in backward(ARTICLE).steps)
    assert third["kernel"].tolist() == [[-4, 0, 8], [-6, 0, 12]]
    assert second["kernel"].tolist() == [[2, 2, 0], [2, 2, 0]]
    assert first["kernel"].tolist() == [[6, 2, 2], [18, 6, 6]]
    assert third["recurrent_kernel"].tolist() == [[-26, 0, 52], [-54, 0, 108], [-32, 0, 64]]
    assert second["recurrent_kernel"].tolist() == [[14, 14, 0], [6, 6, 0], [24, 24, 0]]
    assert first["recurrent_kernel"].tolist() == [[0, 0, 0]] * 3


def test_the_whole_gradient_of_the_articles_case():
    result = backward(ARTICLE)
    assert listed(result.gradients) == {
        "kernel": [[4, 4, 10], [14, 8, 18]],
        "recurrent_kernel": [[-12, 14, 52], [-48, 6, 108], [-8, 24, 64]],
        "bias": [[6, 4, 6]],
    }
    # delta W', W = ((1, 0, 2), (2, 1, 3)): (6+4, 12+2+6), (2, 4+2), (-2+8, -4+12).
    assert input_gradients(result).tolist() == [[10, 20], [2, 6], [6, 8]]


def test_an_lstm_by_hand():
    # h_2 = 2.125, target 0.125: error 2, loss 2. Gates are 1/2, with slope 1/4; linear.
    # Step 2 (x 3, h 1.5, c 3 before; g 5.5, c 4.25 now): from h, o gets 2*4.25/4 = 2.125 and
    # c gets 2/2 = 1; from c, i gets 5.5/4, f gets 3/4, g gets 1/2; c before gets 1/2, h before 1/2
    # by way of g; x gets 2 * 1/2 = 1.
    # Step 1 (x 1, h 2, c 4 before; g 2, c 3 now): o gets 0.5*3/4 = 0.375, c gets
    # 0.5 + 0.5/2 = 0.75, i gets 0.75*2/4, f gets 0.75*4/4, g gets 0.75/2; c before 0.375, and
    # h before 0.375 by way of g; x gets 2 * 0.375.
    result = backward(LSTM)
    second, first = result.steps
    assert (result.loss, result.error.tolist()) == (2, [2])
    assert second.delta.tolist() == [[1.375, 0.75, 0.5, 2.125]]
    assert first.delta.tolist() == [[0.375, 0.75, 0.375, 0.375]]
    assert listed(second.state_gradient) == {"h": [2], "c": [0]}
    assert (
        listed(second.previous_state_gradient)
        == listed(first.state_gradient)
        == {"h": [0.5], "c": [0.5]}
    )
    assert listed(first.previous_state_gradient) == {"h": [0.375], "c": [0.375]}
    assert second.gradients["kernel"].tolist() == [[4.125, 2.25, 1.5, 6.375]]  # x = 3
    assert second.gradients["recurrent_kernel"].tolist() == [
        [2.0625, 1.125, 0.75, 3.1875]
    ]  # h = 1.5
    assert listed(result.gradients) == {
        "kernel": [[4.5, 3, 1.875, 6.75]],
        "recurrent_kernel": [[2.8125, 2.625, 1.5, 3.9375]],
        "bias": [[1.75, 1.5, 0.875, 2.5]],
    }
    assert input_gradients(result).tolist() == [[0.75], [1]]


def test_a_gru_by_hand():
    # h_2 = 9, target 5: error 4, loss 8. z and r are 1/2, with slope 1/4; linear.
    # Step 2 (x 3, h 4 before; p 14, n 14): n gets 4/2 = 2, z gets 4*(4 - 14)/4 = -10,
    # r gets 2*14/4 = 7, p gets 2/2 = 1; h before gets 4/2 + 1*4 = 6, x gets 2*2 = 4.
    # Step 1 (x 1, h 2 before; p 6, n 6): n gets 3, z gets 6*(2 - 6)/4 = -6, r gets 3*6/4 = 4.5,
    # p gets 1.5; h before gets 6/2 + 1.5*4 = 9, x gets 3*2 = 6.
    result = backward(GRU)
    second, first = result.steps
    assert (result.loss, result.error.tolist()) == (8, [4])
    assert second.delta.tolist() == [[-10, 7, 2], [-10, 7, 1]]
    assert first.delta.tolist() == [[-6, 4.5, 3], [-6, 4.5, 1.5]]
    assert listed(second.previous_state_gradient) == listed(first.state_gradient) == {"h": [6]}
    assert first.previous_state_gradient["h"].tolist() == [9]
    assert listed(result.gradients) == {
        "kernel": [[-36, 25.5, 9]],  # 3 and 1 times the first rows
        "recurrent_kernel": [[-52, 37, 7]],  # 4 and 2 times the second rows
        "bias": [[-16, 11.5, 5], [-16, 11.5, 2.5]],
    }
    assert input_gradients(result).tolist() == [[6], [4]]


@given(spread_benches())
@settings(max_examples=15)
def test_the_gradient_is_what_trying_gives(bench):
    # A step of 1e-5 must not carry relu over its kink: it moves a sum of numbers up to 1, through
    # six steps of four units, by far less than 100 times as much.
    assume(distance_from_kink(bench) > 1e-3)
    result = backward(bench)
    tried = {name: tried_one_by_one(bench, name) for name in [*result.gradients, "inputs", "state"]}
    calculated = result.gradients | {
        "inputs": input_gradients(result),
        "state": np.stack(list(result.steps[-1].previous_state_gradient.values())),
    }
    size = 1 + result.loss + max(np.abs(array).max() for array in calculated.values())
    for name, gradient in calculated.items():
        np.testing.assert_allclose(gradient, tried[name], rtol=0, atol=1e-6 * size, err_msg=name)
    # Side by side as one by one. Losses are rounded at 1e-16 of their size, and divided by 2e-5:
    # some 1e-11 of it.
    close = {"rtol": 1e-9, "atol": 1e-8 * (1 + result.loss)}
    for name, differences in finite_differences(bench).items():
        np.testing.assert_allclose(differences, tried[name], **close, err_msg=name)


@given(spread_benches())
@settings(max_examples=25)
def test_the_steps_of_the_backward_pass_fit_together(bench):
    result = backward(bench)
    for later, earlier in pairwise(result.steps):
        assert listed(later.previous_state_gradient) == listed(earlier.state_gradient)
    for name, total in result.gradients.items():
        assert total.shape == np.shape(getattr(bench, name))
        parts = [step.gradients[name] for step in result.steps]
        assert {part.shape for part in parts} == {total.shape}
        np.testing.assert_allclose(sum(parts), total, rtol=1e-12, atol=1e-12)
    for step in result.steps:  # each weight gets what came in, times the delta
        by_hand = np.outer(bench.inputs[step.t - 1], step.delta[0])
        np.testing.assert_allclose(step.gradients["kernel"], by_hand, rtol=1e-12, atol=1e-15)


def test_more_numbers_than_are_tried_side_by_side_are_all_tried():
    bench = bench_with("gru", "tanh", seed=3)
    assert bench.weights["kernel"].size > 2 * COPIES_AT_ONCE
    assert bench.weights["bias"].size % COPIES_AT_ONCE
    for name, tried in finite_differences(bench).items():
        np.testing.assert_allclose(tried, backward(bench).gradients[name], rtol=1e-5, atol=1e-8)
