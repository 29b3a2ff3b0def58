"""Where class boards are kept: what any store of them does.

The lab keeps them in the memory of its one server (`memory.py`). A deployment of several servers
would write another store, on a database that all of them reach, and hand it to the pages in
`rnnlab/ui/server.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from rnnlab.board.answer import Answer
from rnnlab.board.tally import Tally

Stage = Literal["How many", "The guesses", "Guesses and results"]
STAGES: tuple[Stage, ...] = ("How many", "The guesses", "Guesses and results")
"""What the class sees, one after the other: the teacher says when."""


class Keys(NamedTuple):
    """What opens a board: the code for the class, the secret for the teacher."""

    code: str
    secret: str


class Sentence(NamedTuple):
    """What somebody wrote, a sentence or a question, and whether the teacher has nodded."""

    number: int
    text: str
    nodded: bool


@dataclass(frozen=True)
class BoardView:
    """A board as somebody may see it.

    `tallies` are the questions, lessons by their steps and then those with most answers first;
    `sentences` those with the teacher's nod. `waiting` is all that somebody wrote, nodded or not:
    empty for whoever comes by the code. `version` is another one after every change, `hours` is
    how long the board still lives.
    """

    code: str
    stage: Stage
    version: int
    hours: float
    tallies: tuple[Tally, ...] = ()
    sentences: tuple[str, ...] = ()
    waiting: tuple[Sentence, ...] = ()


class BoardStore(Protocol):
    """A store of boards. `visitor` names a browser; every refusal is a `BoardError`."""

    where: str
    """Where its boards live, in one sentence for a teacher."""

    def open(self, visitor: str) -> Keys:
        """A new board."""

    def close(self, secret: str) -> None:
        """Forget a board and all that was handed in."""

    def seen_by_class(self, code: str, visitor: str) -> BoardView:
        """The board of this code."""

    def seen_by_teacher(self, secret: str) -> BoardView:
        """The board of this secret."""

    def hand_in(self, code: str, visitor: str, answer: Answer) -> None:
        """Take an answer; the latest of a visitor to a question counts, with the latest guess and
        sentence that there are.
        """

    def show(self, secret: str, stage: Stage) -> None:
        """Show the class so much from now on."""

    def nod(self, secret: str, number: int, nodded: bool) -> None:
        """Show what somebody wrote under this number, or hide it."""

    def subscribe(self, code: str, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` in some thread after every change; the result ends that."""
