"""Keras' SimpleRNN says what the loop in NumPy says, and asking it often leaves nothing behind."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np
import pytest
import tensorflow as tf

from rnnlab.handcheck.written_out import AS_PRINTED, Loop, states_of
from rnnlab.witness.loop import keras_states

LOOPS = [Loop(), Loop(seed=2), Loop(strength=0.0), Loop(strength=1.2), Loop(numbers=AS_PRINTED)]


def states_of_keras(loop: Loop) -> np.ndarray:
    (answer,) = keras_states(loop)
    return answer.states


@pytest.mark.parametrize("loop", LOOPS, ids=str)
def test_keras_says_the_same_to_the_last_digits(loop):
    assert np.abs(states_of_keras(loop) - states_of(loop)).max() < 1e-12


def test_loops_that_are_asked_at_once_do_not_disturb_each_other():
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(states_of_keras, LOOPS * 2))
    for loop, answer in zip(LOOPS * 2, answers, strict=True):
        assert np.abs(answer - states_of(loop)).max() < 1e-12


def test_asking_again_makes_no_new_layer_and_no_new_variable():
    def alive() -> int:
        gc.collect()
        kinds = (keras.layers.Layer, keras.Variable, tf.Variable)
        return sum(issubclass(type(one), kinds) for one in gc.get_objects())

    states_of_keras(Loop())
    before = alive()
    for seed in range(5):
        states_of_keras(Loop(seed=seed))
    assert alive() == before
