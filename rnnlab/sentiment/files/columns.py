"""Which columns of a table hold texts and labels: by their names, or by what is in them."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from rnnlab.files.table import NONE, SEPARATOR_LINE, SEPARATORS, Table
from rnnlab.sentiment.files.contents import Contents
from rnnlab.sentiment.files.labels import plain_label
from rnnlab.sentiment.files.lines import FAST_TEXT, fast_text, labelled_lines
from rnnlab.sentiment.files.names import LABEL, NAMES, TEXT, named
from rnnlab.sentiment.files.records import are_records, table_of_records
from rnnlab.sentiment.files.reviews import ReviewsError

REQUIRED = {
    (TEXT,): "a column text, and label if it is known",
    (TEXT, LABEL): "the columns text and label",
}
"""The columns that a table must have, in words."""

MOST_COLUMNS, MOST_WITHOUT_NAMES = 1_000, 200
FEW = 10
"""Rows of which each one counts."""
SHOWN = 40
"""How many characters of the file an error shows."""

_FIRST_SIGN = re.compile(r"\S")
_LINE_END = re.compile(r"[\r\n]")
_NUMBER = re.compile(r"[0-9]+", re.ASCII)


@dataclass(frozen=True)
class TextTable:
    """A table of texts, where its columns are, and how many rows at its top only name them.

    `label` is what the file calls that column, "" if it has no name. `notice` says which columns
    were taken, where their names do not.
    """

    table: Table
    indices: Mapping[str, int]
    width: int
    n_names: int
    label: str = ""
    notice: str | None = None

    @classmethod
    def of(cls, text: str, name: str, required: tuple[str, ...]) -> TextTable:
        """The table in a text; a `ReviewsError` unless it has the columns that are `required`."""
        first = first_line(text)
        if first is None:
            raise ReviewsError(f"'{name}' is empty; give a table with {REQUIRED[required]}.")
        if are_records(text):
            return _of_records(text, name, required)
        if FAST_TEXT.match(first):
            return cls(fast_text(text, name), {LABEL: 0, TEXT: 1}, 2, n_names=0)
        table = (
            _named(first, text, name, required)
            or _of_lines(text, name, SEPARATORS)
            or _by_contents(text, name, required)
            or _of_lines(text, name, ": ")
        )
        if table is None:
            raise ReviewsError(
                f"The first line of '{name}' is '{first.strip()[:SHOWN]}', but it must name "
                f"{REQUIRED[required]}, with a comma, semicolon or tab between them; write such a "
                "line above the rest."
            )
        return table


def first_line(text: str) -> str | None:
    """The first line with something in it, behind one that only names the separator."""
    separator = SEPARATOR_LINE.match(text)
    start = separator.end() if separator else 0
    sign = _FIRST_SIGN.search(text, start)
    if sign is None:
        return None
    start = max(start, 1 + max(text.rfind(end, start, sign.start()) for end in "\r\n"))
    end = _LINE_END.search(text, start)
    return text[start : end.start() if end else len(text)]


def columns_of(header: str, required: tuple[str, ...]) -> tuple[str, list[str]] | None:
    """The separator and the cells of a line that names all required columns, or None."""
    for separator in (*SEPARATORS, NONE):
        cells = [header.strip()] if separator == NONE else _cells(header, separator)
        if cells is None or len(cells) > MOST_COLUMNS:
            continue
        if all(named(cells, column) for column in required):
            return separator, cells
    return None


def _named(first: str, text: str, name: str, required: tuple[str, ...]) -> TextTable | None:
    columns = columns_of(first, required)
    if columns is None:
        return None
    separator, cells = columns
    table = Table.of(text, name, separator)
    if _rows_are_numbered(table, len(cells)):
        cells = ["", *cells]
    return _with_names(table, cells, required, n_names=1)


def _with_names(
    table: Table, cells: Sequence[str], required: tuple[str, ...], *, n_names: int
) -> TextTable:
    """The table whose columns have these names, text among them."""
    indices = {column: places[0] for column in NAMES if (places := named(cells, column))}
    notice = None
    label, sure = _label_of(table, named(cells, LABEL), n_names, indices[TEXT], required)
    if label is not None:
        indices[LABEL] = label
        notice = None if sure else _notice(cells, indices[TEXT], label)
    of_label = cells[indices[LABEL]].strip() if LABEL in indices else ""
    return TextTable(table, indices, len(cells), n_names, of_label, notice)


def _label_of(
    table: Table, labels: list[int], n_names: int, text: int, required: tuple[str, ...]
) -> tuple[int | None, bool]:
    """The column of labels, and whether its name says so: of several the first that holds some.

    Where the named one is empty, or there is none, another that holds words of praise and blame.
    """
    contents = Contents.of(table, leave_out=n_names, everywhere=False)
    if not contents.columns:
        return (labels[0] if labels else None), True
    fitting = [index for index in labels if index < len(contents.columns)]
    for index in fitting:
        if contents.are_labels(index):
            return index, True
    if not labels or all(map(contents.is_empty, fitting)):
        unnamed = contents.label(needed=LABEL in required)
        if unnamed is not None and unnamed != text:
            return unnamed, False
    return (labels[0] if labels else None), True


def _rows_are_numbered(table: Table, n_names: int) -> bool:
    """Whether the rows have a cell more than the names, their number, as R writes them."""
    rows = [row for row in islice(table.rows(), 1, 50) if row.filled]
    numbers = [row.cells[0].strip() for row in rows if len(row.cells) == n_names + 1]
    return len(numbers) == len(rows) > 1 and all(
        _NUMBER.fullmatch(number) and int(number) == int(numbers[0]) + place
        for place, number in enumerate(numbers)
        if len(number) < SHOWN
    )


def _of_records(text: str, name: str, required: tuple[str, ...]) -> TextTable:
    keys, table = table_of_records(text, name)
    if all(named(keys, column) for column in required):
        return _with_names(table, keys, required, n_names=0)
    places = _columns_in(table, 0, required)
    if places is None:
        raise ReviewsError(
            f"The objects of '{name}' have the keys {', '.join(keys)[:SHOWN]}, but they must have "
            f"{REQUIRED[required].replace('column', 'key')}; call them so."
        )
    text_index, label, _ = places
    indices = {TEXT: text_index, LABEL: label}
    notice = _notice(keys, text_index, label)
    return TextTable(table, indices, len(keys), 0, keys[label], notice)


def _of_lines(text: str, name: str, separators: str) -> TextTable | None:
    table = labelled_lines(text, name, separators)
    return None if table is None else TextTable(table, {LABEL: 0, TEXT: 1}, 2, n_names=0)


def _by_contents(text: str, name: str, required: tuple[str, ...]) -> TextTable | None:
    """A table by what is in its columns; its first row names them, or is a row like the others."""
    for table in Table.ranked(text, name):
        rows = [*islice((row for row in table.rows() if row.filled), FEW)]
        if not 2 <= table.width <= MOST_WITHOUT_NAMES:
            continue
        if not rows or len(rows[0].cells) != table.width:
            continue
        places = _columns_in(table, 1, required)
        if places is None and len(rows) < FEW:  # too few without the first to tell
            places = _columns_in(table, 0, required)
        if places is None:
            continue
        first = rows[0].cells
        text_index, label, labels = places
        indices = {TEXT: text_index, LABEL: label}
        has_names = named([first[text_index], ""], TEXT)
        if not has_names and plain_label(first[label]) in labels:
            notice = f"Of its columns, number {text_index + 1} was read as the text and "
            notice += f"number {label + 1} as the label."
            return TextTable(table, indices, table.width, 0, "", notice)
        notice = _notice(first, text_index, label)
        return TextTable(table, indices, table.width, 1, first[label].strip(), notice)
    return None


def _columns_in(
    table: Table, leave_out: int, required: tuple[str, ...]
) -> tuple[int, int, set[str]] | None:
    """The columns of texts and labels by what is in them, and its labels; None if it has none."""
    contents = Contents.of(table, leave_out=leave_out)
    label = contents.label(needed=LABEL in required)
    text = None if label is None else contents.text(label)
    if label is None or text is None:
        return None
    return text, label, set(map(plain_label, contents.columns[label]))


def _notice(names: Sequence[str], text: int, label: int) -> str:
    text_name, label_name = (names[index].strip()[:SHOWN] for index in (text, label))
    return f"“{text_name}” was read as the text and “{label_name}” as the label."


def _cells(header: str, separator: str) -> list[str] | None:
    try:
        return next(csv.reader([header], delimiter=separator))
    except csv.Error:  # a line of more than 131,072 characters is no header
        return None
