"""Series beside what was said of them, and answers one by one."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.predictions import (
    answers_table,
    errors_table,
    series_chart,
    series_table,
    value_domain,
)
from rnnlab.insight.predictions import Answers, Forecast, OneStepAhead

REAL, SAID = np.array([1.0, 2, 3]), np.array([1.5, 2, 0])


def test_the_table_has_a_row_for_each_point_of_both_lines():
    table = series_table(OneStepAhead(REAL, SAID, 1.0, {}))
    assert list(table["value"]) == [1, 2, 3, 1.5, 2, 0]
    assert list(table["error"]) == [0.5, 0, -3] * 2
    assert list(table["point"]) == [1, 2, 3] * 2
    assert not table["lost"].any()


def test_the_step_at_which_the_network_is_lost_is_marked_once():
    table = series_table(Forecast(REAL, SAID, 1.0, 1.0, lost=3))
    assert list(table["lost"]) == [False] * 5 + [True]
    spec = series_chart(3, (0.0, 4.0), alone=True).to_dict()
    (rule,) = [one for one in spec["layer"] if one["mark"]["type"] == "rule"]
    assert rule["transform"] == [{"filter": "datum.lost"}]


def test_the_lines_differ_in_colour_and_dashes():
    spec = series_chart(3, (0.0, 4.0)).to_dict()
    (lines,) = [one["encoding"] for one in spec["layer"] if one["mark"]["type"] == "line"]
    for channel in ("color", "strokeDash"):
        first, second = lines[channel]["scale"]["range"]
        assert first != second


def test_the_axis_holds_the_series_with_a_little_room():
    low, high = value_domain(np.array([-1.0, 0.2, 1.0]))
    assert -1.3 < low < -1
    assert 1 < high < 1.3
    low, high = value_domain(np.array([5.0, 5.0]))
    assert low < 5 < high
    low, high = value_domain(np.array([1000.0, 1001.0]))
    assert low < 1000 < 1001 < high < 1002


def test_the_errors_are_sorted_from_the_worst():
    table = errors_table(OneStepAhead(REAL, SAID, 0.5, {"last value": 1.0, "recurrence": 0.1}))
    assert list(table["who"]) == ["last value", "your network", "recurrence"]


def test_answers_are_told_with_their_states():
    found = Answers(
        targets=np.array([10.0, 30]),
        predicted=np.array([10.5, 29.5]),
        last=np.array([[0.0, 1.0], [-0.98, 0.5]]),
        low=0.0,
        high=29.6,
        bounded=True,
    )
    table = answers_table(found)
    assert list(table["error"]) == [0.5, -0.5]
    assert list(table["full"]) == pytest.approx([0.5, 0.74])
    assert list(table["saturated"]) == [0.5, 0.5]
    assert list(table["h2"]) == [1.0, 0.5]
