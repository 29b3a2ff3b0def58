"""The picture of the counted chances: a line a pattern, exact beside counted."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.charts import roles
from rnnlab.charts.rule_data import counted_chart, counted_table, pattern_title, patterns_of
from rnnlab.exploration.pattern_counts import PatternCount, PatternCounts

FOUND = PatternCounts(
    (3, 0), (PatternCount((0, 0), 100, 50, 0.5, 0.5), PatternCount((0, 1), 0, 0, math.nan, 0.0))
)  # fmt: skip


def test_patterns_are_named_by_their_bits_and_inputs():
    assert patterns_of(FOUND) == ("0 0", "0 1")
    assert pattern_title(FOUND) == "x[t-3] x[t]"
    nothing = PatternCounts((), (PatternCount((), 10, 5, 0.5, 1.0),))
    assert (patterns_of(nothing), pattern_title(nothing)) == (("any",), "inputs")


def test_the_table_has_a_row_for_each_pattern():
    first, second = counted_table(FOUND).to_dict("records")
    assert (first["n"], first["ones"], first["share"], first["agrees"]) == (100, 50, 0.5, True)
    # Wilson's interval for 50 of 100, as the literature has it: 0.4038 to 0.5962.
    assert (first["low"], first["high"]) == pytest.approx((0.4038, 0.5962), abs=5e-5)
    assert second["n"] == 0
    assert np.isnan([second[name] for name in ("share", "low", "high", "exact")]).all()


def test_exact_and_counted_differ_in_shape_and_colour():
    spec = counted_chart(("0", "1"), "x[t]").to_dict()
    marks = {layer["mark"]["type"]: layer for layer in spec["layer"]}
    assert set(marks) == {"tick", "rule", "point"}
    scale = marks["tick"]["encoding"]["color"]["scale"]
    colours = dict(zip(scale["domain"], scale["range"], strict=True))
    assert colours == {"exact": roles.TRUTH, "counted": roles.TARGET}
    assert marks["tick"]["encoding"]["x"]["field"] == "exact"
    assert marks["tick"]["encoding"]["y"]["scale"]["domain"] == ["0", "1"]
    heights = [counted_chart(("0",) * n, "x[t]").to_dict()["height"] for n in (2, 16)]
    assert heights[1] > heights[0]
