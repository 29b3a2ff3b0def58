"""What one student hands in: a guess, what came of it, and maybe a sentence; all of it checked."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rnnlab.board.question import Question, check_loss
from rnnlab.bounds import Bounds
from rnnlab.errors import BoardError
from rnnlab.settings import Settings

LONGEST_SENTENCE = 200
"""Characters."""

HIGHEST_SCORE = 1_000

MOST_MARKS = 2
"""Accents over one letter; a pile of them would cover what stands around it."""

JOINERS = "\u200c\u200d"
"""What holds letters of Persian and Hindi together or apart, and emoji."""


@dataclass(frozen=True)
class Answer:
    """What a student hands in about a question.

    `guess` is one of its options and `guessed_loss` a number, None where nothing was guessed, and
    `before` says whether that was so before anything had come of it. Of a run `loss` is what it
    reached and `learnt` how much that is, of other questions None; of those `score` is how many
    were right where one plays. `sentence` is theirs: without line breaks and signs that nobody
    sees. A `BoardError` says what cannot be taken.
    """

    question: Question
    loss: float | None = None
    learnt: str | None = None
    guess: str | None = None
    guessed_loss: float | None = None
    sentence: str = ""
    before: bool = True
    score: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.question, Question):
            raise BoardError("An answer is about a question.")
        self._check_result()
        if self.guessed_loss is not None:
            check_loss(self.guessed_loss, "The guessed")
        self._check_choice(self.guess, "A guess")
        if not isinstance(self.before, bool):
            raise BoardError("A guess comes before the result, or it does not.")
        object.__setattr__(self, "sentence", _clean(self.sentence))

    @property
    def guessed(self) -> bool:
        """Whether there is a guess."""
        return self.guess is not None or self.guessed_loss is not None

    @classmethod
    def of(
        cls,
        settings: Settings,
        loss: float,
        guess: str | None = None,
        guessed_loss: float | None = None,
        sentence: str = "",
        *,
        before: bool = True,
    ) -> Answer:
        """The answer of a run with these settings that has reached this loss."""
        bounds = Bounds.of(settings)
        check_loss(loss, "The")
        question = Question.of_run(settings, bounds)
        return cls(question, loss, bounds.amount(loss), guess, guessed_loss, sentence, before)

    def _check_result(self) -> None:
        if self.question.task is not None:
            check_loss(self.loss, "The")
            if self.learnt is None:
                raise BoardError("How much was learnt must be said of a run.")
            self._check_choice(self.learnt, "How much was learnt")
        elif self.loss is not None or self.learnt is not None:
            raise BoardError("Only a run has a loss, and something that it has learnt.")
        elif self.guess is None:
            raise BoardError("There is no guess yet: choose one first.")
        if self.score is not None and not self._is_score():
            raise BoardError(f"A score is a whole number from 0 to {HIGHEST_SCORE}, of no run.")

    def _is_score(self) -> bool:
        """Whether the score is one that a question without a run can have."""
        whole = type(self.score) is int and 0 <= self.score <= HIGHEST_SCORE
        return whole and self.question.task is None

    def _check_choice(self, choice: object, what: str) -> None:
        options = self.question.options
        if choice is not None and (not isinstance(choice, str) or choice not in options):
            raise BoardError(f"{what} is one of: {', '.join(options)}.")


def _clean(text: object) -> str:
    """A text in one line, of signs that can be seen; a `BoardError` if it is too long or none."""
    if not isinstance(text, str):
        raise BoardError("The sentence must be a text.")
    if len(text) > LONGEST_SENTENCE:
        raise BoardError(
            f"The sentence may have {LONGEST_SENTENCE} characters, but it has {len(text):,}."
        )
    shown, marks = [], 0
    for sign in unicodedata.normalize("NFC", " ".join(text.split())):
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind[0] == "M" else 0
        if (kind[0] != "C" or sign in JOINERS) and marks <= MOST_MARKS:
            shown.append(sign)
    return " ".join("".join(shown).split())[:LONGEST_SENTENCE]
