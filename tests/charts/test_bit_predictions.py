"""Bits beside what was predicted of them: the last window, and a game of guessing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rnnlab.charts.bit_predictions import (
    game_alt,
    game_table,
    last_window_chart,
    last_window_table,
)
from rnnlab.exploration.game import ROUND, VISIBLE, GameExcerpt
from rnnlab.progress import LastWindow

INPUTS = np.array([0, 1] * 6, dtype=np.uint8)
TARGETS = np.array([1, 1, 0, 0] * 2 + [1, 1, 0], dtype=np.uint8)
PLAYING = GameExcerpt(INPUTS, TARGETS, (1, 0, 0), np.linspace(0, 1, VISIBLE))
BITS = np.array([0, 1] * 10, dtype=np.uint8)
OVER = GameExcerpt(BITS, 1 - BITS, (1,) * ROUND, np.array([0.5, 1.0] * 10))


def some_window(rows: int = 2, steps: int = 3) -> LastWindow:
    bits = np.arange(rows * steps).reshape(rows, steps) % 2
    probabilities = np.linspace(0, 1, rows * steps).reshape(rows, steps)
    lanes = (bits, 1 - bits, probabilities, np.full((rows, steps), 0.5))
    return LastWindow(*(lane.astype(np.float32) for lane in lanes))


def labels(table: pd.DataFrame, lane: str) -> dict[str, str]:
    rows = table[table["lane"] == lane]
    return dict(zip(rows["step"], rows["label"], strict=True))


def test_every_cell_of_a_window_holds_its_own_number():
    window = some_window()
    table = last_window_table(window, with_truth=True).set_index(["role", "row", "step"])["value"]
    for lane, values in {
        "input": window.inputs,
        "target": window.targets,
        "predicted": window.probabilities,
        "true chance": window.target_probabilities,
    }.items():
        for (row, step), value in np.ndenumerate(values):
            assert table[lane, row + 1, step + 1] == value
    assert len(table) == 4 * window.inputs.size
    assert len(last_window_table(window, with_truth=False)) == 3 * window.inputs.size


@pytest.mark.parametrize("with_truth", [True, False])
@pytest.mark.parametrize("rows", [1, 2, 5])
def test_the_lanes_of_a_row_lie_together_from_input_to_truth(rows, with_truth):
    table = last_window_table(some_window(rows), with_truth=with_truth)
    lanes = table.drop_duplicates("lane")
    names = ["input", "target", "predicted", "true chance"][: 4 if with_truth else 3]
    assert list(lanes["role"]) == names * rows
    for layer in last_window_chart(rows, 3, with_truth=with_truth).to_dict()["layer"]:
        places = layer["encoding"]["y"]["scale"]["domain"]
        assert len(set(places)) == len(places)
        assert [place for place in places if place in set(table["lane"])] == list(lanes["lane"])


@pytest.mark.parametrize(("steps", "printed"), [(5, True), (15, True), (100, False)])
def test_numbers_are_printed_as_long_as_they_can_be_read(steps, printed):
    layers = last_window_chart(2, steps, with_truth=True).to_dict()["layer"]
    assert ("text" in {layer["mark"]["type"] for layer in layers}) is printed


def test_the_target_to_guess_is_a_question():
    table = game_table(PLAYING, over=False)
    assert labels(table, "target")["t"] == "?"
    assert labels(table, "target")["t-1"] == "0"
    assert labels(table, "input")["t"] == "1"
    assert len(labels(table, "input")) == len(labels(table, "target")) == VISIBLE
    assert "true chance" not in set(table["lane"])


def test_guesses_stand_under_their_targets_and_are_marked():
    table = game_table(PLAYING, over=False)
    assert labels(table, "you") == {"t-3": "1", "t-2": "0", "t-1": "0"}
    assert labels(table, "right?") == {"t-3": "✓", "t-2": "✗", "t-1": "✓"}  # targets 1 1 0


def test_a_game_that_is_over_shows_its_probabilities_and_marks_the_coin_flips():
    table = game_table(OVER, over=True)
    assert list(labels(table, "true chance").values()) == ["?", ""] * 10
    assert list(labels(table, "right?").values()) == ["✓", "✗"] * 10
    assert table[table["lane"] == "true chance"]["text"].tolist() == ["0.5", "1"] * 10


def test_in_words_a_game_has_its_bits_and_nothing_of_what_is_asked():
    assert game_alt(PLAYING) == (
        "The last steps: inputs 0 1 0 1 0 1 0 1 0 1 0 1; targets 1 1 0 0 1 1 0 0 1 1 0; "
        "your guesses 1 0 0."
    )
    assert "guesses" not in game_alt(GameExcerpt(INPUTS, TARGETS, (), PLAYING.target_probabilities))
