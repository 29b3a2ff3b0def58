"""All weights as one vector, and back."""

import math

import numpy as np
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.engine.architecture import pack, unpack, unpack_tensor

SHAPES = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=4),
    st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple),
    min_size=1,
    max_size=5,
)


def numbered(shapes: dict) -> dict[str, np.ndarray]:
    """Weights in which no number occurs twice."""
    start, weights = 0, {}
    for name, shape in shapes.items():
        size = math.prod(shape)
        weights[name] = np.arange(start, start + size, dtype=np.float32).reshape(shape)
        start += size
    return weights


def assert_equal(weights: dict, expected: dict) -> None:
    assert list(weights) == list(expected)
    for name, value in expected.items():
        np.testing.assert_array_equal(weights[name], value)


@given(SHAPES)
def test_what_is_packed_comes_back(shapes):
    weights = numbered(shapes)
    vector = pack(weights, shapes)
    np.testing.assert_array_equal(vector, np.arange(sum(map(math.prod, shapes.values()))))
    assert vector.dtype == np.float32
    assert_equal(unpack(vector, shapes), weights)


@settings(max_examples=20, deadline=None)
@given(SHAPES)
def test_a_tensor_is_unpacked_like_an_array(shapes):
    weights = numbered(shapes)
    assert_equal(unpack_tensor(tf.constant(pack(weights, shapes)), shapes), weights)


def test_the_order_of_the_shapes_decides_and_not_that_of_the_weights():
    shapes = {"kernel": (1, 2), "bias": (2,)}
    weights = {"bias": np.array([3.0, 4.0]), "kernel": np.array([[1.0, 2.0]])}
    np.testing.assert_array_equal(pack(weights, shapes), [1, 2, 3, 4])
