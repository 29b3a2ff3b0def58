"""The picture of a game: a row a cell, the asked one a ?, right and wrong by shape."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.bit_predictions import game_alt, game_chart, game_table
from rnnlab.exploration.game import ROUND, VISIBLE, GameExcerpt

INPUTS = np.array([0, 1] * 6, dtype=np.uint8)
TARGETS = np.array([1, 1, 0, 0] * 2 + [1, 1, 0], dtype=np.uint8)
TRUTH = np.linspace(0, 1, VISIBLE)
PLAYING = GameExcerpt(INPUTS, TARGETS, (1, 0, 0), TRUTH)


def cells(table, lane: str) -> dict[str, str]:
    found = table[table["lane"] == lane]
    return dict(zip(found["step"], found["label"], strict=True))


def over() -> GameExcerpt:
    bits = np.array([0, 1] * 10, dtype=np.uint8)
    return GameExcerpt(bits, 1 - bits, (1,) * ROUND, np.array([0.5, 1.0] * 10))


def test_the_target_of_now_is_asked_for_and_not_shown():
    table = game_table(PLAYING, over=False)
    assert cells(table, "target")["t"] == "?"
    assert cells(table, "target")["t-1"] == "0"
    assert cells(table, "input")["t"] == "1"
    assert len(cells(table, "input")) == len(cells(table, "target")) == VISIBLE
    assert "true chance" not in set(table["lane"])


def test_guesses_stand_under_their_targets_and_are_marked():
    table = game_table(PLAYING, over=False)
    assert cells(table, "you") == {"t-3": "1", "t-2": "0", "t-1": "0"}
    assert cells(table, "right?") == {"t-3": "✓", "t-2": "✗", "t-1": "✓"}  # targets 1 1 0


def test_a_game_that_is_over_shows_its_chances_and_names_the_coin_flips():
    table = game_table(over(), over=True)
    assert list(cells(table, "true chance").values()) == ["?", ""] * 10
    assert list(cells(table, "right?").values()) == ["✓", "✗"] * 10
    chances = table[table["lane"] == "true chance"]
    assert chances["text"].tolist() == ["0.5", "1"] * 10


@pytest.mark.parametrize(("strip", "is_over"), [(PLAYING, False), (over(), True)])
def test_every_cell_of_the_table_has_its_place_in_the_chart(strip, is_over):
    spec = game_chart(len(strip.inputs), over=is_over).to_dict()
    table = game_table(strip, over=is_over)
    encoding = spec["layer"][0]["encoding"]
    assert set(table["step"]) == set(encoding["x"]["scale"]["domain"])
    assert set(table["lane"]) == set(encoding["y"]["scale"]["domain"])
    assert spec["resolve"]["scale"]["color"] == "independent"


def test_in_words_it_tells_the_bits_and_nothing_of_what_is_asked():
    assert game_alt(PLAYING) == (
        "The last steps: inputs 0 1 0 1 0 1 0 1 0 1 0 1; targets 1 1 0 0 1 1 0 0 1 1 0; "
        "your guesses 1 0 0."
    )
    assert "guesses" not in game_alt(GameExcerpt(INPUTS, TARGETS, (), TRUTH))
