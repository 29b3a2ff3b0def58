"""What may be seen of many answers to a question: from five on, so that nobody is picked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from rnnlab.board.answer import Answer
from rnnlab.board.question import Question

Number = TypeVar("Number", int, float)

FEWEST = 5
"""Answers; of fewer it is only said how many there are."""


@dataclass(frozen=True)
class Tally:
    """How many answers a question has, and what they say, as far as it may be seen.

    `guesses` and `learnt` count each option of the question; `guessed_losses`, `losses` and
    `scores` are sorted. `before` and `after` are how many guessed before a result, and after it.
    `right` is the right option, where one is. All of them are empty where there are fewer than
    `FEWEST` answers or they are not to be shown yet.
    """

    question: Question
    n: int
    guesses: tuple[int, ...] = ()
    guessed_losses: tuple[float, ...] = ()
    before: int = 0
    after: int = 0
    learnt: tuple[int, ...] = ()
    losses: tuple[float, ...] = ()
    right: str = ""
    scores: tuple[int, ...] = ()

    @classmethod
    def of(
        cls, question: Question, answers: Sequence[Answer], *, guesses: bool, results: bool
    ) -> Tally:
        """What may be seen of these answers to a question."""
        n = len(answers)
        if n < FEWEST or not (guesses or results):
            return cls(question, n)
        of_run = results and question.task is not None
        guessed = [a for a in answers if a.guessed] if guesses else []
        return cls(
            question,
            n,
            _counts([a.guess for a in answers], question) if guesses else (),
            _sorted(a.guessed_loss for a in guessed),
            sum(a.before for a in guessed),
            sum(not a.before for a in guessed),
            _counts([a.learnt for a in answers], question) if of_run else (),
            _sorted(a.loss for a in answers) if of_run else (),
            question.right if results else "",
            _sorted(a.score for a in answers) if results else (),
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the numbers say, in a sentence each."""
        if self.n < FEWEST:
            return (f"From {FEWEST} answers on you see what they say.",)
        sentences = [self._most("guessed", self.guesses), self._when(), self._right()]
        sentences += [self._most("learnt", self.learnt), self._middle()]
        return tuple(filter(None, sentences))

    def _most(self, verb: str, counts: Sequence[int]) -> str:
        """What most guessed or learnt, and how many gave no guess."""
        if not any(counts):
            return ""
        option = self.question.options[max(range(len(counts)), key=counts.__getitem__)]
        quoted = option if self.question.task is None else option.lower()
        without = self.n - sum(counts)
        rest = f"; {without} gave no guess" if without else ""
        return f"{max(counts)} of {self.n} {verb} “{quoted}”{rest}."

    def _when(self) -> str:
        if not self.before + self.after:
            return ""
        return f"{self.before} guessed before the result, {self.after} after it."

    def _right(self) -> str:
        if not self.right:
            return ""
        n = self.guesses[self.question.options.index(self.right)]
        score = f" The score in the middle is {median(self.scores):g}." if self.scores else ""
        return f"“{self.right}” is right: {n} of {self.n} guessed that.{score}"

    def _middle(self) -> str:
        if not self.losses or self.question.task is None:
            return ""
        if not self.question.task.bits:
            return f"The loss in the middle is {median(self.losses):.3g}."
        return (
            f"The loss in the middle is {median(self.losses):.4g}; the best possible is "
            f"{self.question.task.best:.4g}."
        )


def _counts(choices: Sequence[str | None], question: Question) -> tuple[int, ...]:
    return tuple(map(choices.count, question.options))


def _sorted(numbers: Iterable[Number | None]) -> tuple[Number, ...]:
    return tuple(sorted(number for number in numbers if number is not None))
