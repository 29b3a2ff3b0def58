"""A network learns to judge made-up reviews: what it tells, again and again the same, as Keras."""

from itertools import islice

import numpy as np
import pytest

from rnnlab.errors import TrainingError
from rnnlab.keras_models import network as models
from rnnlab.network import Network
from rnnlab.sentiment.files.sources import Loading, Upload
from rnnlab.sentiment.review_training import Curves, ReviewProgress, ReviewsRead, ReviewTask
from rnnlab.settings import Settings
from rnnlab.training.reviews import ReviewTrainer, learn, train_reviews
from tests.files.people import case
from tests.training.reviews.made_up import SMALL, corpus, made_up, small

TRAINING, VALIDATION = corpus(200), corpus(61, seed=1)
"""200 reviews are 12 batches of 16, and one of 8."""


@pytest.fixture(scope="module")
def history() -> list[ReviewProgress]:
    return list(learn(SMALL, TRAINING, VALIDATION))


def test_it_counts_updates_and_evaluates_after_each_epoch(history):
    assert history[-1].step == history[-1].steps == 3 * 13
    evaluated = [
        (progress.step, progress.epoch) for progress in history if progress.validation is not None
    ]
    assert evaluated == [(13, 1), (26, 2), (39, 3)]
    assert [progress.step for progress in history] == sorted(
        {progress.step for progress in history}
    )
    assert all(progress.epoch == -(-progress.step // 13) for progress in history)
    assert history[-1].weights.keys() == SMALL.network.shapes.keys()


def test_it_learns(history):
    curves = Curves.of(history)
    assert curves.loss[0] > 1.5 * curves.loss[-1]
    assert curves.val_accuracy[-1] > 0.95
    assert curves.accuracy[-1] > 0.95


def test_the_same_settings_give_the_same_curve_and_weights(history):
    again = list(learn(small(), TRAINING, VALIDATION))
    assert Curves.of(again) == Curves.of(history)
    for name, value in history[-1].weights.items():
        np.testing.assert_array_equal(again[-1].weights[name], value)


def test_fewer_epochs_are_the_beginning_of_more(history):
    short = Curves.of(learn(small(epochs=2), TRAINING, VALIDATION))
    whole = Curves.of(history)
    assert short == Curves(whole.loss[:2], whole.accuracy[:2], whole.val_loss[:2],
                           whole.val_accuracy[:2])  # fmt: skip


def test_another_seed_gives_another_curve(history):
    assert (
        Curves.of(learn(small(seed=2, epochs=1), TRAINING, VALIDATION)).loss
        != Curves.of(history).loss
    )


def test_each_epoch_reads_every_review_once_in_an_order_of_its_own():
    trainer = ReviewTrainer(SMALL, TRAINING)
    first, second = (list(trainer.batches(epoch)) for epoch in (1, 2))
    assert [batches.shape[1] for batches in first] == [16] * (len(first) - 1) + [8]
    orders = [np.concatenate([batches.ravel() for batches in epoch]) for epoch in (first, second)]
    for order in orders:
        assert sorted(order) == list(range(200))
    assert (orders[0] != orders[1]).any()


@pytest.mark.parametrize("cell", ["simple_rnn", "lstm"])
def test_keras_learns_the_same_from_the_same_batches(cell):
    settings = small(cell=cell, epochs=1)
    model = models.keras_network(settings.network)
    how = Settings(optimizer=settings.optimizer, learning_rate=settings.learning_rate)
    models.compile_for(model, settings.network, how)
    models.set_weights(model, settings.network, settings.first_weights)
    total = np.zeros(2)
    for indices in (
        batch for batches in ReviewTrainer(settings, TRAINING).batches(1) for batch in batches
    ):
        inputs = TRAINING.inputs(indices, settings.words, settings.length)
        model.reset_metrics()
        metrics = model.train_on_batch(inputs, TRAINING.labels[indices, None])
        total += len(indices) * np.array(metrics)

    *_, last = learn(settings, TRAINING, VALIDATION)
    assert last.training == pytest.approx(total / len(TRAINING), abs=2e-4)
    for name, value in models.get_weights(model, settings.network).items():
        np.testing.assert_allclose(last.weights[name], value, atol=1e-3, err_msg=name)
    everything = VALIDATION.inputs(np.arange(len(VALIDATION)), settings.words, settings.length)
    expected = model.evaluate(everything, VALIDATION.labels[:, None], verbose=0)
    assert last.validation == pytest.approx(expected, abs=2e-3)


def test_fewer_reviews_than_a_batch_are_a_batch():
    *_, last = learn(small(epochs=1), corpus(7), VALIDATION)
    assert (last.step, last.steps) == (1, 1)


def test_a_task_reads_reviews_holds_some_out_and_learns():
    reviews = made_up(50)
    rows = "".join(
        f"{text},{label}\n" for text, label in zip(reviews.texts, reviews.labels, strict=True)
    )
    upload = Upload.of(f"text,label\n{rows}".encode(), "mine.csv")
    events = list(train_reviews(ReviewTask(small(epochs=1), upload)))
    read = [event for event in events if isinstance(event, ReviewsRead)]
    assert read == [ReviewsRead("mine.csv", 40, 10)]
    assert isinstance(events[0], Loading)
    assert isinstance(events[-1], ReviewProgress)
    assert events[-1].step == events[-1].steps == 3


@pytest.mark.parametrize(
    ("name", "repeated"),
    [("B9_duplicates_coin_labels.csv", 400), ("B9b_no_duplicates_coin_labels.csv", 0)],
)
def test_coin_flips_cannot_be_learnt_even_where_each_text_stands_twice(name, repeated):
    upload = Upload.of(case(name), name)
    settings = small(words=20_000, epochs=8, units=8, features=8)
    events = list(train_reviews(ReviewTask(settings, upload)))
    (read,) = (event for event in events if isinstance(event, ReviewsRead))
    assert (read.learnt_from, read.held_out, read.repeated) == (640, 160, repeated)
    curves = Curves.of(events)
    assert curves.accuracy[-1] > 0.9, "it learns them by heart"
    # 80 different texts at least: 0.5 ± 4 standard deviations of 0.056.
    assert abs(curves.val_accuracy[-1] - 0.5) < 0.23


def test_a_set_in_another_language_says_so_beside_its_accuracy():
    upload = Upload.of(case("B2_waimai.csv"), "B2_waimai.csv")
    events = list(train_reviews(ReviewTask(small(epochs=1), upload)))
    (read,) = (event for event in events if isinstance(event, ReviewsRead))
    assert read.notices == ("0 of 540 words are known: these models read English.",)


def test_who_stops_asking_stops_it(monkeypatch):
    updates = []
    original = ReviewTrainer.update
    monkeypatch.setattr(
        ReviewTrainer, "update", lambda self, *args: updates.append(1) or original(self, *args)
    )
    events = learn(SMALL, TRAINING, VALIDATION)
    assert len(list(islice(events, 2))) == 2
    events.close()
    assert len(updates) == 2


def test_a_loss_that_is_no_number_ends_it_with_a_sentence(monkeypatch):
    nothing = {name: np.full(shape, np.nan) for name, shape in SMALL.network.shapes.items()}
    monkeypatch.setattr(Network, "initial_weights", lambda *_: nothing)
    with pytest.raises(TrainingError, match=r"the weights ran away; take a learning rate below"):
        list(learn(SMALL, TRAINING, VALIDATION))
