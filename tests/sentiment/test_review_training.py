"""A training on reviews: its settings, its progress and its curves."""

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.network import Network
from rnnlab.sentiment.files.sources import Loading
from rnnlab.sentiment.review_training import (
    ARTICLE,
    Curves,
    Metrics,
    ReviewProgress,
    ReviewTraining,
)


def test_the_defaults_are_the_articles():
    a = ReviewTraining()
    assert a == ARTICLE
    assert (a.cell, a.words, a.length, a.epochs, a.batch) == ("simple_rnn", 10_000, 500, 10, 128)
    assert (a.optimizer, a.learning_rate, a.validation_split) == ("rmsprop", 0.001, 0.2)
    assert a.network == Network(
        "simple_rnn", units=32, features=32, outputs=1, last_step=True, vocabulary=10_000
    )
    # 10,000 x 32 for the words, 32 x 32 + 32 x 32 + 32 for the layer, 32 + 1 for the verdict.
    assert a.network.parameters == 320_000 + 2_080 + 33


def test_the_first_weights_depend_on_the_seed_alone():
    one, same, other = (ReviewTraining(seed=seed, epochs=seed) for seed in (3, 3, 4))
    assert (one.first_weights["embedding"] == same.first_weights["embedding"]).all()
    assert (one.first_weights["embedding"] != other.first_weights["embedding"]).any()


def test_a_link_holds_what_differs_from_the_article():
    settings = ReviewTraining(cell="gru", epochs=3, learning_rate=0.002)
    assert settings.to_query() == {"cell": "gru", "epochs": "3", "learning_rate": "0.002"}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"words": 30_000}, "Words known must be between 1000 and 20000, but it is 30000"),
        ({"length": 501}, "Words read must be between 20 and 500"),
        ({"cell": "cnn"}, "Cell must be one of"),
        ({"batch": 100}, "Reviews an update must be one of 16, 32"),
    ],
)
def test_what_the_lab_does_not_offer_is_refused(values, sentence):
    with pytest.raises(SettingError, match=sentence):
        ReviewTraining(**values)


def test_every_cell_may_train_as_long_as_the_article_does():
    for cell in ("simple_rnn", "gru", "lstm"):
        assert ReviewTraining(cell=cell).epochs == 10


def test_more_work_takes_longer_and_none_takes_more_than_minutes():
    shorter, longer = ReviewTraining(length=100), ReviewTraining(cell="lstm")
    assert shorter.seconds == pytest.approx(ARTICLE.seconds / 5)
    assert 10 < ARTICLE.seconds < longer.seconds < 300


def test_too_much_work_is_refused():
    with pytest.raises(SettingError, match="times the work that one training may do: take fewer"):
        ReviewTraining(cell="lstm", units=64, features=64, epochs=20)


def told(step: int, validation: Metrics | None = None) -> ReviewProgress:
    """Of four epochs of five updates."""
    return ReviewProgress(
        step=step,
        steps=20,
        seconds=0.1,
        epochs=4,
        weights={"dense_bias": np.zeros(1, np.float32)},
        training=Metrics(1 / step, 0.5),
        validation=validation,
    )


def test_only_epochs_that_were_judged_are_in_the_curves():
    ends = [told(5, Metrics(0.6, 0.7)), told(10, Metrics(0.5, 0.8))]
    curves = Curves.of([Loading("Reading."), told(3), ends[0], told(8), ends[1], told(12)])
    assert curves == Curves((0.2, 0.1), (0.5, 0.5), (0.6, 0.5), (0.7, 0.8))
    assert len(curves) == 2
    assert (len(Curves.of([told(3)])), Curves.of([]).turning_point) == (0, None)


def test_the_best_epoch_is_the_first_of_equals():
    assert Curves((1,) * 3, (1,) * 3, (3, 2, 1), (0.7, 0.8, 0.8)).best == 2


@pytest.mark.parametrize(
    ("losses", "turn"),
    [((0.6, 0.5, 0.4), None), ((0.6, 0.4, 0.5), (2, 0.4)), ((0.3, 0.4, 0.35), (1, 0.3))],
)
def test_validation_turned_where_its_loss_was_least_and_rose_again(losses, turn):
    assert Curves(losses, losses, losses, losses).turning_point == turn


def test_weights_do_not_travel_on_the_way():
    brief = told(5, Metrics(0.6, 0.7)).brief()
    assert (brief.weights, brief.validation) == (None, Metrics(0.6, 0.7))
