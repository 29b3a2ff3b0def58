"""How far back a network remembers: two bars a lag, the causes, the end of the window."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.memory import flips_chart, gradient_decay_table, memory_chart, memory_table
from rnnlab.insight.memory import Memory
from rnnlab.kinds.measured import WHEN
from tests.charts.examples import DECAYS

FIRST, NOW = Memory(np.array([3.0, 1.0, 0.0])), Memory(np.array([0.0, 0.0, 2.0]))


def test_the_shares_of_either_kind_of_weights_add_up_to_one():
    table = memory_table(FIRST, NOW)
    by_kind = table.groupby("weights", sort=False)["share"]
    assert [list(shares) for _, shares in by_kind] == [[0.75, 0.25, 0.0], [0.0, 0.0, 1.0]]
    assert list(table["gradient"]) == [3, 1, 0, 0, 0, 2]


def test_the_two_bars_of_a_lag_touch_and_the_next_lags_do_not():
    table = memory_table(FIRST, NOW).sort_values("left")
    assert list(table["right"][:-1][::2]) == list(table["left"][1:][::2])
    assert (table["right"].iloc[1:-1:2].to_numpy() < table["left"].iloc[2::2].to_numpy()).all()


def own_rows(spec: dict, mark: str) -> list[dict]:
    return [
        row
        for layer in spec["layer"]
        if layer["mark"]["type"] == mark and "name" in layer.get("data", {})
        for row in spec["datasets"].get(layer["data"]["name"], [])
    ]


@pytest.mark.parametrize("chart", [memory_chart, flips_chart])
def test_the_field_that_no_window_reached_begins_after_the_last_lag_in_view(chart):
    # A window of 5 steps shows the lags 0 to 4.
    assert own_rows(chart(21, 5).to_dict(), "rule") == [{"left": 4.5, "right": 20.5}]
    assert not own_rows(chart(21, 21).to_dict(), "rule")


@pytest.mark.parametrize("chart", [memory_chart, flips_chart])
def test_the_causes_are_marked_at_their_lags(chart):
    marks = own_rows(chart(21, 5, (6, 7)).to_dict(), "point")
    assert [row["left"] for row in marks] == [6, 7]
    assert not own_rows(chart(21, 5).to_dict(), "point")


def test_the_axis_may_be_logarithmic_and_then_holds_zeros_at_its_foot():
    for log, foot in ((True, 1e-4), (False, 0)):
        layers = memory_chart(3, 5, log=log).to_dict()["layer"]
        (bars,) = [one["encoding"] for one in layers if "y2" in one["encoding"]]
        scale = bars["y"]["scale"]
        assert (scale.get("type") == "log") is log
        assert scale["domain"] == [foot, 1]
        assert bars["y2"]["datum"] == foot
        assert scale.get("clamp", False) is log


def test_the_decay_has_a_row_for_each_kind_moment_and_lag():
    table = gradient_decay_table(DECAYS)
    assert len(table) == 2 * 2 * 3
    first = table[(table["kind"] == "LSTM") & (table["when"] == WHEN[0])]
    assert first["gradient"].tolist() == [0.3, 0.1, 0.1]
    assert first["share"].tolist() == pytest.approx([0.6, 0.2, 0.2])
    assert first["lag"].tolist() == [0, 1, 2]
