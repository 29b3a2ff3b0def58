"""What a class answers: a question with its options, and of a run what there was to learn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from rnnlab.bounds import AMOUNTS, Bounds
from rnnlab.errors import BoardError
from rnnlab.knobs import Knob
from rnnlab.presets import PRESETS
from rnnlab.rules import RULES, StreamRule
from rnnlab.settings import Settings

LARGEST = 1e9
"""A loss or a guess of one; what is larger is no loss that anybody has seen."""

LONGEST_TEXT, MOST_OPTIONS = 200, 4
"""Characters of a question or an option, and options."""

LUCK = "seed"
"""The knob in which runs about the same question may differ."""

MOST_NAMED = 3
"""Of more knobs in which runs differ, only these are named."""

Words = tuple[tuple[str, str], ...]
"""Parameters of an address, each with its text."""


@dataclass(frozen=True)
class LearningTask:
    """What was trained: runs of the same task differ by luck alone.

    `rule` is its name, and `settings` what a link says of the other knobs, but for the seed.
    `baseline` is the loss of knowing nothing, `window` the best that one window allows, `best` the
    best possible: nats a prediction, or mean squared errors.
    """

    rule: str
    settings: Words
    baseline: float
    window: float
    best: float

    @classmethod
    def of(cls, settings: Settings, bounds: Bounds | None = None) -> Self:
        """What runs with these settings are about."""
        bounds = bounds or Bounds.of(settings)
        numbers = (bounds.baseline, bounds.window, bounds.best)
        return cls(settings.rule, _words(settings), *(float(f"{number:.6g}") for number in numbers))

    def __post_init__(self) -> None:
        if not isinstance(self.rule, str) or self.rule not in RULES:
            raise BoardError("The answer is about a rule that the lab does not have.")
        for number in (self.baseline, self.window, self.best):
            check_loss(number, "The task's")

    @property
    def bits(self) -> bool:
        """Whether losses are nats a prediction, and not squared errors."""
        return isinstance(RULES[self.rule], StreamRule)

    def turned(self, since: Mapping[str, str]) -> str:
        """The knobs that say something else than a link, in words; "" if none does.

        What a student has typed into one is not among them: it would stand on the board unread.
        """
        here = dict(self.settings)
        named = [
            f"{knob.label} {_value(knob, here.get(key))}"
            for key, knob in _knobs(self.rule).items()
            if here.get(key) != since.get(key) and key not in ("rule", LUCK)
        ]
        more = len(named) - MOST_NAMED
        return ", ".join(named[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True)
class Question:
    """What a class answers: answers to equal questions are held against each other.

    One guesses among `options`, of which `right` is right, "" where nobody says so beforehand. Of a
    run `task` is what it learns, and what comes of it is one of `AMOUNTS` and a loss; `turned` says
    in which knobs it is another one than the `text` is about. `lesson` and `step` say where it is
    asked, "" and 0 outside of the lab's lessons. A `typed` one is not in the lab's words.
    """

    text: str
    options: tuple[str, ...] = AMOUNTS
    right: str = ""
    task: LearningTask | None = None
    turned: str = ""
    lesson: str = ""
    step: int = 0
    typed: bool = False

    def __post_init__(self) -> None:
        texts = (self.text, *self.options)
        if any(not isinstance(text, str) or len(text) > LONGEST_TEXT for text in texts):
            raise BoardError(f"A question is a text of at most {LONGEST_TEXT} characters.")
        if len({*self.options}) != len(self.options) or len(self.options) > MOST_OPTIONS:
            raise BoardError(f"A question has at most {MOST_OPTIONS} options, each another one.")

    @classmethod
    def of_run(cls, settings: Settings, bounds: Bounds | None = None) -> Self:
        """The question of the lab that is nearest to a run, and in what the run is another one."""
        task = LearningTask.of(settings, bounds)
        asked = {question: words for words, question in _asked(task.rule)}
        if not asked:
            return cls(RULES[task.rule].title, task=task, turned=task.turned({}))
        here = {*task.settings}
        nearest = min(asked, key=lambda question: len(here ^ {*asked[question]}))
        return cls(nearest, task=task, turned=task.turned(dict(asked[nearest])))

    @property
    def title(self) -> str:
        """What it asks, and about what: words of the lab, unless it is typed."""
        return f"{self.text} {self.turned}".strip()


@cache
def _asked(rule: str) -> tuple[tuple[Words, str], ...]:
    """What the lab asks about this rule: what links to the runs say, and the question."""
    asked = [(_words(p.settings), p.question) for p in PRESETS.values() if p.settings.rule == rule]
    return tuple(asked)


def _words(settings: Settings) -> Words:
    query = settings.to_query()
    return tuple((key, text) for key, text in query.items() if key not in ("rule", LUCK))


@cache
def _knobs(rule: str) -> Mapping[str, Knob]:
    """The knobs of runs with this rule by their names in links, but for those one types into."""
    knobs = Settings.knobs({"rule": rule})
    return {
        knob.url_name or name: knob
        for name, knob in knobs.items()
        if knob.choices or not isinstance(knob.default, str)
    }


def _value(knob: Knob, text: str | None) -> str:
    """What a knob says where a link has this text, or nothing, under its key."""
    text = knob.text(knob.default) if text is None else text
    return {"true": "on", "false": "off"}.get(text, text)


def check_loss(number: object, whose: str) -> None:
    """Raise a `BoardError` if this is no loss that a run can have."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise BoardError(f"{whose} loss must be a number.")
    if not 0 <= number <= LARGEST:  # so that not a number is none, too
        raise BoardError(f"{whose} loss must lie between 0 and {LARGEST:,.0f}.")
