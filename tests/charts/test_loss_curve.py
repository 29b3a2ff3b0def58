"""The picture of the loss: what it shows, and what stays where it is while points arrive."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from rnnlab.bounds import Bounds
from rnnlab.charts import loss_curve
from rnnlab.charts.run_table import COLUMNS

PAIR = Bounds(nothing=math.log(2), window=0.459, best=0.34657)


def table(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


SOME = table((40, 1, 0.69, 0.75, 0.5), (400, 1, 0.4, 0.6, 0.7), (800, 2, 0.35, 3.0, 0.75))


def spec_of(points: pd.DataFrame = SOME, bounds: Bounds = PAIR, epochs: int = 2) -> dict:
    return loss_curve(points, bounds, updates_per_epoch=400, epochs=epochs).to_dict()


def layer_with(spec: dict, mark: str) -> dict:
    """The one layer drawn with this mark."""
    (found,) = [one for one in spec["layer"] if one["mark"]["type"] == mark]
    return found


def rows_of(spec: dict, mark: str) -> list[dict]:
    """The table that a layer draws."""
    data = layer_with(spec, mark).get("data") or spec["data"]
    return spec["datasets"][data["name"]]


def labels_of(bounds: Bounds) -> list[str]:
    return [row["label"] for row in rows_of(spec_of(bounds=bounds), "rule") if row["label"]]


def test_the_curve_draws_the_loss_by_update():
    encoding = layer_with(spec_of(), "line")["encoding"]
    assert (encoding["x"]["field"], encoding["x"]["type"]) == ("update", "quantitative")
    assert (encoding["y"]["field"], encoding["y"]["type"]) == ("loss", "quantitative")
    assert [row["loss"] for row in rows_of(spec_of(), "line")] == [0.69, 0.4, 0.35]


def test_the_area_reaches_from_the_mean_to_the_worst_update():
    encoding = layer_with(spec_of(), "area")["encoding"]
    assert (encoding["y"]["field"], encoding["y2"]["field"]) == ("loss", "peak")


def test_the_axes_say_what_they_show_and_in_which_unit():
    encoding = layer_with(spec_of(), "line")["encoding"]
    assert "nats" in encoding["y"]["title"]
    assert "Epoch" in encoding["x"]["title"]
    assert "400 updates" in encoding["x"]["title"]


def test_the_tooltip_tells_every_number_of_a_point():
    tooltip = layer_with(spec_of(), "line")["encoding"]["tooltip"]
    assert {one["field"] for one in tooltip} == set(COLUMNS)
    assert all(one["title"] for one in tooltip)


@pytest.mark.parametrize("points", [table(), SOME, table((800, 2, 9.0, 9.0, 0.5))], ids=len)
def test_the_axes_stay_where_they_are_whatever_the_points_are(points):
    for mark in ("line", "area"):
        encoding = layer_with(spec_of(points), mark)["encoding"]
        assert encoding["x"]["scale"]["domain"] == [0, 800]
        low, high = encoding["y"]["scale"]["domain"]
        assert low == 0
        assert math.log(2) < high < 1
        assert encoding["x"]["scale"]["nice"] is encoding["y"]["scale"]["nice"] is False


def test_without_points_the_lines_of_theory_are_there():
    spec = spec_of(table())
    assert rows_of(spec, "line") == []
    assert len(rows_of(spec, "rule")) == 3


def test_every_bound_is_a_dashed_line_with_its_number():
    spec = spec_of()
    assert layer_with(spec, "rule")["mark"]["strokeDash"]
    assert sorted(row["loss"] for row in rows_of(spec, "rule")) == [0.34657, 0.459, math.log(2)]
    said = " ".join(labels_of(PAIR))
    assert re.findall(r"0\.\d{4}", said) == ["0.6931", "0.4590", "0.3466"]
    assert len(labels_of(PAIR)) == 3


@pytest.mark.parametrize(
    ("window", "best", "n_labels"),
    [(0.6931, 0.3466, 2), (0.36, 0.35, 2), (0.6931, 0.6931, 1), (0.44, 0.4, 3), (0.68, 0.66, 1)],
)
def test_lines_that_nearly_coincide_share_one_label(window, best, n_labels):
    labels = labels_of(Bounds(math.log(2), window, best))
    assert len(labels) == n_labels
    said = " ".join(labels)
    assert all(f"{value:.4f}" in said for value in (math.log(2), window, best))


@pytest.mark.parametrize("epochs", [1, 2, 15, 20, 21, 100, 200])
def test_the_marks_of_the_axis_are_few_and_end_with_the_run(epochs):
    x = layer_with(spec_of(epochs=epochs), "line")["encoding"]["x"]
    assert x["scale"]["domain"] == [0, 400 * epochs]
    marks = x["axis"].get("values", [])
    assert len(marks) <= 21
    assert all(mark % 400 == 0 for mark in marks)
    assert all(mark <= 400 * epochs for mark in marks)


def test_a_picture_of_the_first_epoch_leaves_out_the_later_points():
    spec = spec_of(epochs=1)
    assert [row["update"] for row in rows_of(spec, "line")] == [40, 400]


def test_the_table_that_was_given_stays_as_it_was():
    kept = SOME.copy()
    spec_of()
    pd.testing.assert_frame_equal(SOME, kept)
