"""The picture of the last window: a cell for every bit, with its number."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts import glimpse_chart
from rnnlab.charts.glimpse import COLOURS, glimpse_table
from rnnlab.progress import Glimpse


def some_glimpse(rows: int = 2, steps: int = 3) -> Glimpse:
    bits = np.arange(rows * steps).reshape(rows, steps) % 2
    chance = np.linspace(0, 1, rows * steps).reshape(rows, steps)
    values = (bits, 1 - bits, chance, np.full((rows, steps), 0.5))
    return Glimpse(*(one.astype(np.float32) for one in values))


def spec_of(glimpse: Glimpse, *, with_truth: bool = True) -> dict:
    return glimpse_chart(glimpse, with_truth=with_truth).to_dict()


@pytest.mark.parametrize(("with_truth", "kinds"), [(True, 4), (False, 3)])
def test_the_table_has_a_row_for_each_cell(with_truth, kinds):
    table = glimpse_table(some_glimpse(5, 15), with_truth=with_truth)
    assert len(table) == 5 * 15 * kinds
    assert not table.duplicated(["row", "step", "what"]).any()
    assert (set(table["what"]) == set(COLOURS)) is with_truth
    assert ("true chance" in set(table["what"])) is with_truth


def test_every_cell_holds_its_own_number():
    glimpse = some_glimpse()
    table = glimpse_table(glimpse, with_truth=True).set_index(["what", "row", "step"])["value"]
    for what, values in {
        "input": glimpse.inputs,
        "target": glimpse.targets,
        "predicted": glimpse.predicted,
        "true chance": glimpse.truth,
    }.items():
        for (row, step), value in np.ndenumerate(values):
            assert table[what, row + 1, step + 1] == value


def test_the_lanes_of_a_row_lie_together_from_what_went_in_to_what_was_said():
    table = glimpse_table(some_glimpse(), with_truth=True)
    in_order = table.drop_duplicates("lane")
    assert list(in_order["row"]) == [1] * 4 + [2] * 4
    assert list(in_order["what"]) == ["input", "target", "predicted", "true chance"] * 2
    lanes = spec_of(some_glimpse())["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert [lane for lane in lanes if lane in set(table["lane"])] == list(in_order["lane"])


@pytest.mark.parametrize(
    ("value", "digits"),
    [(0, "0"), (1, "1"), (0.5, ".5"), (0.03, ".03"), (0.98, ".98"), (0.1, ".1"), (0.999, "1")],
)
def test_probabilities_are_printed_as_short_as_can_be(value, digits):
    one = Glimpse(*(np.array([[value]], np.float32) for _ in range(4)))
    assert set(glimpse_table(one, with_truth=False)["label"]) == {digits}


def test_the_picture_has_a_title_on_its_axis_and_a_colour_for_each_role():
    cells = spec_of(some_glimpse())["layer"][0]["encoding"]
    assert "step" in cells["x"]["title"].lower()
    assert len(set(cells["color"]["scale"]["range"])) == len(cells["color"]["scale"]["domain"]) == 4
    assert cells["opacity"]["scale"]["domain"] == [0, 1]


@pytest.mark.parametrize(("steps", "printed"), [(5, True), (15, True), (100, False)])
def test_numbers_are_printed_as_long_as_they_can_be_read(steps, printed):
    marks = {layer["mark"]["type"] for layer in spec_of(some_glimpse(2, steps))["layer"]}
    assert ("text" in marks) is printed
    assert "rect" in marks


@pytest.mark.parametrize(("rows", "steps"), [(1, 1), (5, 100)])
def test_the_smallest_and_the_largest_window_can_be_drawn(rows, steps):
    spec = spec_of(some_glimpse(rows, steps))
    (name,) = spec["datasets"]
    assert len(spec["datasets"][name]) == rows * steps * 4
