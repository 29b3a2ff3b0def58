"""The rows of a table of numbers, whatever separates their cells, with a value in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rnnlab.errors import FileError
from rnnlab.files.cells import NOTHING, NUMBER, TIME, as_typed, kind
from rnnlab.files.commas import rejoined
from rnnlab.files.table import EMPTY, NONE, SEPARATORS, SPACES, Row, Table
from rnnlab.files.wide import lengthened
from rnnlab.rules.own_series import FEWEST_VALUES

MOST_ROWS = 100_000
MOST_COLUMNS = 500

SAMPLE = 500
"""Rows by which one sees what separates cells."""

LIST = re.compile(r"\s*\[([-+0-9.,eE\s]*)\][\s,;]*")
"""Numbers as programs print a list of them."""
NO_TABLE = (
    (re.compile(r'\s*(?:\{\s*"|\[\s*[\[{])'), "JSON"),
    (re.compile(r"\s*<[!?a-zA-Z]"), "a web page or XML"),
)
"""How texts begin that are no tables, and what they are."""


class Rows(NamedTuple):
    """The rows of a file, without space around their cells, and a sentence if they were changed.

    `turned` is whether they are columns of the file.
    """

    name: str
    separator: str
    rows: list[Row]
    notice: str | None = None
    turned: bool = False


def rows_of(text: str, name: str) -> Rows:
    """The rows in this text; a `FileError` if it is no table, or too large."""
    kind_of_text = next((kind for pattern, kind in NO_TABLE if pattern.match(text)), None)
    if kind_of_text is not None:
        raise FileError(f"'{name}' is {kind_of_text}, not a table; save what it shows as CSV.")
    if in_brackets := LIST.fullmatch(text):
        text = in_brackets[1]
    table, rows = _table_of(text, name)
    separator = table.form.separator
    longer = lengthened(rows, FEWEST_VALUES, name)
    if longer is not None:
        return Rows(name, separator, longer.rows, longer.notice, longer.turned)
    if any(len(row.cells) > MOST_COLUMNS for row in rows):
        raise _too_large(name)
    joined = None
    if separator == ",":
        first = (place for place, row in enumerate(rows) if any(map(is_value, row.cells)))
        rows, joined = rejoined(rows, next(first, len(rows)), name)
    return Rows(name, separator, [row.trimmed for row in rows], joined)


def _table_of(text: str, name: str) -> tuple[Table, list[Row]]:
    """The table in this text and its rows; where no sign separates cells, spaces may."""
    table = Table.of(text, name)
    rows = _filled(table)
    if _share_of_values(rows) > 0.5:
        return table, rows
    if " " in text.strip():
        spaced = Table.of(text, name, SPACES)
        if spaced.width > 1 and not any(row.fault for row in spaced.rows()):
            rows_with_spaces = _filled(spaced)
            if _share_of_values(rows_with_spaces) > 0.5:
                return spaced, rows_with_spaces
    quoted = table.form.separator == NONE and text.count('"') >= len(rows)
    if quoted and 2 * sum(map(_holds_several, rows)) > len(rows):
        table = Table.of("\n".join(row.cells[0] for row in rows if row.cells), name)
        return table, _filled(table)
    if table.form.separator == NONE and "," in text:
        table = Table.of(text, name, ",")  # so many rows are cut that no width is usual
        rows = _filled(table)
    return table, rows


def _holds_several(row: Row) -> bool:
    """Whether the first cell of a row holds what separates cells, as if it was quoted whole."""
    return any(sign in cell for cell in row.cells[:1] for sign in SEPARATORS)


def _share_of_values(rows: Sequence[Row]) -> float:
    """The share of some rows that have as many cells as most have, each a number or a date."""
    rows = rows[:: 1 + len(rows) // SAMPLE]
    widths = Counter(
        len(row.cells)
        for row in rows
        if (kinds := {kind(cell) for cell in row.cells}) <= {NUMBER, TIME, NOTHING}
        and NUMBER in kinds
    )
    return max(widths.values(), default=0) / len(rows)


def _filled(table: Table) -> list[Row]:
    """The rows from the first to the last with something in them, without space around cells."""
    rows = []
    for row in table.rows():
        if row.number > MOST_ROWS:
            raise _too_large(table.name)
        if row.fault:
            raise FileError(f"Row {row.number} of '{table.name}' {row.fault}.")
        rows.append(Row(row.number, [as_typed(cell.strip()) for cell in row.cells]))
    filled = [place for place, row in enumerate(rows) if row.filled]
    if not filled:
        raise FileError(EMPTY.format(table.name))
    return rows[filled[0] : filled[-1] + 1]


def _too_large(name: str) -> FileError:
    return FileError(
        f"'{name}' has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns, which is the most "
        "the lab takes; leave some out."
    )


def is_value(cell: str) -> bool:
    """Whether a cell holds a number or a date."""
    return kind(cell) in (NUMBER, TIME)
