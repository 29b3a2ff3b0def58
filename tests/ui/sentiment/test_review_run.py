"""The training on reviews on show: one at a time, and a model of it once there are weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnlab.sentiment.review_training import ARTICLE, Metrics, ReviewProgress, ReviewTraining
from rnnlab.sentiment.verdicts import probabilities
from rnnlab.ui.sentiment.review_run import SLOT, start, trained
from tests.ui.fake_jobs import FakeJobStore, fake_store

SETTINGS = ReviewTraining(words=1_000, length=20, units=2, features=2)


@pytest.fixture(autouse=True)
def store(monkeypatch) -> FakeJobStore:
    return fake_store(monkeypatch)


def test_before_anything_is_started_there_is_nothing():
    SLOT.stop()
    assert (SLOT.on_show(), trained()) == (None, None)


def test_another_training_lets_go_of_the_one_before(store):
    start(SETTINGS, None)
    assert store.works == {"rnnlab.training.reviews:train_reviews"}
    first = SLOT.on_show().jobs
    start(ARTICLE, None)
    assert store.stopped == list(first)
    assert SLOT.on_show().task.settings == ARTICLE


@pytest.mark.parametrize("state", ["done", "stopped"])
def test_the_weights_of_the_result_are_a_model_that_judges(state):
    start(SETTINGS, None)
    weights = SETTINGS.first_weights | {"dense_bias": np.array([3.0], np.float32)}
    result = ReviewProgress(
        step=20, steps=20, seconds=1.0, epochs=2, training=Metrics(0.5, 0.7), weights=weights
    )
    SLOT.on_show().jobs[0].report(result.brief())
    assert trained() is None, "the weights have not come yet"
    SLOT.on_show().jobs[0].report(state=state, result=result)
    model = trained()
    assert (model.padded_to, model.readers[0].network) == (20, SETTINGS.network)
    before = replace(model.readers[0], weights=weights | {"dense_bias": np.zeros(1, np.float32)})
    chance, without = (
        float(probabilities(one, ["a fine film"])[0])
        for one in (model, replace(model, readers=(before,)))
    )
    # The bias adds 3 to the logit.
    assert np.log(chance / (1 - chance)) - np.log(without / (1 - without)) == pytest.approx(3)
    assert "1,000 words" in model.sentence
