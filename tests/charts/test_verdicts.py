"""What models make of one text: word by word, words left out, and what fades."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rnnlab.charts.verdicts import (
    forgetting_table,
    left_out_limit,
    left_out_table,
    running_verdict_table,
)
from rnnlab.sentiment.reading import Importance, LeftOut, read
from tests.sentiment.made import made_model


def test_words_are_counted_from_the_first_that_anyone_read():
    text = "a b c d e f"
    readings = {
        "all": read(made_model(), text),
        "the end": read(made_model(most_words=2), text),
    }
    table = running_verdict_table(readings)
    assert list(table.columns) == ["model", "word", "text", "probability"]
    rows = dict(iter(table.groupby("model")))
    assert list(rows["all"]["word"]) == [0, 1, 2, 3, 4, 5, 6]
    assert list(rows["the end"]["word"]) == [4, 5, 6]
    assert list(rows["the end"]["text"]) == ["before the first", "e", "f"]
    assert rows["all"]["probability"].iloc[-1] == readings["all"].probability


def test_what_a_word_adds_is_what_is_lost_without_it():
    words = (LeftOut(2, "dull", 0.75), LeftOut(9, "wonderful" * 9, 0.25), LeftOut(0, "a", 0.5))
    table = left_out_table(Importance(0.5, words, 10))
    assert list(table["points"]) == pytest.approx([-25, 25, 0])
    assert list(table["effect"]) == ["less positive", "more positive", "more positive"]
    assert table["label"][0] == "dull (3)"
    assert len(table["label"][1]) < 30


@pytest.mark.parametrize(
    ("points", "end"),
    [([], 5), ([0.1], 5), ([-5.0], 5), ([7.2, -3], 10), ([-51], 60), ([100], 100)],
)
def test_the_axis_of_points_ends_at_a_round_number(points, end):
    assert left_out_limit(pd.DataFrame({"points": pd.Series(points, dtype=float)})) == end


def test_how_a_difference_fades_is_one_row_a_model_and_length():
    table = forgetting_table((0, 50), {"A": np.array([0.9, 0.5]), "B": np.array([0.8, 0.7])})
    assert list(table["words"]) == [0, 50, 0, 50]
    assert list(table["difference"]) == [0.9, 0.5, 0.8, 0.7]
