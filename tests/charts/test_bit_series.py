"""A series of bits: a cell for each, marks for how targets come, frames that follow the pointer."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.bit_series import (
    A_LINE,
    STYLES,
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


@pytest.mark.parametrize("n_steps", [7, A_LINE, 40])
def test_a_strip_has_a_place_for_every_row_of_its_table(n_steps):
    table = strip_table(series_steps(SETTINGS, 0, n_steps), selected=0)
    spec = strip_chart(-(-n_steps // A_LINE), (1, 2), (FORCED, FREE)).to_dict()
    encoding = spec["layer"][0]["encoding"]
    assert set(table["lane"]) <= set(encoding["y"]["scale"]["domain"])
    assert set(table["place"]) <= set(encoding["x"]["scale"]["domain"])
    assert not table.duplicated(["lane", "place"]).any()


def test_frames_follow_the_lags_of_the_rule():
    spec = str(strip_chart(2, (3, 8), (FORCED, FREE)).to_dict())
    assert "indexof([3, 8], datum.back)" in spec


def test_the_pointer_finds_the_nearest_target_and_a_click_can_be_sent():
    params = {one["name"]: one for one in strip_chart(2, (1,), (FREE,)).to_dict()["params"]}
    assert params["hovered"]["select"]["nearest"]
    assert params["clicked"]["select"]["fields"] == ["t", "selected"]


def test_kinds_of_targets_differ_in_shape():
    assert len({shape for shape, *_ in STYLES.values()}) == len(STYLES)


def test_a_mark_stands_under_every_forced_target():
    series = Sequence(np.array([0, 0, 1, 1], np.uint8), np.array([1, 0, 1, 0], np.uint8))
    table = forced_targets_table(series, np.array([False, False, True, False]), 1, 3)
    lanes = dict(iter(table.groupby("lane")))
    assert list(lanes["input"]["t"]) == [1, 2, 3]
    assert list(lanes["input"]["mark"]) == ["0", "1", "1"]
    assert list(lanes["target"]["mark"]) == ["0", "1", "0"]
    assert list(lanes["forced"]["mark"]) == ["", "▲", ""]
    assert list(lanes["forced"]["text"]) == ["no", "yes", "no"]
