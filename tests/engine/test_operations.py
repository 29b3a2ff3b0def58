"""The operations of the engine: products as sums or as matrix products, loops, activations."""

import math

import numpy as np
import pytest
import tensorflow as tf

from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.engine import embedding, operations
from rnnlab.engine.operations import (
    WIDE,
    bias_gradient,
    kernel_gradient,
    product_with,
    product_with_transpose,
    scan,
    sum_over_rows,
)
from tests.engine.windows import some

STEPS, ROWS = 6, 30

AS_SUMS = {"tiny": (3, 4), "narrow": (12, 48), "one input": (1, 700)}
AS_PRODUCTS = {"wide": (13, 52), "square": (25, 25), "one output": (600, 1)}
"""Inputs and outputs of kernels on both sides of the switch."""


def some_kernel(inputs: int, outputs: int) -> tuple:
    """A kernel, values that go through it, and some that come back."""
    kernel = some(inputs, outputs)
    values, back = (some(STEPS, size, ROWS) for size in (inputs, outputs))
    return tuple(map(tf.constant, (kernel, values, back)))


@pytest.mark.parametrize(
    ("inputs", "outputs"), (AS_SUMS | AS_PRODUCTS).values(), ids=AS_SUMS | AS_PRODUCTS
)
def test_products_are_matrix_products(inputs, outputs):
    kernel, values, back = some_kernel(inputs, outputs)
    close = {"rtol": 1e-4, "atol": 1e-4}
    expected = np.einsum("io,tib->tob", kernel, values)
    np.testing.assert_allclose(product_with(kernel)(values), expected, **close)
    np.testing.assert_allclose(product_with(kernel)(values[0]), expected[0], **close)
    expected = np.einsum("io,tob->tib", kernel, back)
    np.testing.assert_allclose(product_with_transpose(kernel)(back), expected, **close)
    one_step = product_with_transpose(kernel)(back[0])
    np.testing.assert_allclose(one_step, expected[0], **close)
    expected = np.einsum("tib,tob->io", values, back)
    np.testing.assert_allclose(kernel_gradient(values, back), expected, **close)
    np.testing.assert_allclose(bias_gradient(back), np.sum(back, axis=(0, -1)), **close)


def test_the_gradient_of_a_kernel_in_a_large_window_is_the_same(monkeypatch):
    _, values, back = some_kernel(25, 30)
    expected = np.einsum("tib,tob->io", values, back)
    monkeypatch.setattr(operations, "LARGEST_LOOP", 0)
    np.testing.assert_allclose(kernel_gradient(values, back), expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("shape", [(1,), (7,), (3, 1), (3, 500), (2, 3, 5), (4, 3, 2, 8)], ids=str)
def test_the_sum_over_rows_is_a_sum(shape):
    values = some(*shape)
    summed = sum_over_rows(tf.constant(values))
    assert summed.shape == shape[:-1]
    np.testing.assert_allclose(summed, values.sum(axis=-1), rtol=1e-5, atol=1e-5)


def real_products(function, *shapes: tuple[int, ...]) -> int:
    """How many matrix products TensorFlow is asked for, those with vectors of ones apart."""
    specs = [tf.TensorSpec(shape) for shape in shapes]
    graph = tf.function(function, autograph=False).get_concrete_function(*specs).graph
    products = [
        operation
        for operation in graph.get_operations()
        if "MatMul" in operation.type or operation.type == "Einsum"
        if len(operation.inputs) == 2  # with one it only transposes a kernel
    ]
    return sum(product.inputs[1].op.type != "Const" for product in products)


@pytest.mark.parametrize(
    ("inputs", "outputs", "products"),
    [(*sizes, 0) for sizes in AS_SUMS.values()] + [(*sizes, 1) for sizes in AS_PRODUCTS.values()],
    ids=AS_SUMS | AS_PRODUCTS,
)
def test_narrow_products_are_sums_and_wide_ones_real_products(inputs, outputs, products):
    kernel = (inputs, outputs)
    into, out = ((STEPS, size, ROWS) for size in (inputs, outputs))
    assert real_products(lambda k, x: product_with(k)(x), kernel, into) == products
    assert real_products(lambda k, x: product_with_transpose(k)(x), kernel, out) == products
    assert real_products(kernel_gradient, into, out) == products


def test_the_kernels_lie_close_to_the_switch_on_both_sides():
    assert 0.9 * WIDE < math.prod(AS_SUMS["narrow"]) < WIDE
    assert math.prod(AS_PRODUCTS["one output"]) == WIDE
    assert WIDE < math.prod(AS_PRODUCTS["square"]) < 1.1 * WIDE


@pytest.mark.parametrize(
    ("reverse", "sums"), [(False, [1, 3, 6, 10]), (True, [10, 9, 7, 4])], ids=["on", "back"]
)
def test_a_scan_carries_on_and_keeps_the_order_of_time(reverse, sums):
    def add(carry, slices):
        return carry + slices[0], (carry + slices[0],)

    numbers = tf.reshape(tf.constant([1.0, 2.0, 3.0, 4.0]), (4, 1, 1)) * tf.ones((1, 2, 3))
    last, (outputs,) = scan(add, tf.zeros((2, 3)), (numbers,), (2,), reverse=reverse)
    assert outputs.shape == (4, 2, 3)
    np.testing.assert_array_equal(outputs[:, 1, 2], sums)
    np.testing.assert_array_equal(last, np.full((2, 3), 10))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_and_their_slopes_are_those_of_numpy_and_the_slopes_are_derivatives(name):
    x, step = np.linspace(-3, 3, 40), 1e-6  # 0, the kink of relu, is not among them
    numpys, ours = ACTIVATIONS[name], operations.activation(name)
    y = numpys.function(x)
    rise = (numpys.function(x + step) - numpys.function(x - step)) / (2 * step)
    np.testing.assert_allclose(numpys.slope(y), rise, atol=1e-8)
    np.testing.assert_allclose(ours.function(x.astype(np.float32)), y, atol=1e-6)
    slope = ours.slope(tf.constant(y, tf.float32))
    np.testing.assert_allclose(slope, numpys.slope(y), atol=1e-6)


@pytest.mark.parametrize("vocabulary", [4, 50])
def test_the_product_of_words_is_that_of_their_rows(vocabulary):
    rng = np.random.default_rng(0)
    kernel, table = (rng.standard_normal((n, 2)) for n in (3, vocabulary))
    kernel, table = np.float32(kernel), np.float32(table)[:, [0, 1, 0]]
    ids = rng.integers(vocabulary, size=(5, 4))
    products = embedding.products(*map(tf.constant, (kernel, table, ids)))
    assert products.shape == (5, 2, 4)
    expected = np.moveaxis(table[ids] @ kernel, -1, 1)
    np.testing.assert_allclose(products, expected, atol=1e-5)
