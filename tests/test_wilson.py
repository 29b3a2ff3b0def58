"""Wilson's interval, against published numbers and against its definition."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.theory import wilson


@pytest.mark.parametrize(
    ("ones", "n", "low", "high"),
    [
        # R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998),
        # table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_that_of_the_literature(ones, n, low, high):
    assert wilson(ones, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 3000), st.data())
def test_its_ends_lie_just_1_96_standard_errors_from_the_share(n, data):
    ones = data.draw(st.integers(0, n))
    low, high = wilson(ones, n)
    assert 0 <= low <= ones / n + 1e-12
    assert ones / n - 1e-12 <= high <= 1
    for end in (low, high):
        if 1e-9 < end < 1 - 1e-9:
            away = 1.96 * math.sqrt(end * (1 - end) / n)
            assert abs(ones / n - end) == pytest.approx(away, rel=1e-6)


def test_of_nothing_nothing_is_known():
    assert all(map(math.isnan, wilson(0, 0)))
