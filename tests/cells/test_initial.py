"""Initial weights: what the papers say of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.cells.initial import glorot_uniform, orthogonal


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


@pytest.mark.parametrize(("rows", "columns"), [(1, 6), (6, 2), (40, 60)])
def test_glorot_kernels_fill_their_interval_and_no_more(rows, columns):
    limit = math.sqrt(6 / (rows + columns))
    draws = np.concatenate([glorot_uniform(child, rows, columns) for child in rng().spawn(500)])
    assert draws.shape == (500 * rows, columns)
    assert np.abs(draws).max() <= limit * (1 + 1e-6)
    assert np.abs(draws).max() > 0.99 * limit
    # A uniform distribution on [-1, 1] has the variance 1/3: that of Glorot & Bengio's eq. 12.
    assert draws.var() == pytest.approx(2 / (rows + columns), rel=0.05)
    assert abs(draws.mean()) < 0.05 * limit


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (4, 4), (3, 7), (64, 64), (8, 32)])
def test_the_shorter_sides_of_an_orthogonal_kernel_are_orthonormal(rows, columns):
    kernel = orthogonal(rng(), rows, columns).astype(float)
    assert kernel.shape == (rows, columns)
    short = kernel if rows <= columns else kernel.T
    np.testing.assert_allclose(short @ short.T, np.eye(min(rows, columns)), atol=1e-6)


def test_orthogonal_kernels_have_no_favourite_direction():
    # Uniform over rotations and reflections: every entry has mean 0 and variance 1 / 3.
    draws = np.stack([orthogonal(child, 3, 3) for child in rng().spawn(4000)])
    np.testing.assert_allclose(draws.mean(axis=0), 0, atol=4 * math.sqrt(1 / 3 / 4000))
    np.testing.assert_allclose((draws**2).mean(axis=0), 1 / 3, atol=0.03)
