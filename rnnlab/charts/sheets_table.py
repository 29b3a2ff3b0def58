"""The table of sheets that were handed in, to see and to keep."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from rnnlab.board.sheet_file import SheetRow
from rnnlab.charts.plain_csv import plain_csv

COLUMNS = (
    "File", "Question", "Guess", "Guessed loss", "Loss", "Learnt", "Best possible", "Updates",
    "Sentence", "Settings", "Trouble",
)  # fmt: skip


def sheets_table(rows: Sequence[SheetRow]) -> pd.DataFrame:
    """A row for each file; of one that could not be read, its name and why."""
    return pd.DataFrame([_cells(row) for row in rows], columns=list(COLUMNS))


def sheets_csv(rows: Sequence[SheetRow]) -> bytes:
    """The same as a CSV file that any spreadsheet opens and in which it calculates nothing."""
    return plain_csv(sheets_table(rows))


def _cells(row: SheetRow) -> tuple[object, ...]:
    if row.sheet is None:
        return (row.name, "", "", None, None, "", None, None, "", "", row.trouble)
    answer, settings = row.sheet.answer, row.sheet.settings
    task = answer.question.task
    return (
        row.name,
        answer.question.title,
        answer.guess or "",
        answer.guessed_loss,
        answer.loss,
        answer.learnt,
        task.best if task is not None and task.bits else None,
        row.sheet.updates,
        answer.sentence,
        ", ".join(f"{name} {value}" for name, value in settings.to_query().items()) or "defaults",
        row.trouble,
    )
