"""A CSV or TSV file of texts: which columns it has, its rows, and the reviews or texts in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from rnnlab.sentiment.files.reviews import (
    LABELS,
    LONGEST_REVIEW,
    MOST_REVIEWS,
    MOST_TEXTS,
    Reviews,
    ReviewsError,
    Texts,
    check_both_labels,
    check_number,
    checked_text,
    decoded,
)

TEXT, LABEL, FILM = "text", "label", "film"
NAMES = {TEXT: ("text", "review"), LABEL: ("label", "sentiment"), FILM: ("film", "movie", "url")}
"""Names of the columns, the usual one first."""

SEPARATORS = ",;\t"
_LINE = re.compile(r"[^\r\n]+")
SHOWN = 40
"""How many characters of the file an error shows."""

REQUIRED = {
    (TEXT,): "a column text, and label if it is known",
    (TEXT, LABEL): "the columns text and label",
}
"""The columns that a table must have, in words."""


def reviews_in_table(content: bytes, name: str) -> Reviews:
    """The reviews of a table with a header that names at least the columns text and label.

    Commas, semicolons or tabs separate the cells; quotation marks may stand around a text, and
    must where it holds a separator or goes over several lines. Labels are 0 or 1, neg or pos,
    negative or positive. A column film (or movie, url) says which reviews belong together.

    A `ReviewsError` names the line, from 1, in which a row begins that cannot be read.
    """
    table = TextTable.of(content, name, (TEXT, LABEL))
    texts, labels, films = [], [], []
    for place, cells in table.rows():
        labels.append(label_of(table.cell(LABEL, cells), place))
        texts.append(checked_text(table.cell(TEXT, cells), place))
        films.append(table.cell(FILM, cells))
    known_films = tuple(films) if FILM in table.columns.indices else None
    reviews = Reviews(tuple(texts), tuple(labels), name, table.notices, known_films)
    return check_both_labels(reviews)


def texts_in_table(content: bytes, name: str) -> Texts:
    """The texts of a table with a header that names at least the column text.

    It is read like a table of reviews, but the column label may be missing, or empty where nobody
    knows the label; and all labels may be alike.
    """
    table = TextTable.of(content, name, (TEXT,))
    texts, labels = [], []
    for place, cells in table.rows(MOST_TEXTS):
        label = table.cell(LABEL, cells)
        labels.append(label_of(label, place) if label else None)
        texts.append(checked_text(table.cell(TEXT, cells), place))
    if not texts:
        raise ReviewsError(f"'{name}' has no texts; write some below its first line.")
    return Texts(tuple(texts), tuple(labels), name, table.notices)


class Columns(NamedTuple):
    """Where each of `number` cells of a row stands: `indices` are those of the names in `NAMES`."""

    separator: str
    number: int
    indices: Mapping[str, int]


@dataclass(frozen=True)
class TextTable:
    """A table whose first line has been read. `notices` are for the person who gave the file."""

    text: str
    name: str
    columns: Columns
    notices: tuple[str, ...]

    @classmethod
    def of(cls, content: bytes, name: str, required: tuple[str, ...]) -> Self:
        """The table in a file; a `ReviewsError` unless it has the columns that are `required`."""
        text, wrong_line = decoded(content, name)
        notice = (
            f"Line {wrong_line} of '{name}' is not UTF-8, so all of it was read as Windows-1252: "
            "look whether accents are right, and if not, save it as UTF-8."
        )
        notices = () if wrong_line is None else (notice,)
        header = first_line(text)
        if header is None:
            raise ReviewsError(f"'{name}' is empty; give a table with {REQUIRED[required]}.")
        columns = columns_of(header, required)
        if columns is None:
            raise ReviewsError(
                f"The first line of '{name}' is '{header.strip()[:SHOWN]}', but it must name "
                f"{REQUIRED[required]}, with a comma, semicolon or tab between them; write such a "
                "line above the rest."
            )
        return cls(text, name, columns, notices)

    def rows(self, limit: int = MOST_REVIEWS) -> Iterator[tuple[str, list[str]]]:
        """Where each row below the first stands ("Line 3 of 'x.csv'"), and its cells.

        A `ReviewsError` names the line, from 1, in which a row begins that cannot be read; another
        comes if there are more rows than `limit`.
        """
        for number, (line, cells) in enumerate(_rows(self.text, self.columns.separator, self.name)):
            place = f"Line {line} of '{self.name}'"
            if len(cells) < self.columns.number or any(cells[self.columns.number :]):
                raise ReviewsError(
                    f"{place} has {len(cells)} cell{'s' * (len(cells) != 1)}, but the first line "
                    f"has {self.columns.number}; put quotation marks around a text that holds a "
                    "comma, semicolon, tab or line end."
                )
            check_number(number + 1, self.name, limit)
            yield place, cells

    def cell(self, column: str, cells: list[str]) -> str:
        """What a row has in this column, without space around it; "" if the table has none."""
        index = self.columns.indices.get(column)
        return "" if index is None else cells[index].strip()


def first_line(text: str) -> str | None:
    """The first line with something in it."""
    lines = (match.group() for match in _LINE.finditer(text))
    return next((line for line in lines if line.strip()), None)


def columns_of(header: str, required: tuple[str, ...]) -> Columns | None:
    """The columns, by the separator that finds all required ones; None if there is none."""
    for separator in SEPARATORS:
        try:
            cells = next(csv.reader([header], delimiter=separator))
        except csv.Error:  # a line of more than 131,072 characters is no header
            return None
        names = [cell.strip().lower() for cell in cells]
        indices = {
            column: names.index(name)
            for column, accepted in NAMES.items()
            for name in reversed(accepted)  # so that the usual one has the last word
            if name in names
        }
        if indices.keys() >= {*required}:
            return Columns(separator, len(names), indices)
    return None


def label_of(cell: str, place: str) -> int:
    """The label, 1 or 0, that a cell holds; a `ReviewsError` naming its place for anything else."""
    label = LABELS.get(cell.lower())
    if label is None:
        raise ReviewsError(
            f"{place} has the label '{cell[:SHOWN]}'; write 0, neg or negative, or 1, pos or "
            "positive."
        )
    return label


def _rows(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header with something in them, and the line in which each begins."""
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header = True
    while True:
        line = table.line_num + 1
        try:
            row = next(table, None)
        except csv.Error as error:
            raise ReviewsError(
                f"The row that begins in line {line} of '{name}' cannot be read: close its "
                "quotation marks, write those inside its text twice, and keep the text below "
                f"{LONGEST_REVIEW:,} characters."
            ) from error
        if row is None:
            return
        if any(cell.strip() for cell in row):
            if not header:
                yield line, row
            header = False
