"""The curves of a training on reviews: which points there are, and what is drawn of them."""

from __future__ import annotations

from rnnlab.charts.review_training import (
    MOST_IN_AN_EPOCH,
    RECORDED,
    TRAINING,
    VALIDATION,
    learning_table,
    recorded_table,
)
from tests.charts.examples import REVIEWS, review_history


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
    table = learning_table(review_history(10), 2, REVIEWS)
    beside = table[table["curve"] == RECORDED]
    assert beside["loss"].tolist() == [0.5, 0.4]
    assert beside["turn"].isna().all()
