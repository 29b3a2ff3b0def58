"""What is said of a training: where it stands, and whether its curves turned."""

from __future__ import annotations

import pytest

from rnnlab.compute import JobView
from rnnlab.sentiment.files.sources import Loading
from rnnlab.sentiment.review_training import Curves, Metrics, ReviewProgress, ReviewsRead
from rnnlab.ui.live_run.run import Snapshot
from rnnlab.ui.sentiment.train_live import about_the_reviews, article_sentence, meaning, where

FALLING = Curves((0.6, 0.4), (0.7, 0.8), (0.5, 0.45), (0.8, 0.81))
TURNED = Curves((0.6, 0.4, 0.1), (0.7, 0.8, 0.9), (0.5, 0.4, 0.6), (0.8, 0.82, 0.81))
COIN = Curves((0.7,), (0.5,), (0.7,), (0.51,))


@pytest.mark.parametrize(
    ("state", "steps", "sentence"),
    [
        ("running", (), "Reading."),
        ("running", (1, 21), "update 21 of 40, epoch 3 of 4, 2 s left."),
        ("done", (1, 40), "Done: 40 updates in 4 s."),
    ],
)
def test_where_it_stands(state, steps, sentence):
    history = tuple(
        ReviewProgress(step=step, steps=40, seconds=step / 10, epochs=4, training=Metrics(0.5, 0.7))
        for step in steps
    )
    view = JobView(state, 3, (Loading("Reading."), *history))
    assert sentence in where(Snapshot((view,), (history,)))


def test_overfitting_is_said_with_the_epoch_and_the_losses():
    said = meaning(TURNED, live=False)
    assert "turned after epoch 2" in said
    for number in ("0.400", "0.600", "from 0.400 to 0.100"):
        assert number in said
    assert "overfitting" in said
    risen = Curves((0.6, 0.4, 0.5), TURNED.accuracy, TURNED.val_loss, TURNED.val_accuracy)
    assert "overfitting" not in meaning(risen, live=False)
    assert "smaller learning rate" in meaning(risen, live=False)


def test_where_validation_still_falls_nothing_is_called_overfitting():
    assert "does not overfit yet. More epochs may still help." in meaning(FALLING, live=False)
    assert "More epochs" not in meaning(FALLING, live=True)


def test_who_judges_like_a_coin_is_told_so():
    assert meaning(COIN, live=False).startswith("51.0% on held-out reviews")
    assert meaning(Curves(), live=True).startswith("Watch")


def test_who_learnt_from_few_reviews_is_told_to_give_more():
    few = meaning(COIN, live=False, learnt_from=160)
    assert "51.0%" in few
    assert "160 reviews are few" in few
    assert "few" not in meaning(COIN, live=False, learnt_from=20_000).split("fewer")[0]


def test_a_training_that_ended_before_its_first_epoch_says_that_nothing_is_known():
    assert "first epoch was not over" in meaning(Curves(), live=False)


def test_the_articles_figure_names_its_best_epoch_beside_the_claim():
    said = article_sentence(TURNED)
    assert "after epoch 2, 82.0% of the held-out reviews" in said
    assert "about 85%" in said


def test_the_reviews_are_told_with_what_is_odd_about_them():
    said = about_the_reviews(ReviewsRead("m*ne.csv", 400, 100, ("Line 3 is odd.",)))
    assert "400 reviews of “m\\*ne.csv”" in said
    assert said.endswith("Line 3 is odd.")
    assert "repeat" not in said
    said = about_the_reviews(ReviewsRead("mine.csv", 400, 100, (), 250))
    assert "250 of them repeat another one word for word; equal ones are on one side" in said
