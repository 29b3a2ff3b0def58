"""The lesson that a visitor is in: what the address says of it, and what of a page it leaves open.

An address with `lesson=NAME&step=2` opens the page of that step as the step says. Knobs that the
lesson does not leave open the address holds fast (`rnnlab.ui.hold`); pages ask here for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from rnnlab.board import Question
from rnnlab.errors import SettingError
from rnnlab.lessons import Lesson, Step, lesson_of
from rnnlab.ui import address, cover, visit
from rnnlab.ui.hold import Hold
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.parameters import Link

LESSON, STEP = "lesson", "step"
"""Parameters of the address, and keys of the session."""
RESULTS, AFTERWARDS = "results_seen", "guessed_afterwards"
"""Where the session keeps of which steps it has seen a result, each with its score if it has one,
and to which steps it guessed after that."""


@dataclass(frozen=True)
class OnStep:
    """Where a visitor is: at step `number` (from 1) of a lesson."""

    lesson: Lesson
    number: int

    @property
    def step(self) -> Step:
        """The step itself."""
        return self.lesson.steps[self.number - 1]

    @property
    def question(self) -> str:
        """What it asks, as plain text."""
        return self.step.question

    @property
    def task(self) -> str:
        """What is to be done, as Markdown; what a stranger wrote is shown as text."""
        return self.plain(self.step.task)

    @property
    def typed(self) -> bool:
        """Whether it is not in the lab's words, but in those of a link."""
        return not self.lesson.article

    def plain(self, text: str) -> str:
        """A text of this lesson as Markdown: what a stranger wrote is shown as text."""
        return escape_markdown(text) if self.typed else text

    @property
    def key(self) -> str:
        """The key of its guess in the session, and its name under the cover of answers."""
        return f"guess_{self.lesson.name}_{self.number}"

    @property
    def guess(self) -> str | None:
        """Which of its options the visitor has chosen; None if none, or if there are none."""
        chosen = st.session_state.get(self.key)
        return chosen if chosen in self.step.options else None

    @property
    def guessed_before(self) -> bool:
        """Whether the visitor guessed before any result of the step was to be seen."""
        return self.key not in st.session_state.get(AFTERWARDS, ())

    @property
    def score(self) -> int | None:
        """How many were right, where the step is played and has been."""
        score: int | None = st.session_state.get(RESULTS, {}).get(self.key)
        return score

    def note_guess(self) -> None:
        """Remember whether it comes before a result; in a callback."""
        known = cover.is_open(self.key) or self.key in st.session_state.get(RESULTS, {})
        others = {*st.session_state.get(AFTERWARDS, ())} - {self.key}
        st.session_state[AFTERWARDS] = others | ({self.key} if known else set())

    @property
    def answer(self) -> str:
        """What one should see, and why, as Markdown."""
        return f"{self.step.sees} {self.step.why}".strip()

    @property
    def asked(self) -> Question:
        """Its question, with the options among which one guesses."""
        options, right = self.step.options, self.step.right
        return Question(self.question, options, right, typed=self.typed, **self._place)

    def run(self, question: Question) -> Question:
        """The question of a run, as the step asks it."""
        turned = "" if question.task is None else question.task.turned(self.step.opens)
        return replace(question, text=self.question, turned=turned, typed=self.typed, **self._place)

    @property
    def _place(self) -> dict[str, Any]:
        """Where a question of it stands on a class board; a lesson of the lab has a place."""
        return {} if self.typed else {"lesson": self.lesson.name, "step": self.number}


def follow(page: str) -> None:
    """Read what the address says of a lesson, once somebody has come to this page.

    A step is shown on its own page, so another one leads there. Who goes elsewhere by a link or
    the menu has left the lesson.
    """
    came_with = address.take(LESSON)
    if came_with is not None:
        st.session_state[LESSON] = _known(came_with)
    address.link_as(LESSON, Link("", lambda texts: (texts[-1], ""), lambda name: [name]))
    number = address.take(STEP)
    if number is not None:
        st.session_state[STEP] = _number(number)
    address.link_as(STEP, Link(1, lambda texts: (texts[-1], ""), lambda number: [str(number)]))
    on = current()
    if on is not None and on.step.page != page:
        if came_with:
            st.switch_page(path_of(on.step), query_params=query(on.number))
        leave()
        on = None
    address.hold(None if on is None else Hold(on.step.opens, on.step.turn, "This lesson"))


def current() -> OnStep | None:
    """The step that the visitor is on; None outside of every lesson."""
    name = st.session_state.get(LESSON)
    return OnStep(lesson_of(name), st.session_state.get(STEP, 1)) if name else None


def note_result(score: int | None = None) -> bool:
    """Remember that a result of this step is to be seen: a guess from now on comes after it.

    The first score of a step is the one that counts. Whether this is the first result.
    """
    on, kept = current(), st.session_state.setdefault(RESULTS, {})
    if on is None or on.key in kept:
        return False
    kept[on.key] = score
    return True


def shows(part: str) -> bool:
    """Whether the page shows this part of it (one of `rnnlab.lessons.HIDEABLE`)."""
    on = current()
    return on is None or part not in on.step.hides


def query(number: int = 1, name: str | None = None) -> dict[str, str]:
    """What a link to a step of a lesson says, of the one that the visitor is in unless named."""
    name = st.session_state[LESSON] if name is None else name
    of_step = {STEP: str(number)} if number > 1 else {}
    return visit.carried() | {LESSON: name} | of_step


def path_of(step: Step) -> str:
    """The page of a step, as Streamlit names it."""
    return f"pages/{step.page}.py"


def leave() -> None:
    """Leave the lesson: the page stays as it is, with all of its knobs."""
    st.session_state[LESSON], st.session_state[STEP] = "", 1


def _known(texts: list[str]) -> str:
    """The name of a lesson that there is, among these texts of the address, or ""."""
    if not texts or not texts[-1]:
        return ""
    try:
        return lesson_of(texts[-1]).name
    except SettingError as error:
        address.note(str(error))
        return ""


def _number(texts: list[str]) -> int:
    """The number of a step that the lesson has."""
    name = st.session_state[LESSON]
    if not texts or not name:
        return 1
    text, most = texts[-1], len(lesson_of(name).steps)
    if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= most:
        return int(text)
    address.note(
        f"This lesson has {most} steps, and “{text[:20]}” is none of them: it opens with the first."
    )
    return 1
