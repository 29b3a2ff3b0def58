"""What a long computation tells: values that travel."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np

from rnnlab.progress import Event, LastWindow, TrainingProgress

WINDOW = LastWindow(*(np.full((2, 3), k, np.float32) for k in range(4)))
LAST = TrainingProgress(
    step=20,
    steps=20,
    epochs=2,
    loss=0.5,
    max_loss=0.7,
    accuracy=0.75,
    seconds=1.5,
    last_window=WINDOW,
    losses=(0.4, 0.6),
    learning_rate=0.01,
    weights={"bias": np.ones(3, np.float32)},
    history={"loss": np.ones(20, np.float32)},
    parts={"compile": 0.5},
)


def test_in_brief_an_event_keeps_the_point_and_the_last_window_and_leaves_the_rest():
    brief = LAST.brief()
    assert (brief.step, brief.steps, brief.epoch) == (20, 20, 2)
    assert (brief.loss, brief.max_loss, brief.accuracy, brief.seconds) == (0.5, 0.7, 0.75, 1.5)
    assert (brief.losses, brief.learning_rate) == ((0.4, 0.6), 0.01)
    assert brief.last_window is WINDOW
    assert brief.weights is brief.history is brief.parts is None
    assert LAST.weights is not None, "the event itself stays whole"


def test_in_brief_a_snapshot_keeps_its_weights_but_not_the_whole_story():
    brief = replace(LAST, snapshot=True).brief()
    assert brief.snapshot
    assert brief.weights is LAST.weights
    assert brief.history is brief.parts is None


def test_an_answer_that_is_a_number_has_no_accuracy():
    brief = replace(LAST, accuracy=None, last_window=None).brief()
    assert brief.accuracy is brief.last_window is None
    assert brief.loss == 0.5


def test_an_event_that_says_nothing_else_is_brief_as_it_is():
    event = Event()
    assert event.brief() is event


def test_progress_survives_a_journey_to_another_process():
    back = pickle.loads(pickle.dumps(LAST))
    assert (back.step, back.parts) == (20, {"compile": 0.5})
    np.testing.assert_array_equal(back.weights["bias"], LAST.weights["bias"])
    np.testing.assert_array_equal(
        back.last_window.target_probabilities, WINDOW.target_probabilities
    )
