"""What the browser is told of a map and of an unrolled network."""

from __future__ import annotations

import math

import pytest

from rnnlab.kinds.maps import CARRIED, MEMORY, MapCell
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.ui.kinds import grid, unrolled
from rnnlab.ui.kinds.grid import Picture


def told(losses, one=MEMORY, **more):
    return grid._told(Picture(one, losses, alt="a map", **more))


def test_a_cell_says_its_loss_in_short_and_in_full():
    shown = told({MapCell("lstm", 2): 0.12345})["cells"][1][1]
    assert shown["text"] == ".12"
    assert shown["words"] == "LSTM, echo of 2 steps: loss 0.1235"
    assert not shown["empty"]


@pytest.mark.parametrize(
    ("loss", "share"), [(0.0, 1.0), (math.log(2), 0.0), (math.log(2) / 2, 0.5), (2.0, 0.0)]
)
def test_a_cell_is_as_green_as_its_network_has_learnt(loss, share):
    assert told({MapCell("gru", 1): loss})["cells"][2][0]["share"] == share


def test_cells_that_are_not_there_yet_are_empty_and_lost_ones_say_so():
    cells = told({MapCell("gru", 1): math.nan})["cells"]
    assert cells[0][0]["empty"]
    assert cells[0][0]["words"].endswith("not there yet")
    assert (cells[2][0]["text"], cells[2][0]["empty"]) == ("!", False)
    assert "ran away" in cells[2][0]["words"]


def test_the_line_runs_between_windows_that_hold_cause_and_effect_and_the_others():
    cells = told({}, CARRIED, edge=True)["cells"]
    for row, window in enumerate(CARRIED.rows):
        for column, delay in enumerate(CARRIED.columns):
            assert bool(cells[row][column]["edges"]) == (window == delay + 1)


def test_a_wide_map_turns_on_a_narrow_screen_and_a_square_one_does_not():
    assert told({})["turns"]
    assert not told({}, CARRIED)["turns"]


def test_the_chosen_cell_is_told_by_its_place():
    assert told({}, chosen=MapCell("gru", 20))["chosen"] == [2, 19]
    assert told({})["chosen"] is None


def test_an_unrolled_network_comes_with_all_paths_that_are_highlighted():
    data = unrolled._data(Unrolled(steps=3), "Simple")
    (answer,) = [node for node in data["nodes"] if node["name"] == "y2"]
    assert answer["ancestors"] == ["state1.1", "state1.2", "x1", "x2", "y2"]
    assert answer["descendants"] == ["y2"]
    assert data["alt"].startswith("Simple, unrolled over 3 steps. y₃ knows x₁ to x₃.")
    assert len(data["levelTitles"]) == data["levels"]
    assert {node["role"] for node in data["nodes"]} <= data["colours"].keys()
