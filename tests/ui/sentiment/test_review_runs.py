"""The training on show: one at a time, and a model of it once there are weights."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from rnnlab.compute import JobView
from rnnlab.sentiment.files.sources import Loading
from rnnlab.sentiment.learning import Metrics, ReviewProgress, ReviewsRead, ReviewTask
from rnnlab.sentiment.review_training import ARTICLE, ReviewTraining
from rnnlab.sentiment.verdicts import probabilities
from rnnlab.ui.sentiment import review_runs
from rnnlab.ui.sentiment.review_runs import on_show, start, stop, trained

SETTINGS = ReviewTraining(words=1_000, length=20, units=2, features=2)
ME = "me"


@dataclass
class PretendedJob:
    task: ReviewTask
    seen: JobView = field(default_factory=lambda: JobView("running"))

    def view(self, viewer: str) -> JobView:
        assert viewer == ME
        return self.seen


class FakeJobStore:
    def __init__(self) -> None:
        self.stopped: list[PretendedJob] = []
        self.jobs: dict[ReviewTask, PretendedJob] = {}

    def start(self, work: str, task: ReviewTask, viewer: str) -> PretendedJob:
        assert (work, viewer) == ("rnnlab.training.reviews:train_reviews", ME)
        return self.jobs.setdefault(task, PretendedJob(task))

    def stop(self, job: PretendedJob, viewer: str) -> None:
        assert viewer == ME
        self.stopped.append(job)


@pytest.fixture(autouse=True)
def store(monkeypatch) -> FakeJobStore:
    one = FakeJobStore()
    monkeypatch.setattr(review_runs, "job_store", lambda: one)
    monkeypatch.setattr(review_runs, "viewer", lambda: ME)
    monkeypatch.setattr(review_runs.st, "session_state", {})
    return one


def told(step: int, **more) -> ReviewProgress:
    return ReviewProgress(
        step=step, steps=20, seconds=1.0, epochs=2, training=Metrics(0.5, 0.7), **more
    )


def test_before_anything_is_started_there_is_nothing():
    stop()
    assert (on_show(), trained()) == (None, None)


def test_another_training_lets_go_of_the_one_before_and_the_same_does_not(store):
    start(SETTINGS, None)
    first = on_show().job
    start(SETTINGS, None)
    assert (on_show().job, store.stopped) == (first, [])
    start(ARTICLE, None)
    assert store.stopped == [first]
    assert on_show().settings == ARTICLE


def test_what_was_told_is_sorted_out():
    start(SETTINGS, None)
    gathered = ReviewsRead("some.csv", 8, 2)
    events = (Loading("Reading."), gathered, Loading("Compiling."), told(1), told(20))
    on_show().job.seen = JobView("running", None, events)
    look = on_show().look()
    assert (look.told, look.gathered, look.doing) == (events[3:], gathered, "Compiling.")
    assert look.live
    assert not look.complete
    on_show().job.seen = JobView("done", None, events)
    assert on_show().look().complete
    assert trained() is None, "the weights have not come yet"


def test_of_a_stopped_training_the_weights_are_awaited():
    start(SETTINGS, None)
    job, result = on_show().job, told(3, weights=SETTINGS.first_weights)
    assert not on_show().look().awaited
    job.seen = JobView("stopped", None, (Loading("Reading."),))
    assert not on_show().look().awaited, "it had learnt nothing"
    job.seen = JobView("stopped", None, (result.brief(),))
    assert on_show().look().awaited
    job.seen = JobView("stopped", None, (result.brief(),), result)
    assert not on_show().look().awaited


@pytest.mark.parametrize("state", ["done", "stopped"])
def test_the_weights_of_the_result_are_a_model_that_judges(state):
    start(SETTINGS, None)
    weights = SETTINGS.first_weights | {"dense_bias": np.array([3.0], np.float32)}
    result = told(20, weights=weights)
    on_show().job.seen = JobView(state, None, (result.brief(),), result)
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
