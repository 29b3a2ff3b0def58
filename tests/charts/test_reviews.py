"""Sentiment: single texts, many texts, and the curves of a training on reviews."""

import numpy as np
import pandas as pd
import pytest

from rnnlab.charts.many_texts import (
    confusion_alt,
    confusion_numbers,
    confusion_table,
    reliability_alt,
    reliability_table,
)
from rnnlab.charts.review_training import (
    MOST_IN_AN_EPOCH,
    RECORDED,
    TRAINING,
    VALIDATION,
    learning_table,
    recorded_table,
)
from rnnlab.charts.verdicts import (
    forgetting_table,
    left_out_limit,
    left_out_table,
    running_verdict_table,
)
from rnnlab.sentiment.evaluation import ConfusionMatrix
from rnnlab.sentiment.reading import Importance, LeftOut, read
from tests.charts.examples import CALIBRATION, CONFUSION, REVIEWS, review_history
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


def test_there_is_a_tile_for_each_label_and_verdict():
    rows = confusion_table(CONFUSION).to_dict("records")
    assert [(row["label"], row["verdict"], row["texts"]) for row in rows] == [
        ("negative", "negative", 30),
        ("negative", "positive", 10),
        ("positive", "negative", 5),
        ("positive", "positive", 55),
    ]
    assert [row["share"] for row in rows] == pytest.approx([0.75, 0.25, 5 / 60, 55 / 60])
    assert [row["outcome"] for row in rows] == ["right", "mistake", "mistake", "right"]


def test_the_shares_of_a_label_that_no_text_has_are_zero():
    assert list(confusion_table(ConfusionMatrix(((3, 1), (0, 0))))["share"]) == [0.75, 0.25, 0, 0]


def test_the_numbers_add_up():
    assert confusion_numbers(CONFUSION).to_numpy().tolist() == [
        ["negative", 30, 10, 40],
        ["positive", 5, 55, 60],
        ["all", 35, 65, 100],
    ]


def test_the_four_numbers_stand_in_a_sentence():
    assert confusion_alt(CONFUSION) == (
        "Confusion table: of 40 negative texts 30 are called negative and 10 positive; of 60 "
        "positive ones 55 are called positive and 5 negative."
    )


def test_reliability_has_a_row_for_each_bin_with_its_bar():
    first, second = reliability_table(CALIBRATION).to_dict("records")
    assert (first["bin"], first["probability"], first["share"]) == ("10% to 20%", 0.15, 0)
    assert (first["n"], second["n"]) == (20, 263)
    # 0 of 20 and 81 of 263: Newcombe (1998), table I, method 3.
    assert (first["low"], first["high"]) == pytest.approx((0, 0.1611), abs=5e-5)
    assert (second["low"], second["high"]) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_every_point_of_reliability_stands_in_the_sentence():
    assert "said 15%, so were 0% of 20; said 55%, so were 31% of 263" in reliability_alt(
        CALIBRATION
    )


def test_an_epoch_has_its_end_and_not_too_many_points_before():
    table = learning_table(review_history(150), 2)
    training = table[table["curve"] == TRAINING]
    assert list(training["place"]) == sorted(training["place"])
    assert training["place"].iloc[-1] == 1.5
    assert training[training["done"]]["place"].tolist() == [1.0]
    assert len(training) < 1.5 * MOST_IN_AN_EPOCH + 4
    held_out = table[table["curve"] == VALIDATION]
    assert held_out[["place", "loss", "accuracy"]].to_numpy().tolist() == [[1, 0.4, 0.9]]


def test_a_training_without_a_point_is_an_empty_picture():
    assert learning_table([], 2).empty


def test_where_validation_turned_is_in_one_row():
    table = learning_table(review_history(200), 2)
    assert table["turn"].dropna().tolist() == [1]
    recorded = recorded_table(REVIEWS)
    assert recorded["turn"].dropna().tolist() == [2]
    assert recorded[recorded["curve"] == TRAINING]["accuracy"].tolist() == [0.7, 0.8, 0.9]
    assert recorded["done"].all()


def test_of_the_articles_curve_there_is_as_much_as_of_ones_own():
    table = learning_table(review_history(10), 2, (RECORDED, REVIEWS))
    beside = table[table["curve"] == RECORDED]
    assert beside["loss"].tolist() == [0.5, 0.4]
    assert beside["turn"].isna().all()
