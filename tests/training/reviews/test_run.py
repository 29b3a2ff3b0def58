"""A network learns to judge made-up reviews: what it tells, again and again the same, as Keras."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from rnnlab import models
from rnnlab.errors import TrainingError
from rnnlab.network import Network
from rnnlab.sentiment.files.sources import Loading, Upload
from rnnlab.sentiment.learning import Curves, ReviewProgress, ReviewsRead, ReviewTask
from rnnlab.settings import Settings
from rnnlab.training.reviews import learn, train_reviews
from rnnlab.training.reviews.run import Run
from tests.training.reviews.made_up import SMALL, corpus, made_up, small

LEARNT, JUDGED = corpus(200), corpus(61, seed=1)
"""200 reviews are 12 batches of 16, and one of 8."""


@pytest.fixture(scope="module")
def told() -> list[ReviewProgress]:
    return list(learn(SMALL, LEARNT, JUDGED))


def test_it_counts_updates_and_judges_after_each_epoch(told):
    assert told[-1].step == told[-1].steps == 3 * 13
    judged = [(one.step, one.epoch) for one in told if one.validation is not None]
    assert judged == [(13, 1), (26, 2), (39, 3)]
    assert [one.step for one in told] == sorted({one.step for one in told})
    assert all(one.epoch == -(-one.step // 13) for one in told)
    assert told[-1].weights.keys() == SMALL.network.shapes.keys()


def test_it_learns(told):
    curves = Curves.of(told)
    assert curves.loss[0] > 1.5 * curves.loss[-1]
    assert curves.val_accuracy[-1] > 0.95
    assert curves.accuracy[-1] > 0.95


def test_the_same_settings_give_the_same_curve_and_weights(told):
    again = list(learn(small(), LEARNT, JUDGED))
    assert Curves.of(again) == Curves.of(told)
    for name, value in told[-1].weights.items():
        np.testing.assert_array_equal(again[-1].weights[name], value)


def test_fewer_epochs_are_the_beginning_of_more(told):
    short = Curves.of(learn(small(epochs=2), LEARNT, JUDGED))
    whole = Curves.of(told)
    assert short == Curves(whole.loss[:2], whole.accuracy[:2], whole.val_loss[:2],
                           whole.val_accuracy[:2])  # fmt: skip


def test_another_seed_gives_another_curve(told):
    assert Curves.of(learn(small(seed=2, epochs=1), LEARNT, JUDGED)).loss != Curves.of(told).loss


def test_each_epoch_reads_every_review_once_in_an_order_of_its_own():
    run = Run(SMALL, LEARNT)
    first, second = (list(run.pieces(epoch)) for epoch in (1, 2))
    assert [piece.shape[1] for piece in first] == [16] * (len(first) - 1) + [8]
    orders = [np.concatenate([piece.ravel() for piece in one]) for one in (first, second)]
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
    for places in (batch for piece in Run(settings, LEARNT).pieces(1) for batch in piece):
        inputs = LEARNT.inputs(places, settings.words, settings.length)
        model.reset_metrics()
        said = model.train_on_batch(inputs, LEARNT.labels[places, None])
        total += len(places) * np.array(said)

    *_, last = learn(settings, LEARNT, JUDGED)
    assert last.training == pytest.approx(total / len(LEARNT), abs=2e-4)
    for name, value in models.get_weights(model, settings.network).items():
        np.testing.assert_allclose(last.weights[name], value, atol=1e-3, err_msg=name)
    everything = JUDGED.inputs(np.arange(len(JUDGED)), settings.words, settings.length)
    expected = model.evaluate(everything, JUDGED.labels[:, None], verbose=0)
    assert last.validation == pytest.approx(expected, abs=2e-3)


def test_fewer_reviews_than_a_batch_are_a_batch():
    *_, last = learn(small(epochs=1), corpus(7), JUDGED)
    assert (last.step, last.steps) == (1, 1)


def test_a_task_gathers_reviews_holds_some_out_and_learns():
    reviews = made_up(50)
    rows = "".join(
        f"{text},{label}\n" for text, label in zip(reviews.texts, reviews.labels, strict=True)
    )
    upload = Upload.of(f"text,label\n{rows}".encode(), "mine.csv")
    events = list(train_reviews(ReviewTask(small(epochs=1), upload)))
    gathered = [one for one in events if isinstance(one, ReviewsRead)]
    assert gathered == [ReviewsRead("mine.csv", 40, 10)]
    assert isinstance(events[0], Loading)
    assert isinstance(events[-1], ReviewProgress)
    assert events[-1].step == events[-1].steps == 3


def test_who_stops_asking_stops_it(monkeypatch):
    updates = []
    original = Run.update
    monkeypatch.setattr(
        Run, "update", lambda self, *args: updates.append(1) or original(self, *args)
    )
    events = learn(SMALL, LEARNT, JUDGED)
    assert len(list(islice(events, 2))) == 2
    events.close()
    assert len(updates) == 2


def test_a_loss_that_is_no_number_ends_it_with_a_sentence(monkeypatch):
    nothing = {name: np.full(shape, np.nan) for name, shape in SMALL.network.shapes.items()}
    monkeypatch.setattr(Network, "initial_weights", lambda *_: nothing)
    with pytest.raises(TrainingError, match=r"the weights ran away; take a learning rate below"):
        list(learn(SMALL, LEARNT, JUDGED))
