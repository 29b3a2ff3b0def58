"""The picture of the loss: what it shows, and what stays where it is while points arrive."""

from __future__ import annotations

import re

import pytest

from rnnlab.charts.elements import TABLE
from rnnlab.charts.loss_curve import COLUMNS, loss_curve
from tests.charts.loss_curves import (
    BOTH_SCALES,
    ECHO,
    EVERY_KIND,
    SINE,
    TOY,
    calculated,
    drawn,
    layer_with,
    lines_of,
    spec_of,
)


def test_the_curve_draws_the_loss_by_update():
    line = layer_with(spec_of(), "line")
    x = line["encoding"]["x"]
    assert (x["field"], x["type"]) == ("update", "quantitative")
    assert line["encoding"]["y"]["type"] == "quantitative"
    assert drawn(line, "y", {"loss": 0.5, "low": 0.1, "high": 0.9}) == 0.5


def test_the_area_reaches_from_the_lowest_to_the_highest():
    area = layer_with(spec_of(), "area")
    row = {"loss": 0.5, "low": 0.1, "high": 0.9}
    assert (drawn(area, "y", row), drawn(area, "y2", row)) == (0.1, 0.9)


@EVERY_KIND
def test_a_loss_below_a_logarithmic_axis_is_drawn_at_its_lower_end(bounds):
    spec = spec_of(bounds, log=True)
    bottom, top = layer_with(spec, "line")["encoding"]["y"]["scale"]["domain"]
    assert 0 < bottom < top
    perfect = {"loss": 0.0, "low": 0.0, "high": bottom / 2}
    for mark, channel in (("line", "y"), ("area", "y"), ("area", "y2"), ("point", "y")):
        layer = layer_with(spec, mark)
        assert drawn(layer, channel, perfect) == bottom
        within = {"loss": 2 * bottom, "low": 2 * bottom, "high": 2 * bottom}
        assert drawn(layer, channel, within) == 2 * bottom


@BOTH_SCALES
def test_the_tooltip_tells_every_number_of_a_point_as_it_is(log):
    layer = layer_with(spec_of(log=log), "line")
    tooltip = layer["encoding"]["tooltip"]
    fields = {one["field"] for one in tooltip}
    assert fields == set(COLUMNS) - {"new_rate"}
    assert all(one["title"] for one in tooltip)
    assert not fields & calculated(layer).keys(), "and not as it is drawn"


def test_the_axes_say_what_they_show_and_in_which_unit():
    encoding = layer_with(spec_of(), "line")["encoding"]
    assert "nats" in encoding["y"]["title"]
    assert "Epoch" in encoding["x"]["title"]
    assert "400 updates" in encoding["x"]["title"]
    assert "squared error" in layer_with(spec_of(TOY), "line")["encoding"]["y"]["title"]


@EVERY_KIND
@BOTH_SCALES
def test_the_axes_are_fixed_before_there_are_points(bounds, log):
    for mark in ("line", "area", "point"):
        encoding = layer_with(spec_of(bounds, log=log), mark)["encoding"]
        assert encoding["x"]["scale"]["domain"] == [0, 800]
        low, high = encoding["y"]["scale"]["domain"]
        assert encoding["y"]["scale"]["type"] == ("log" if log else "linear")
        assert (low > 0) == log
        assert low < bounds.baseline < high
        assert encoding["x"]["scale"]["nice"] is encoding["y"]["scale"]["nice"] is False


def test_a_logarithmic_axis_goes_down_to_where_a_curve_has_long_learnt_all():
    low, _ = layer_with(spec_of(ECHO, log=True), "line")["encoding"]["y"]["scale"]["domain"]
    assert 1e-5 < low < 3e-4, "the echo ends at 0.0003"
    low, _ = layer_with(spec_of(SINE, log=True), "line")["encoding"]["y"]["scale"]["domain"]
    assert low < 5e-6, "the sine as printed ends below 0.00001"


@EVERY_KIND
@BOTH_SCALES
def test_the_points_come_from_outside_and_only_the_lines_of_theory_are_drawn_without_them(
    bounds, log
):
    spec = spec_of(bounds, log=log)
    assert TABLE not in spec["datasets"]
    without = [one for one in spec["layer"] if one["data"]["name"] != TABLE]
    assert sorted(one["mark"]["type"] for one in without) == ["rule", "text"]
    assert len(lines_of(bounds, log=log)) == len(bounds.lines)


@BOTH_SCALES
def test_every_encoded_field_is_a_column_of_the_table_or_made_of_one(log):
    for layer in spec_of(log=log)["layer"]:
        if layer["data"]["name"] != TABLE:
            continue
        made = calculated(layer)
        for formula in made.values():
            assert set(re.findall(r"datum\.(\w+)", formula)) <= set(COLUMNS)
        for name, channel in layer["encoding"].items():
            found = channel if name == "tooltip" else [channel]
            fields = {one["field"] for one in found if "field" in one}
            assert fields <= {*COLUMNS, *made}


@BOTH_SCALES
def test_a_turned_rate_is_a_line_from_top_to_bottom_with_its_number(log):
    spec = spec_of(log=log)
    line, label = layer_with(spec, "rule"), layer_with(spec, "text")
    for layer in (line, label):
        assert {"filter": "isValid(datum.new_rate)"} in layer["transform"]
        assert layer["encoding"]["x"]["field"] == "update"
    assert "y" not in line["encoding"]
    assert label["encoding"]["y"] == {"value": 2}
    formula = calculated(label)[label["encoding"]["text"]["field"]]
    assert formula == "'rate ' + format(datum.new_rate, '~g')"


def test_the_newest_point_is_marked():
    point = layer_with(spec_of(), "point")
    assert {"filter": "datum.update == datum.newest"} in point["transform"]
    (newest,) = [step["joinaggregate"] for step in point["transform"] if "joinaggregate" in step]
    assert newest == [{"op": "max", "field": "update", "as": "newest"}]


@pytest.mark.parametrize("epochs", [1, 2, 15, 20, 21, 100, 200, 5000])
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


def test_where_an_epoch_is_one_update_updates_are_counted():
    x = layer_with(loss_curve(TOY, 1, 2000).to_dict(), "line")["encoding"]["x"]
    assert x["title"] == "Update"
    assert x["scale"]["domain"] == [0, 2000]
    assert "values" not in x["axis"]
