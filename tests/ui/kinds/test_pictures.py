"""What the browser gets of a map and of an unrolled network."""

from __future__ import annotations

import math

import pytest

from rnnlab.kinds.maps import CARRIED, MEMORY, MapCell
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.ui.kinds import grid, unrolled
from rnnlab.ui.kinds.grid import MapPicture


def data(losses=None, run_map=MEMORY, chosen=None):
    return grid._data(MapPicture(run_map, losses or {}, alt="a map", chosen=chosen))


@pytest.mark.parametrize(
    ("loss", "text", "share", "label"),
    [
        (0.12345, ".12", 0.822, "LSTM, echo of 2 steps: loss 0.1235"),
        (0.0, ".00", 1.0, "LSTM, echo of 2 steps: loss 0.0000"),
        (math.log(2) / 2, ".35", 0.5, "LSTM, echo of 2 steps: loss 0.3466"),
        (2.0, "2.00", 0.0, "LSTM, echo of 2 steps: loss 2.0000"),
        (math.nan, "!", 0.0, "LSTM, echo of 2 steps: the weights ran away"),
    ],
)
def test_a_cell_says_its_loss_and_is_as_green_as_its_network_has_learnt(loss, text, share, label):
    cell = data({MapCell("lstm", 2): loss})["cells"][1][1]
    assert cell == {"text": text, "share": share, "label": label, "empty": False, "edge": False}


def test_a_cell_that_is_not_there_yet_is_empty_and_says_so():
    cell = data()["cells"][0][0]
    assert cell["empty"]
    assert cell["label"].endswith("not there yet")


def test_the_line_runs_between_windows_that_hold_cause_and_effect_and_the_others():
    cells = data(run_map=CARRIED)["cells"]
    for row, window in enumerate(CARRIED.rows):
        for column, delay in enumerate(CARRIED.columns):
            assert cells[row][column]["edge"] == (window == delay + 1)


def test_a_wide_map_turns_on_a_narrow_screen_and_a_square_one_does_not():
    assert data()["turns"]
    assert not data(run_map=CARRIED)["turns"]


def test_the_chosen_cell_is_given_by_its_row_and_column():
    assert data(chosen=MapCell("gru", 20))["chosen"] == [2, 19]
    assert data()["chosen"] is None


def test_an_unrolled_network_comes_with_all_paths_that_are_highlighted():
    picture = unrolled._data(Unrolled(steps=3), "Simple")
    (answer,) = [node for node in picture["nodes"] if node["name"] == "y2"]
    assert answer["ancestors"] == ["state1.1", "state1.2", "x1", "x2", "y2"]
    assert answer["descendants"] == ["y2"]
    assert picture["alt"].startswith("Simple, unrolled over 3 steps. y₃ knows x₁ to x₃.")
    assert len(picture["levelTitles"]) == picture["levels"]
    assert {node["role"] for node in picture["nodes"]} <= picture["colours"].keys()
