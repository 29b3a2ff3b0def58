"""The picture of the loss: what it shows, and what stays where it is while points arrive."""

from __future__ import annotations

import math
import re

import pytest

from rnnlab.bounds import Bounds
from rnnlab.charts import loss_curve, run_table
from rnnlab.charts.table import TABLE

PAIR = Bounds(nothing=math.log(2), window=0.459, best=0.34657)


def spec_of(bounds: Bounds = PAIR, epochs: int = 2) -> dict:
    return loss_curve(bounds, updates_per_epoch=400, epochs=epochs).to_dict()


def layer_with(spec: dict, mark: str) -> dict:
    """The one layer drawn with this mark."""
    (found,) = [one for one in spec["layer"] if one["mark"]["type"] == mark]
    return found


def lines_of(bounds: Bounds) -> list[dict]:
    """The lines of theory: the loss and the label of each."""
    spec = spec_of(bounds)
    return spec["datasets"][layer_with(spec, "rule")["data"]["name"]]


def labels_of(bounds: Bounds) -> list[str]:
    return [row["label"] for row in lines_of(bounds) if row["label"]]


def test_the_curve_draws_the_loss_by_update():
    encoding = layer_with(spec_of(), "line")["encoding"]
    assert (encoding["x"]["field"], encoding["x"]["type"]) == ("update", "quantitative")
    assert (encoding["y"]["field"], encoding["y"]["type"]) == ("loss", "quantitative")


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
    assert {one["field"] for one in tooltip} == set(run_table([]).columns)
    assert all(one["title"] for one in tooltip)


@pytest.mark.parametrize("bounds", [PAIR, Bounds(math.log(2), 0.0, 0.0)])
def test_the_axes_are_fixed_before_there_are_points(bounds):
    for mark in ("line", "area"):
        encoding = layer_with(spec_of(bounds), mark)["encoding"]
        assert encoding["x"]["scale"]["domain"] == [0, 800]
        low, high = encoding["y"]["scale"]["domain"]
        assert low == 0
        assert math.log(2) < high < 1
        assert encoding["x"]["scale"]["nice"] is encoding["y"]["scale"]["nice"] is False


def test_the_points_come_from_outside_and_only_the_lines_of_theory_are_drawn_without_them():
    spec = spec_of()
    for mark in ("line", "area"):
        assert layer_with(spec, mark)["data"] == {"name": TABLE}
    assert TABLE not in spec["datasets"]
    assert len(lines_of(PAIR)) == 3


def test_every_encoded_field_is_a_column_of_the_table():
    for mark in ("line", "area"):
        for name, channel in layer_with(spec_of(), mark)["encoding"].items():
            fields = [one["field"] for one in (channel if name == "tooltip" else [channel])]
            assert set(fields) <= set(run_table([]).columns)


def test_every_bound_is_a_dashed_line_with_its_number():
    assert layer_with(spec_of(), "rule")["mark"]["strokeDash"]
    assert sorted(row["loss"] for row in lines_of(PAIR)) == [0.34657, 0.459, math.log(2)]
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


def test_a_picture_of_the_first_epoch_counts_updates():
    encoding = layer_with(spec_of(epochs=1), "line")["encoding"]
    assert encoding["x"]["title"] == "Update"
    assert encoding["x"]["scale"]["domain"] == [0, 400]
    assert layer_with(spec_of(epochs=1), "line")["mark"]["clip"], "later points stay outside"
