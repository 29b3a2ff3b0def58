"""The run that was on show before another one took its place."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rnnlab.language.settings import LanguageProgress, LanguageSettings
from rnnlab.ui.live_run import run_before
from rnnlab.ui.live_run.run import RunSlot, Snapshot

NARROW = LanguageSettings(units=8)
WIDE = replace(NARROW, units=16)
WEIGHTS = {"kernel": np.zeros((2, 2), np.float32)}


def point(step: int) -> LanguageProgress:
    return LanguageProgress(
        step=step, steps=2, seconds=1, loss=2, validation_loss=3, learning_rate=0.1, weights=WEIGHTS
    )


def shown(task: LanguageSettings, *progress: LanguageProgress) -> Any:
    """A run on show that has reported so much."""
    return SimpleNamespace(task=task, snapshot=lambda: Snapshot((), (progress,)))


@pytest.fixture
def state() -> dict[Any, Any]:
    return {}


@pytest.fixture
def slot(state) -> RunSlot[LanguageSettings, LanguageProgress]:
    return RunSlot("key", "work", LanguageProgress, lambda: state)


def test_a_run_that_another_takes_the_place_of_stays_without_its_weights(slot, state):
    state["key"] = shown(NARROW, point(1), point(2))
    run_before.keep(slot, WIDE)
    state["key"] = shown(WIDE)
    earlier = run_before.before(slot, slot.on_show())
    assert earlier is not None
    assert earlier.task == NARROW
    assert [one.step for one in earlier.progress] == [1, 2]
    assert all(one.weights is None for one in earlier.progress)


def test_the_same_run_again_leaves_what_was_before_it(slot, state):
    state["key"] = shown(NARROW, point(1))
    run_before.keep(slot, WIDE)
    state["key"] = shown(WIDE, point(2))
    run_before.keep(slot, WIDE)
    earlier = run_before.before(slot, slot.on_show())
    assert earlier is not None
    assert earlier.task == NARROW


def test_there_is_none_of_nothing_and_none_under_itself(slot, state):
    assert run_before.before(slot, None) is None
    run_before.keep(slot, WIDE)
    state["key"] = shown(NARROW)
    run_before.keep(slot, WIDE)
    assert run_before.before(slot, slot.on_show()) is None
    state["key"] = shown(NARROW, point(1))
    run_before.keep(slot, WIDE)
    assert run_before.before(slot, shown(NARROW)) is None


def test_it_says_what_was_turned():
    assert "8 → 16" in run_before.sentence(NARROW, WIDE, "the text")
    assert "the text" in run_before.sentence(WIDE, WIDE, "the text")
