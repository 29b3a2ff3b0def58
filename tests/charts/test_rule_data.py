"""What is known of a rule before any training: losses of predictors, targets counted by pattern."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.rule_data import (
    LEAST,
    counted_table,
    losses_domain,
    losses_table,
    pattern_title,
    patterns_of,
)
from rnnlab.exploration.pattern_counts import PatternCount, PatternCounts
from tests.charts.examples import COUNTS, ERRORS, LOSSES


def test_every_predictor_has_a_row_and_one_is_the_floor():
    table = losses_table(LOSSES, "best possible", (0, 1), log=False)
    assert list(table["label"]) == list(LOSSES)
    assert list(table["drawn"]) == list(table["value"]) == list(LOSSES.values())
    assert list(table["text"]) == ["0.6931", "0.5623", "0.0000"]
    assert list(table["floor"]) == [False, False, True]
    assert not losses_table(ERRORS, None, (1e-15, 1), log=True)["floor"].any()


def test_bars_begin_at_the_ends_of_an_axis_that_holds_them():
    assert losses_domain(LOSSES, log=False) == (0, pytest.approx(1.2 * 0.6931))
    low, high = losses_domain(ERRORS, log=True)
    assert 0 < low < 1.7e-14
    assert high > 0.5
    table = losses_table(ERRORS, None, (low, high), log=True)
    assert (table["start"] == low).all()
    assert list(table["drawn"]) == list(ERRORS.values())
    assert list(table["text"]) == ["0.5", "1.7e-14"]


def test_an_error_of_nothing_is_drawn_at_the_end_of_a_logarithmic_axis():
    low, high = losses_domain({"all": 0.0}, log=True)
    assert 0 < low < LEAST < high
    assert losses_table({"all": 0.0}, None, (low, high), log=True)["drawn"][0] == low


def test_patterns_are_named_by_their_bits_and_inputs():
    assert patterns_of(COUNTS) == ("0 0", "0 1")
    assert pattern_title(COUNTS) == "x[t-3] x[t]"
    nothing = PatternCounts((), (PatternCount((), 10, 5, 0.5, 1.0),))
    assert (patterns_of(nothing), pattern_title(nothing)) == (("any",), "inputs")


def test_counts_have_a_row_for_each_pattern():
    first, second = counted_table(COUNTS).to_dict("records")
    assert (first["n"], first["ones"], first["share"], first["agrees"]) == (100, 50, 0.5, True)
    # Wilson's interval for 50 of 100, as the literature has it: 0.4038 to 0.5962.
    assert (first["low"], first["high"]) == pytest.approx((0.4038, 0.5962), abs=5e-5)
    assert second["n"] == 0
    assert np.isnan([second[name] for name in ("share", "low", "high", "exact")]).all()
