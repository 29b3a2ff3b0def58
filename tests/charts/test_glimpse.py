"""The picture of the last window: a cell for every bit, with its number."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.bit_predictions import WINDOW_COLOURS, last_window_chart, last_window_table
from rnnlab.charts.elements import TABLE
from rnnlab.progress import LastWindow


def some_glimpse(rows: int = 2, steps: int = 3) -> LastWindow:
    bits = np.arange(rows * steps).reshape(rows, steps) % 2
    chance = np.linspace(0, 1, rows * steps).reshape(rows, steps)
    values = (bits, 1 - bits, chance, np.full((rows, steps), 0.5))
    return LastWindow(*(one.astype(np.float32) for one in values))


def spec_of(rows: int = 2, steps: int = 3, *, with_truth: bool = True) -> dict:
    return last_window_chart(rows, steps, with_truth=with_truth).to_dict()


@pytest.mark.parametrize(("with_truth", "kinds"), [(True, 4), (False, 3)])
def test_the_table_has_a_row_for_each_cell(with_truth, kinds):
    table = last_window_table(some_glimpse(5, 15), with_truth=with_truth)
    assert len(table) == 5 * 15 * kinds
    assert not table.duplicated(["row", "step", "what"]).any()
    assert (set(table["what"]) == set(WINDOW_COLOURS)) is with_truth
    assert ("true chance" in set(table["what"])) is with_truth


def test_every_cell_holds_its_own_number():
    glimpse = some_glimpse()
    table = last_window_table(glimpse, with_truth=True).set_index(["what", "row", "step"])["value"]
    for what, values in {
        "input": glimpse.inputs,
        "target": glimpse.targets,
        "predicted": glimpse.probabilities,
        "true chance": glimpse.target_probabilities,
    }.items():
        for (row, step), value in np.ndenumerate(values):
            assert table[what, row + 1, step + 1] == value


def test_the_lanes_of_a_row_lie_together_from_what_went_in_to_what_was_said():
    table = last_window_table(some_glimpse(), with_truth=True)
    in_order = table.drop_duplicates("lane")
    assert list(in_order["row"]) == [1] * 4 + [2] * 4
    assert list(in_order["what"]) == ["input", "target", "predicted", "true chance"] * 2


@pytest.mark.parametrize("with_truth", [True, False])
@pytest.mark.parametrize("rows", [1, 2, 5])
def test_the_picture_has_a_place_for_every_lane_of_the_table(rows, with_truth):
    table = last_window_table(some_glimpse(rows), with_truth=with_truth)
    for layer in spec_of(rows, with_truth=with_truth)["layer"]:
        places = layer["encoding"]["y"]["scale"]["domain"]
        assert len(set(places)) == len(places)
        assert [lane for lane in places if lane in set(table["lane"])] == list(
            table["lane"].drop_duplicates()
        )


@pytest.mark.parametrize(
    ("value", "digits"),
    [(0, "0"), (1, "1"), (0.5, ".5"), (0.03, ".03"), (0.98, ".98"), (0.1, ".1"), (0.999, "1")],
)
def test_probabilities_are_printed_as_short_as_can_be(value, digits):
    one = LastWindow(*(np.array([[value]], np.float32) for _ in range(4)))
    assert set(last_window_table(one, with_truth=False)["label"]) == {digits}


def test_the_picture_has_a_title_on_its_axis_and_a_colour_for_each_role():
    cells = spec_of()["layer"][0]["encoding"]
    assert "step" in cells["x"]["title"].lower()
    assert len(set(cells["color"]["scale"]["range"])) == len(cells["color"]["scale"]["domain"]) == 4
    assert cells["opacity"]["scale"]["domain"] == [0, 1]


@pytest.mark.parametrize(("steps", "printed"), [(5, True), (15, True), (100, False)])
def test_numbers_are_printed_as_long_as_they_can_be_read(steps, printed):
    marks = {layer["mark"]["type"] for layer in spec_of(2, steps)["layer"]}
    assert ("text" in marks) is printed
    assert "rect" in marks


@pytest.mark.parametrize(("rows", "steps"), [(1, 1), (5, 15), (5, 100)])
def test_the_picture_draws_the_columns_of_a_table_from_outside(rows, steps):
    columns = set(last_window_table(some_glimpse(rows, steps), with_truth=True).columns)
    spec = spec_of(rows, steps)
    assert TABLE not in spec.get("datasets", {})
    for layer in spec["layer"]:
        assert (layer.get("data") or spec["data"]) == {"name": TABLE}
        channels = layer["encoding"]
        fields = {one["field"] for one in channels.pop("tooltip")}
        fields |= {channel["field"] for channel in channels.values() if "field" in channel}
        assert fields <= columns
        assert {"step", "lane"} <= fields
