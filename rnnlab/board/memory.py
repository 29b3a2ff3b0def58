"""The store of a single server: boards in its memory, each for a day, within limits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count

from rnnlab.board.answer import Answer
from rnnlab.board.attempts import Attempts
from rnnlab.board.code import SIGNS, as_code, digest, new_code, new_secret
from rnnlab.board.question import Question
from rnnlab.board.store import STAGES, BoardView, Keys, Sentence, Stage
from rnnlab.board.tally import FEWEST, Tally
from rnnlab.errors import BoardError

UNREAD = Question("A question that waits for your teacher's nod", ())
"""What the class sees instead of a question that is not in the lab's words, before the nod."""

DAY = 24 * 3600.0
MOST_BOARDS, MOST_OF_A_VISITOR = 60, 5
IDLE = 2 * 3600.0
"""Seconds after which a board to which nobody came makes room for a new one."""

MOST_ANSWERS, MOST_QUESTIONS = 400, 12
"""Answers of a board, and questions that a visitor may answer: a lesson has up to six, and runs
with other settings are others. An answer takes less than 2 kB."""

HAND_INS = 10
"""Of a visitor within a minute."""

MINUTE = 60.0
WRONG_CODES, OF_ALL = 10, 600
"""Codes without a board that a visitor, and all together, may try within a minute. With 60 boards
open, somebody who tries 600 a minute meets the first one after 17 days on average."""


@dataclass
class _Handed:
    """An answer as it lies there: the number of its sentence, and whether that may be shown."""

    answer: Answer
    number: int
    nodded: bool = False


@dataclass
class _Typed:
    """A question that is not in the lab's words: its number, and whether the class may read it."""

    number: int
    nodded: bool = False


@dataclass
class _Board:
    code: str
    opener: str
    opened_at: float
    used_at: float
    stage: Stage = STAGES[0]
    version: int = 0
    handed: dict[tuple[str, Question], _Handed] = field(default_factory=dict)
    typed: dict[Question, _Typed] = field(default_factory=dict)
    guests: set[str] = field(default_factory=set)
    listeners: list[Callable[[], None]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


class MemoryBoards:
    """Boards in the memory of this process; any thread may ask. What is asked of it, store.py says.

    `clock` tells seconds. Who looked at a board once finds it again whatever others try.
    """

    where = (
        "The board lives in the memory of this one server for a day: a restart ends it, and where "
        "several servers share an address, only this one knows its code."
    )

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._by_code: dict[str, _Board] = {}
        self._by_secret: dict[bytes, _Board] = {}
        self._wrong = Attempts(WRONG_CODES, OF_ALL, MINUTE, clock)
        self._hand_ins = Attempts(HAND_INS, MOST_BOARDS * MOST_ANSWERS, MINUTE, clock)

    def open(self, visitor: str) -> Keys:
        """A new board; one to which nobody came for two hours makes room for it."""
        with self._lock:
            self._forget_old()
            if sum(b.opener == visitor for b in self._by_code.values()) >= MOST_OF_A_VISITOR:
                raise BoardError(
                    f"You have {MOST_OF_A_VISITOR} boards open, which is the most: close one first."
                )
            if len(self._by_code) >= MOST_BOARDS:
                self._make_room()
            code = next(code for code in iter(new_code, "") if code not in self._by_code)
            secret, now = new_secret(), self._clock()
            board = _Board(code, visitor, now, now)
            self._by_code[code] = self._by_secret[digest(secret)] = board
            return Keys(code, secret)

    def close(self, secret: str) -> None:
        """Forget a board, its answers and its secret."""
        with self._changed(self._of_teacher, secret) as board:
            self._drop(board)

    def seen_by_class(self, code: str, visitor: str) -> BoardView:
        """What the class may see; who tries code after code has to wait."""
        with self._lock:
            return self._view(self._of_class(code, visitor))

    def seen_by_teacher(self, secret: str) -> BoardView:
        """The same, with every sentence that waits for a nod."""
        with self._lock:
            return self._view(self._of_teacher(secret), teacher=True)

    def hand_in(self, code: str, visitor: str, answer: Answer) -> None:
        """Take an answer; guess and sentence stay until others come; a sentence needs a new nod."""
        with self._changed(self._of_class, code, visitor) as board:
            before = board.handed.get((visitor, answer.question))
            self._check_room(board, visitor, is_new=before is None)
            number = next(board.numbers)
            self._hand_ins.note(visitor, (code, number))
            handed = _Handed(answer, number)
            if before is not None:
                handed = _after(before, handed)
            board.handed[visitor, answer.question] = handed
            if answer.question.typed and answer.question not in board.typed:
                board.typed[answer.question] = _Typed(next(board.numbers))
            board.used_at = self._clock()

    def show(self, secret: str, stage: Stage) -> None:
        """Show the class so much from now on."""
        if stage not in STAGES:
            raise BoardError(f"A board shows one of: {', '.join(STAGES)}.")
        with self._changed(self._of_teacher, secret) as board:
            board.stage = stage

    def nod(self, secret: str, number: int, nodded: bool) -> None:
        """Show or hide what somebody wrote; what was replaced meanwhile is left alone."""
        with self._changed(self._of_teacher, secret) as board:
            written: list[_Handed | _Typed] = [*board.handed.values(), *board.typed.values()]
            for sentence in written:
                if sentence.number == number:
                    sentence.nodded = nodded

    def subscribe(self, code: str, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` after every change of the board."""
        with self._lock:
            board = self._by_code.get(code)
            if board is not None:
                board.listeners.append(changed)

        def end() -> None:
            with self._lock, suppress(ValueError):
                if board is not None:
                    board.listeners.remove(changed)

        return end

    @contextmanager
    def _changed(self, find: Callable[..., _Board], *names: str) -> Iterator[_Board]:
        """A board that is changed inside, and tells those who look at it afterwards."""
        with self._lock:
            board = find(*names)
            yield board
            board.version += 1
            listeners = tuple(board.listeners)
        for listener in listeners:
            listener()

    def _of_class(self, code: str, visitor: str) -> _Board:
        self._forget_old()
        if as_code(code) is None:
            raise BoardError(f"This is no code of a class board: a code has {SIGNS}.")
        board = self._by_code.get(code)
        if board is not None and visitor in board.guests:
            return board
        if self._wrong.full(visitor):
            raise BoardError("Too many wrong codes were tried just now: wait a minute.")
        if board is None:
            self._wrong.note(visitor, code)
            raise BoardError(
                f"There is no board {code} on this server: it may be closed, older than a day, or "
                "the code mistyped."
            )
        if len(board.guests) < MOST_ANSWERS:
            board.guests.add(visitor)
        return board

    def _of_teacher(self, secret: str) -> _Board:
        self._forget_old()
        board = self._by_secret.get(digest(secret))
        if board is None:
            raise BoardError("This board is not there any more: it was closed, or its day is over.")
        board.used_at = self._clock()
        return board

    def _check_room(self, board: _Board, visitor: str, *, is_new: bool) -> None:
        """Raise a `BoardError` if the visitor, or the board, has handed in as much as can be."""
        if self._hand_ins.full(visitor):
            raise BoardError(f"You handed in {HAND_INS} times within a minute: wait a little.")
        n = sum(whose == visitor for whose, _ in board.handed) if is_new else 0
        if n >= MOST_QUESTIONS:
            raise BoardError(f"You may hand in answers to {MOST_QUESTIONS} questions, not more.")
        if is_new and len(board.handed) >= MOST_ANSWERS:
            raise BoardError(f"The board is full: it holds {MOST_ANSWERS} answers.")

    def _view(self, board: _Board, *, teacher: bool = False) -> BoardView:
        asked: dict[Question, list[_Handed]] = {}
        for (_, question), handed in board.handed.items():
            asked.setdefault(question, []).append(handed)
        place = STAGES.index(board.stage)
        tallies = [
            Tally(UNREAD, len(those))
            if question in board.typed and not (teacher or board.typed[question].nodded)
            else Tally.of(question, [h.answer for h in those], guesses=place > 0, results=place > 1)
            for question, those in asked.items()
        ]
        # Of fewer than five the class is only told how many they are: nothing of what they wrote.
        visible = [h for those in asked.values() if len(those) >= FEWEST for h in those]
        typed = [Sentence(t.number, _in_words(q), t.nodded) for q, t in board.typed.items()]
        return BoardView(
            board.code,
            board.stage,
            board.version,
            (board.opened_at + DAY - self._clock()) / 3600,
            tuple(sorted(tallies, key=_order)),
            tuple(sentence.text for sentence in _sentences(visible) if sentence.nodded),
            (*typed, *_sentences(board.handed.values())) if teacher else (),
        )

    def _make_room(self) -> None:
        board = min(self._by_code.values(), key=lambda board: board.used_at)
        if board.used_at > self._clock() - IDLE:
            raise BoardError(
                f"This server has {MOST_BOARDS} boards in use, which is the most: try again later."
            )
        self._drop(board)

    def _forget_old(self) -> None:
        for board in tuple(self._by_code.values()):
            if board.opened_at <= self._clock() - DAY:
                self._drop(board)

    def _drop(self, board: _Board) -> None:
        self._by_code = {code: b for code, b in self._by_code.items() if b is not board}
        self._by_secret = {key: b for key, b in self._by_secret.items() if b is not board}


def _after(before: _Handed, new: _Handed) -> _Handed:
    """What lies there once the same visitor has handed in anew."""
    old, answer = before.answer, new.answer
    if not answer.guessed:
        guess = {"guess": old.guess, "guessed_loss": old.guessed_loss, "before": old.before}
        answer = replace(answer, **guess)  # type: ignore[arg-type]
    if answer.sentence in ("", old.sentence):
        return replace(before, answer=replace(answer, sentence=old.sentence))
    return replace(new, answer=answer)


def _order(tally: Tally) -> tuple[bool, str, int, int]:
    """Lessons go by their steps; the others, and those about one step, by how many answers."""
    question = tally.question
    return (not question.lesson, question.lesson, question.step, -tally.n)


def _in_words(question: Question) -> str:
    """A typed question with what can be guessed."""
    options = "" if question.task is not None else f" ({' / '.join(question.options)})"
    return f"{question.text}{options}"


def _sentences(those: Iterable[_Handed]) -> tuple[Sentence, ...]:
    """What they wrote, in the order in which it came."""
    sentences = (Sentence(h.number, h.answer.sentence, h.nodded) for h in those)
    return tuple(sorted(sentence for sentence in sentences if sentence.text))
