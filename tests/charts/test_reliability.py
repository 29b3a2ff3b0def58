"""The picture of calibration: said across, true up, and the diagonal."""

from __future__ import annotations

import pytest

from rnnlab.charts.many_texts import reliability_alt, reliability_chart, reliability_table
from rnnlab.sentiment.evaluation import Bin, Calibration

FOUND = Calibration((Bin(0.1, 0.2, 0.15, 20, 0), Bin(0.5, 0.6, 0.55, 263, 81)), 0.2, 0.05)


def test_the_table_has_a_row_for_each_bin_with_its_bar():
    first, second = reliability_table(FOUND).to_dict("records")
    assert (first["bin"], first["probability"], first["share"], first["n"]) == (
        "10% to 20%",
        0.15,
        0,
        20,
    )
    # 0 of 20 and 81 of 263: Newcombe (1998), table I, method 3.
    assert (first["low"], first["high"]) == pytest.approx((0, 0.1611), abs=5e-5)
    assert (second["low"], second["high"]) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_truth_is_a_dashed_diagonal_and_bars_are_drawn_below_points():
    spec = reliability_chart().to_dict()
    line, bars, points = spec["layer"]
    ends = spec["datasets"][line["data"]["name"]]
    assert [(end["probability"], end["share"]) for end in ends] == [(0, 0), (1, 1)]
    assert line["mark"]["strokeDash"]
    assert (bars["encoding"]["y"]["field"], bars["encoding"]["y2"]["field"]) == ("low", "high")
    assert points["encoding"]["y"]["scale"] == points["encoding"]["x"]["scale"], "a fair diagonal"


def test_every_point_is_told():
    assert "said 15%, so were 0% of 20; said 55%, so were 31% of 263" in reliability_alt(FOUND)
