"""Numbers in cells, as short as can be."""

from __future__ import annotations

import math

import pytest

from rnnlab.charts.heat_map import short_number, shortest


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1, "1"), (0.5, ".5"), (0.03, ".03"), (0.98, ".98"), (0.1, ".1"), (0.999, "1"),
        (-0.001, "0"), (-0.5, "-.5"), (29.857, "29.9"), (10.0, "10"), (math.nan, ""),
    ],
)  # fmt: skip
def test_a_number_has_two_digits_after_the_point_at_most(value, text):
    assert short_number(value) == text


@pytest.mark.parametrize(
    ("digits", "text"),
    [("100", "100"), ("1.25e+06", "1.25e+06"), ("-0.00", "0"), ("1.50", "1.5")],
)
def test_only_zeros_are_left_out_that_say_nothing(digits, text):
    assert shortest(digits) == text
