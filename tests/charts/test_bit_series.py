"""A series of bits: a cell for each, marks for how targets come, frames that follow the pointer."""

from __future__ import annotations

import numpy as np

from rnnlab.charts.bit_series import (
    A_LINE,
    forced_targets_table,
    strip_chart,
    strip_table,
)
from rnnlab.exploration.series import FORCED, FREE, series_steps, step_sentence
from rnnlab.rules import Sequence
from rnnlab.settings import Settings

SETTINGS = Settings(rows=4, length=100)


def test_every_step_has_its_cells_its_mark_and_its_sentence():
    steps = series_steps(SETTINGS, 60, 2 * A_LINE)
    table = strip_table(steps, selected=70)
    assert len(table) == 4 * len(steps)
    bits = table.pivot_table(index="t", columns="role", values="bit")
    assert bits["input x"].tolist() == [step.x for step in steps]
    assert bits["target y"].tolist() == [step.y for step in steps]
    marks = table[table["role"] == "rule"]
    assert marks["kind"].tolist() == [step.kind for step in steps]
    assert marks["sentence"].tolist() == [step_sentence(step) for step in steps]
    assert set(table["selected"]) == {70}


def test_frames_follow_the_lags_of_the_rule():
    spec = str(strip_chart(2, (3, 8), (FORCED, FREE)).to_dict())
    assert "indexof([3, 8], datum.back)" in spec


def test_the_pointer_finds_the_nearest_target_and_a_click_can_be_sent():
    params = {one["name"]: one for one in strip_chart(2, (1,), (FREE,)).to_dict()["params"]}
    assert params["hovered"]["select"]["nearest"]
    assert params["clicked"]["select"]["fields"] == ["t", "selected"]


def test_a_mark_stands_under_every_forced_target():
    series = Sequence(np.array([0, 0, 1, 1], np.uint8), np.array([1, 0, 1, 0], np.uint8))
    table = forced_targets_table(series, np.array([False, False, True, False]), 1, 3)
    lanes = dict(iter(table.groupby("lane")))
    assert list(lanes["input"]["t"]) == [1, 2, 3]
    assert list(lanes["input"]["mark"]) == ["0", "1", "1"]
    assert list(lanes["target"]["mark"]) == ["0", "1", "0"]
    assert list(lanes["forced"]["mark"]) == ["", "▲", ""]
    assert list(lanes["forced"]["text"]) == ["no", "yes", "no"]
