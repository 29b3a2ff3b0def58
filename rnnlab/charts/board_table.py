"""A class board as a table to keep: what its teacher sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pandas as pd

from rnnlab.board import BoardView, Tally
from rnnlab.charts.plain_csv import plain_csv

COLUMNS = ("Question", "Lesson", "Step", "Answers", "What", "Value", "How many")


def board_table(board: BoardView) -> pd.DataFrame:
    """A row for each thing that can be said of a question: what, which value, how many.

    Of a question with fewer than five answers it has only how many there are. What somebody wrote
    stands at the end, whether the teacher has nodded or not.
    """
    rows: list[tuple[object, ...]] = [
        (t.question.title, t.question.lesson, t.question.step or None, t.n, *measure)
        for t in board.tallies
        for measure in _measures(t)
    ]
    rows += [("", "", None, None, "written", sentence.text, 1) for sentence in board.waiting]
    # Whole numbers, although some rows have none.
    whole = dict.fromkeys(("Step", "Answers"), "Int64")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(whole)


def board_csv(board: BoardView) -> bytes:
    """The same as a CSV file that any spreadsheet opens and in which it calculates nothing."""
    return plain_csv(board_table(board))


def _measures(tally: Tally) -> Iterator[tuple[str, object, int]]:
    """What a question's answers say: (what, value, how many); in one row that there are some."""
    options = tally.question.options
    yield "answers", "", tally.n
    if tally.guesses or tally.guessed_losses:
        yield "guessed before the result", "", tally.before
        yield "guessed after the result", "", tally.after
    if tally.right:
        yield "right", tally.right, tally.guesses[options.index(tally.right)]
    for what, counts in (("guessed", tally.guesses), ("came of it", tally.learnt)):
        yield from ((what, option, n) for option, n in zip(options, counts, strict=False))
    numbers = {"guessed loss": tally.guessed_losses, "loss": tally.losses, "score": tally.scores}
    for what, ascending in numbers.items():
        yield from ((what, number, len([*same])) for number, same in groupby(ascending))
