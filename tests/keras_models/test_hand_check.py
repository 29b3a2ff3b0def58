"""Keras says the same as the hand calculation, forward and back, and no layer is made twice."""

from __future__ import annotations

import gc
import math
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rnnlab.cells import CELLS
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.handcheck.backward import KerasAnswer, backward, difference
from rnnlab.handcheck.bench import ARTICLE, LABELS, MAX_FEATURES, MAX_UNITS, Bench
from rnnlab.handcheck.forward import forward
from rnnlab.handcheck.matrices import LARGEST
from rnnlab.handcheck.written_out import AS_PRINTED, Loop, states_of
from rnnlab.keras_models import hand_check
from rnnlab.keras_models.hand_check import keras_states
from rnnlab.progress import Event
from tests.handcheck.benches import bench_with, benches, distance_from_kink, spread_benches


def asked(bench: Bench) -> KerasAnswer:
    (answer,) = hand_check.keras_answer(bench)
    return answer


def agree(bench: Bench, answer: KerasAnswer) -> None:
    """To nine digits of the largest number on the way, beyond which both only round.

    With numbers up to 2, four units and six steps a linear layer reaches some 1e6, and its
    gradient the square of that, in which terms may cancel.
    """
    outputs = np.array([step.output for step in forward(bench)])
    by_hand = backward(bench)
    size = 1 + np.abs(outputs).max()
    assert difference(outputs, answer.outputs) <= 1e-9 * size
    assert abs(by_hand.loss - answer.loss) <= 1e-9 * (1 + by_hand.loss)
    assert list(answer.gradients) == list(by_hand.gradients)
    size = 1 + max(
        np.abs(part).max()
        for step in by_hand.steps
        for part in (*step.gradients.values(), step.input_gradient)
    )
    for name, gradient in by_hand.gradients.items():
        assert difference(gradient, answer.gradients[name]) <= 1e-9 * size, name


def test_the_articles_case_comes_out_of_keras_too():
    answer = asked(ARTICLE)
    assert isinstance(answer, Event)
    assert answer.outputs.tolist() == [[7, 3, 12], [13, 27, 16], [48, 45, 54]]
    assert answer.loss == 10  # (4 + 0 + 16) / 2
    assert answer.gradients["bias"].tolist() == [[6, 4, 6]]  # on paper in test_backward.py


@pytest.mark.parametrize(("cell", "activation"), list(product(CELLS, ACTIVATIONS)))
def test_keras_agrees_for_every_cell_and_activation(cell, activation):
    bench = bench_with(cell, activation, seed=5)
    assert distance_from_kink(bench) > 1e-6
    agree(bench, asked(bench))


@given(spread_benches(limit=2.0))
@settings(max_examples=30, deadline=None)
def test_keras_agrees_on_any_size(bench):
    # Exactly at its kink relu has no slope, and which side a rounded sum falls on is chance.
    assume(distance_from_kink(bench) > 1e-6)
    agree(bench, asked(bench))


@given(benches(activations=("tanh", "linear")))
@settings(max_examples=30, deadline=None)
def test_keras_agrees_on_any_numbers(bench):
    agree(bench, asked(bench))


def at_the_limit(bench: Bench) -> Bench:
    """The same bench with every number as large as may be, its sign kept."""
    matrices = {
        name: tuple(tuple(math.copysign(LARGEST, number) for number in row) for row in matrix)
        for name, matrix in vars(bench).items()
        if name in LABELS
    }
    return replace(bench, **matrices)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("seed", range(4))
def test_the_largest_numbers_that_fit_on_a_bench_do_not_overflow(cell, seed):
    bench = at_the_limit(bench_with(cell, "linear", seed))
    answer, by_hand = asked(bench), backward(bench)
    for gradient in (*answer.gradients.values(), *by_hand.gradients.values()):
        assert np.isfinite(gradient).all()
    assert np.isfinite([answer.loss, by_hand.loss]).all()


def test_32_bits_would_not_hold_what_64_hold():
    ones = {name: tuple((1.0,) * len(row) for row in vars(ARTICLE)[name]) for name in LABELS}
    bench = at_the_limit(replace(bench_with("simple_rnn", "linear", 0, 2, 3, 3), **ones))
    answer = asked(bench)
    # Every number 1e6, two features, three units and steps: x W = 2e12 and h U = 3e12, so h_1 is
    # 5e12, h_2 = 3e6 * h_1 = 1.5e19, h_3 = 4.5e25, and the loss half of three squares.
    assert answer.loss == pytest.approx(1.5 * 4.5e25**2, rel=1e-5)
    assert answer.loss > 3.4e38
    agree(bench, answer)


def test_other_numbers_and_other_lengths_take_no_new_layer():
    sizes = [(seed, 1 + seed % 6) for seed in range(12)]
    asked(bench_with("gru", "tanh", 0))
    before = hand_check._layer.cache_info().misses
    for seed, timesteps in sizes:
        asked(bench_with("gru", "tanh", seed, timesteps=timesteps))
    assert hand_check._layer.cache_info().misses == before


def test_there_is_room_for_a_layer_of_every_kind_and_size():
    kinds = len(CELLS) * len(ACTIVATIONS) * MAX_FEATURES * MAX_UNITS
    assert kinds <= hand_check.MAX_LAYERS


def test_those_who_ask_at_once_get_their_own_answers():
    asking = [bench_with("lstm", "tanh", seed, 2, 2, 3) for seed in range(12)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(asked, asking))
    for bench, answer in zip(asking, answers, strict=True):
        agree(bench, answer)


def test_an_answer_travels():
    answer = asked(ARTICLE)
    back = pickle.loads(pickle.dumps(answer))
    np.testing.assert_array_equal(back.outputs, answer.outputs)
    assert difference(back.gradients["kernel"], answer.gradients["kernel"]) == 0


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1))
def test_the_difference_is_the_largest_distance_between_two_numbers(pairs):
    first, second = zip(*pairs, strict=True)
    assert difference(first, second) == max(abs(left - right) for left, right in pairs)


def test_a_difference_that_is_no_number_is_not_hidden():
    assert np.isnan(difference([1.0, np.nan], [1.0, 2.0]))


def test_arrays_of_different_shapes_are_not_compared():
    with pytest.raises(ValueError, match="cannot be compared"):
        difference([[1.0, 2.0]], [1.0, 2.0])


LOOPS = [Loop(), Loop(seed=2), Loop(strength=0.0), Loop(strength=1.2), Loop(numbers=AS_PRINTED)]


def states_of_keras(loop: Loop) -> np.ndarray:
    (answer,) = keras_states(loop)
    return answer.states


@pytest.mark.parametrize("loop", LOOPS, ids=str)
def test_keras_has_the_states_of_the_loop_to_the_last_digits(loop):
    assert np.abs(states_of_keras(loop) - states_of(loop)).max() < 1e-12


def test_loops_that_are_asked_at_once_do_not_disturb_each_other():
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(states_of_keras, LOOPS * 2))
    for loop, answer in zip(LOOPS * 2, answers, strict=True):
        assert np.abs(answer - states_of(loop)).max() < 1e-12


def test_asking_about_loops_again_makes_no_new_layer_and_no_new_variable():
    def alive() -> int:
        gc.collect()
        kinds = (keras.layers.Layer, keras.Variable, tf.Variable)
        return sum(issubclass(type(thing), kinds) for thing in gc.get_objects())

    states_of_keras(Loop())
    before = alive()
    for seed in range(5):
        states_of_keras(Loop(seed=seed))
    assert alive() == before
