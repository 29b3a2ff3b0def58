"""The states over time: every number in its cell, its sign to be seen without colours."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.written_out import state_map_chart, state_map_table

STATES = np.array([[0.5, -1.0, 0.0], [1.0, 0.25, -0.5]])


def test_every_unit_in_view_has_one_row_for_each_step():
    table = state_map_table(STATES, 2)
    assert table[["step", "unit", "value"]].to_numpy().tolist() == [
        [1, 1, 0.5],
        [1, 2, -1.0],
        [2, 1, 1.0],
        [2, 2, 0.25],
    ]


def test_positive_numbers_stand_on_the_line_of_their_unit_and_negative_ones_hang_from_it():
    table = state_map_table(STATES, 3)
    up, down = table["unit"] - table["top"], table["bottom"] - table["unit"]
    assert (up > 0).tolist() == (table["value"] > 0).tolist()
    assert (down > 0).tolist() == (table["value"] < 0).tolist()
    # The largest reach almost to the next row, and no further.
    assert 0.4 < up.max() < 0.5
    assert 0.4 < down.max() < 0.5


def test_cells_of_neighbouring_steps_touch():
    table = state_map_table(STATES, 1)
    assert table["left"].tolist() == [0.5, 1.5]
    assert table["right"].tolist() == [1.5, 2.5]


@pytest.mark.parametrize(("n_units", "height"), [(16, 430), (64, 686)])
def test_the_axes_stay_and_all_units_fit_onto_a_screen(n_units, height):
    spec = state_map_chart(100, n_units).to_dict()
    encoding = spec["layer"][0]["encoding"]
    assert encoding["x"]["scale"]["domain"] == [0.5, 100.5]
    assert encoding["y"]["scale"]["domain"] == [n_units + 0.5, 0.5]
    assert encoding["color"]["scale"]["domain"][0] == -1
    assert spec["height"] == height
