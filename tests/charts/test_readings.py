"""The picture of a short stretch: inputs, targets, and which of them are forced."""

from __future__ import annotations

import numpy as np

from rnnlab.charts.bit_series import forced_targets_chart, forced_targets_table
from rnnlab.rules import Sequence


def test_a_stretch_has_three_lanes_and_marks_forced_targets():
    series = Sequence(np.array([0, 0, 1, 1], np.uint8), np.array([1, 0, 1, 0], np.uint8))
    table = forced_targets_table(series, np.array([False, False, True, False]), 1, 3)
    lanes = dict(iter(table.groupby("lane")))
    assert list(lanes["input"]["t"]) == [1, 2, 3]
    assert list(lanes["input"]["mark"]) == ["0", "1", "1"]
    assert list(lanes["target"]["mark"]) == ["0", "1", "0"]
    assert list(lanes["forced"]["mark"]) == ["", "▲", ""]
    assert list(lanes["forced"]["text"]) == ["no", "yes", "no"]


def test_bits_carry_their_numbers_and_colours_of_their_role():
    cells, words, marks = forced_targets_chart().to_dict()["layer"]
    assert cells["encoding"]["color"]["scale"]["domain"] == ["input", "target"]
    assert words["encoding"]["text"]["field"] == marks["encoding"]["text"]["field"] == "mark"
