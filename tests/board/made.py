"""Answers and a clock for tests of the class board."""

from __future__ import annotations

from functools import cache

from rnnlab.board import Answer, Question
from rnnlab.bounds import AMOUNTS
from rnnlab.lessons import LESSONS
from rnnlab.presets import PRESETS


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@cache
def asked(name: str = "pair") -> Question:
    """The question of a run."""
    return Question.of_run(PRESETS[name].settings)


def step(number: int, lesson: str = "echo") -> Question:
    """The question of a step that has options."""
    there = LESSONS[lesson].steps[number - 1]
    return Question(there.question, there.options, there.right, lesson=lesson, step=number)


def answer(loss: float = 0.3471, sentence: str = "", name: str = "pair", guess: int = 1) -> Answer:
    return Answer(asked(name), loss, AMOUNTS[2], AMOUNTS[guess], 0.5, sentence)
