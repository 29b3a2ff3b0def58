"""Which columns of a table hold texts and labels: by their names, or by what is in them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rnnlab.files.table import NONE, SEPARATOR_LINE, SEPARATORS, Table
from rnnlab.sentiment.files.labels import PREFIX, scale_of
from rnnlab.sentiment.files.reviews import LINE_END, ReviewsError

TEXT, LABEL, FILM = "text", "label", "film"
NAMES = {
    TEXT: (
        *("text", "review", "sentence", "content", "comment"),
        *("tweet", "body", "message", "phrase"),
    ),
    LABEL: (
        *("label", "sentiment", "polarity", "class", "target"),
        *("stars", "rating", "score", "overall"),
    ),
    FILM: ("film", "movie", "url"),
}
"""Words that name the columns, the usual one first; others may stand before them: review_text."""
MOST_PARTS = 3
"""Words of a name."""

REQUIRED = {
    (TEXT,): "a column text, and label if it is known",
    (TEXT, LABEL): "the columns text and label",
}
"""The columns that a table must have, in words."""

SAMPLE = 1_000
"""Rows by which columns without names are told."""
MOST_COLUMNS = 1_000
MUCH_LONGER = 3
"""Times as long as any other column is that of the texts."""
SHOWN = 40
"""How many characters of the file an error shows."""

_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_FIRST_SIGN = re.compile(r"\S")
_TO_LINE_END = re.compile(r"[^\r\n]*+")
_FAST_TEXT = re.compile(rf"\s*{PREFIX}\w")


@dataclass(frozen=True)
class TextTable:
    """A table of texts, where its columns are, and whether the first row only names them.

    `label` is what the file calls that column, "" if it has no name.
    """

    table: Table
    indices: Mapping[str, int]
    width: int
    named: bool
    label: str = ""

    @classmethod
    def of(cls, text: str, name: str, required: tuple[str, ...]) -> TextTable:
        """The table in a text; a `ReviewsError` unless it has the columns that are `required`."""
        first = first_line(text)
        if first is None:
            raise ReviewsError(f"'{name}' is empty; give a table with {REQUIRED[required]}.")
        if _FAST_TEXT.match(first):
            return _of_fast_text(text, name)
        table = _named(first, text, name, required) or _unnamed(text, name, required)
        if table is None:
            raise ReviewsError(
                f"The first line of '{name}' is '{first.strip()[:SHOWN]}', but it must name "
                f"{REQUIRED[required]}, with a comma, semicolon or tab between them; write such a "
                "line above the rest."
            )
        return table


def first_line(text: str) -> str | None:
    """The first line with something in it, behind one that only names the separator."""
    named = SEPARATOR_LINE.match(text)
    start = named.end() if named else 0
    sign = _FIRST_SIGN.search(text, start)
    if sign is None:
        return None
    start = max(start, 1 + max(text.rfind(end, start, sign.start()) for end in "\r\n"))
    return _TO_LINE_END.match(text, start)[0]


def columns_of(header: str, required: tuple[str, ...]) -> tuple[str, list[str]] | None:
    """The separator and the cells of a line that names all required columns, or None."""
    for separator in (*SEPARATORS, NONE):
        cells = [header.strip()] if separator == NONE else _cells(header, separator)
        if (
            cells is not None
            and len(cells) <= MOST_COLUMNS
            and _indices(cells).keys() >= {*required}
        ):
            return separator, cells
    return None


def _named(first: str, text: str, name: str, required: tuple[str, ...]) -> TextTable | None:
    columns = columns_of(first, required)
    if columns is None:
        return None
    separator, cells = columns
    indices = _indices(cells)
    table = Table.of(text, name, separator)
    label = cells[indices[LABEL]].strip() if LABEL in indices else ""
    return TextTable(table, indices, len(cells), named=True, label=label)


def _cells(header: str, separator: str) -> list[str] | None:
    try:
        return next(csv.reader([header], delimiter=separator))
    except csv.Error:  # a line of more than 131,072 characters is no header
        return None


def _indices(cells: Sequence[str]) -> dict[str, int]:
    """Where the columns are that these names tell."""
    indices = {}
    for column, words in NAMES.items():
        ranked = sorted(_ranked(cells, words))
        if ranked:
            indices[column] = ranked[0][-1]
    return indices


def _ranked(cells: Sequence[str], words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The names that end in one of these words: how many stand before it, which it is, and where.

    A line that is but one cell is a name only if it is the word itself.
    """
    for index, cell in enumerate(cells):
        parts = [part.lower() for part in _NAME_PART.findall(cell)] if len(cell) < SHOWN else []
        most = 1 if len(cells) == 1 or words is NAMES[FILM] else MOST_PARTS
        if 1 <= len(parts) <= most and parts[-1] in words:
            yield len(parts), words.index(parts[-1]), index


def _unnamed(text: str, name: str, required: tuple[str, ...]) -> TextTable | None:
    """A table whose columns have no names: one has labels only, and one the longest cells."""
    if LABEL not in required:
        return None
    for table in Table.ranked(text, name):
        rows = _first_rows(table) if 2 <= table.width <= MOST_COLUMNS else []
        if not rows:
            continue
        columns = list(zip(*rows, strict=True))
        labels = [index for index, cells in enumerate(columns) if _are_labels(cells)]
        lengths = sorted((sum(map(len, cells)), index) for index, cells in enumerate(columns))
        longest, second = lengths[-1][0], lengths[-2][0]
        if len(labels) == 1 and (table.width == 2 or longest >= MUCH_LONGER * second):
            place = 1 - labels[0] if table.width == 2 else lengths[-1][1]
            indices = {TEXT: place, LABEL: labels[0]}
            return TextTable(table, indices, table.width, named=False)
    return None


def _first_rows(table: Table) -> list[list[str]]:
    rows = []
    for row in table.rows():
        if len(row.cells) == table.width:
            rows.append(row.cells)
            if len(rows) == SAMPLE:
                break
    return rows


def _are_labels(cells: Sequence[str]) -> bool:
    """Whether all cells are labels, and not all the same."""
    try:
        scale = scale_of(cells)
    except ReviewsError:
        return False
    return len({*cells}) > 1 and all(map(scale.knows, cells))


def _of_fast_text(text: str, name: str) -> TextTable:
    """A file for fastText: on each line a label, a space, and the text."""
    rows = "\n".join(
        "\t".join(line.strip().replace("\t", " ").split(" ", 1)) for line in LINE_END.split(text)
    )
    return TextTable(Table.of(rows, name, "\t"), {LABEL: 0, TEXT: 1}, 2, named=False)
