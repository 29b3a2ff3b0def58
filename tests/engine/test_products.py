"""Products of kernels and windows: as sums or as matrix products, always the same numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
import tensorflow as tf

from rnnlab.engine.products import (
    WIDE,
    apply_kernel,
    apply_transpose,
    applying,
    applying_transpose,
    bias_gradient,
    kernel_gradient,
    over_batch,
)
from tests.engine.windows import some

STEPS, NETWORKS = 6, 3
PLACES = {"one network": (), "side by side": (NETWORKS,)}
"""What of the networks is in the shape of an array."""

AS_SUMS = {"tiny": (3, 4), "narrow": (12, 48), "one input": (1, 700)}
AS_PRODUCTS = {"wide": (13, 52), "square": (25, 25), "one output": (600, 1)}
"""Inputs and outputs of kernels on both sides of the switch."""

each_place = pytest.mark.parametrize("networks", PLACES.values(), ids=PLACES)


def some_kernel(inputs: int, outputs: int, networks: tuple[int, ...], batch: int = 30) -> tuple:
    """A kernel, values that go through it, and some that come back."""
    kernel = some(inputs, outputs, *networks)
    values, back = (some(STEPS, size, *networks, batch) for size in (inputs, outputs))
    return tuple(map(tf.constant, (kernel, values, back)))


@each_place
@pytest.mark.parametrize(
    ("inputs", "outputs"), (AS_SUMS | AS_PRODUCTS).values(), ids=AS_SUMS | AS_PRODUCTS
)
def test_products_are_matrix_products_of_each_network_by_itself(inputs, outputs, networks):
    kernel, values, back = some_kernel(inputs, outputs, networks)
    close = {"rtol": 1e-4, "atol": 1e-4}
    expected = np.einsum("io...,ti...b->to...b", kernel, values)
    np.testing.assert_allclose(apply_kernel(kernel, values), expected, **close)
    np.testing.assert_allclose(applying(kernel)(values[0]), expected[0], **close)
    expected = np.einsum("io...,to...b->ti...b", kernel, back)
    np.testing.assert_allclose(apply_transpose(kernel, back), expected, **close)
    np.testing.assert_allclose(applying_transpose(kernel)(back[0]), expected[0], **close)
    expected = np.einsum("ti...b,to...b->io...", values, back)
    np.testing.assert_allclose(kernel_gradient(values, back), expected, **close)
    np.testing.assert_allclose(bias_gradient(back), np.sum(back, axis=(0, -1)), **close)


@pytest.mark.parametrize(("inputs", "outputs"), AS_PRODUCTS.values(), ids=AS_PRODUCTS)
def test_wide_products_of_two_networks_are_those_of_each_alone(inputs, outputs):
    kernel, values, back = some_kernel(inputs, outputs, (2,))
    for number in range(2):
        own, into, out = kernel[..., number], values[:, :, number], back[:, :, number]
        for together, alone in (
            (apply_kernel(kernel, values)[:, :, number], apply_kernel(own, into)),
            (apply_transpose(kernel, back)[:, :, number], apply_transpose(own, out)),
            (kernel_gradient(values, back)[..., number], kernel_gradient(into, out)),
            (bias_gradient(back)[..., number], bias_gradient(out)),
        ):
            np.testing.assert_allclose(together, alone, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("shape", [(1,), (7,), (3, 1), (3, 500), (2, 3, 5), (4, 3, 2, 8)], ids=str)
def test_the_sum_over_the_batch_is_a_sum(shape):
    values = some(*shape)
    summed = over_batch(tf.constant(values))
    assert summed.shape == shape[:-1]
    np.testing.assert_allclose(summed, values.sum(axis=-1), rtol=1e-5, atol=1e-5)


def real_products(function, *shapes: tuple[int, ...]) -> int:
    """How many matrix products TensorFlow is asked for, those with vectors of ones apart."""
    specs = [tf.TensorSpec(shape) for shape in shapes]
    graph = tf.function(function, autograph=False).get_concrete_function(*specs).graph
    products = [
        one
        for one in graph.get_operations()
        if "MatMul" in one.type or one.type == "Einsum"
        if len(one.inputs) == 2  # with one it only turns a kernel
    ]
    return sum(one.inputs[1].op.type != "Const" for one in products)


@each_place
@pytest.mark.parametrize(
    ("inputs", "outputs", "products"),
    [(*sizes, 0) for sizes in AS_SUMS.values()] + [(*sizes, 1) for sizes in AS_PRODUCTS.values()],
    ids=AS_SUMS | AS_PRODUCTS,
)
def test_narrow_products_are_sums_and_wide_ones_real_products(inputs, outputs, products, networks):
    kernel = (inputs, outputs, *networks)
    into, out = ((STEPS, size, *networks, 30) for size in (inputs, outputs))
    assert real_products(apply_kernel, kernel, into) == products
    assert real_products(apply_transpose, kernel, out) == products
    assert real_products(kernel_gradient, into, out) == products


def test_the_kernels_lie_close_to_the_switch_on_both_sides():
    assert 0.9 * WIDE < math.prod(AS_SUMS["narrow"]) < WIDE
    assert math.prod(AS_PRODUCTS["one output"]) == WIDE
    assert WIDE < math.prod(AS_PRODUCTS["square"]) < 1.1 * WIDE
