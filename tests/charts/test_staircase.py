"""The picture of the stairs: a bar each, a dashed line at what a run can reach."""

from __future__ import annotations

import pytest

from rnnlab.charts.rule_data import LEAST, losses_chart, losses_domain, losses_table

LOSSES = {"knows nothing": 0.6931, "one lag": 0.5623, "best possible": 0.0}
ERRORS = {"always the mean": 0.5, "recurrence": 1.7e-14}


def test_every_stair_has_a_row_and_one_is_the_floor():
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


@pytest.mark.parametrize("log", [False, True])
def test_the_chart_has_bars_their_numbers_and_a_dashed_line(log):
    spec = losses_chart(("a", "b"), "Loss", (0.1, 1.0), log=log).to_dict()
    marks = {layer["mark"]["type"]: layer for layer in spec["layer"]}
    assert set(marks) == {"bar", "rule", "text"}
    assert marks["rule"]["mark"]["strokeDash"]
    assert marks["bar"]["encoding"]["x"]["scale"]["type"] == ("log" if log else "linear")
    assert marks["bar"]["encoding"]["y"]["scale"]["domain"] == ["a", "b"]
