"""Reviews from a table: a CSV or TSV file with the columns text and label."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from rnnlab.sentiment.reviews import (
    LABELS,
    LONGEST_REVIEW,
    Reviews,
    ReviewsError,
    counted,
    fitting,
    of_both_kinds,
)
from rnnlab.sentiment.text_file import decoded

TEXT = ("text", "review")
LABEL = ("label", "sentiment")
FILM = ("film", "movie", "url")
"""Names of the columns, the usual one first."""

SEPARATORS = ",;\t"
_LINE = re.compile(r"[^\r\n]+")
SHOWN = 40
"""How many characters of the file an error shows."""


@dataclass(frozen=True)
class Columns:
    """Where each row has its text, its label and its film (None if that is not told)."""

    separator: str
    number: int
    text: int
    label: int
    film: int | None

    @classmethod
    def of(cls, header: str, separator: str) -> Self | None:
        """The columns that the first line names; None if text or label is missing."""
        names = [cell.strip().lower() for cell in next(csv.reader([header], delimiter=separator))]
        text, label, film = (_first(names, known) for known in (TEXT, LABEL, FILM))
        if text is None or label is None:
            return None
        return cls(separator, len(names), text, label, film)


def reviews_in_table(content: bytes, name: str) -> Reviews:
    """The reviews of a table with a header that names at least the columns text and label.

    Commas, semicolons or tabs separate the cells; quotation marks may stand around a text, and
    must where it holds a separator or goes over several lines. Labels are 0 or 1, neg or pos,
    negative or positive. A column film (or movie, url) says which reviews belong together.

    A `ReviewsError` names the line, from 1, in which a row begins that cannot be read.
    """
    text, wrong_line = decoded(content, name)
    columns = _columns(text, name)
    rows = []
    for line, row in _rows(text, columns.separator, name):
        rows.append(_review(row, columns, f"Line {line} of '{name}'"))
        counted(len(rows), name)
    texts, labels, films = zip(*rows, strict=True) if rows else ((), (), ())
    notices = []
    if wrong_line is not None:
        notices.append(
            f"Line {wrong_line} of '{name}' is not UTF-8, so all of it was read as Windows-1252: "
            "look whether accents are right, and if not, save it as UTF-8."
        )
    told = columns.film is not None
    return of_both_kinds(Reviews(texts, labels, name, tuple(notices), films if told else None))


def _first(names: list[str], known: tuple[str, ...]) -> int | None:
    return next((names.index(one) for one in known if one in names), None)


def _columns(text: str, name: str) -> Columns:
    lines = (found.group() for found in _LINE.finditer(text))
    header = next((line for line in lines if line.strip()), None)
    if header is None:
        raise ReviewsError(f"'{name}' is empty; give a table with the columns text and label.")
    for separator in SEPARATORS:
        try:
            if columns := Columns.of(header, separator):
                return columns
        except csv.Error:  # a line of more than 131,072 characters is no header
            break
    raise ReviewsError(
        f"The first line of '{name}' is '{header.strip()[:SHOWN]}', but it must name the columns "
        "text and label, with a comma, semicolon or tab between them; write such a line above the "
        "rest."
    )


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


def _review(row: list[str], columns: Columns, place: str) -> tuple[str, int, str]:
    """The text, label and film of a row."""
    if len(row) < columns.number or any(row[columns.number :]):
        raise ReviewsError(
            f"{place} has {len(row)} cells, but the first line has {columns.number}; put quotation "
            "marks around a text that holds a comma, semicolon, tab or line end."
        )
    label = LABELS.get(row[columns.label].strip().lower())
    if label is None:
        raise ReviewsError(
            f"{place} has the label '{row[columns.label].strip()[:SHOWN]}'; write 0, neg or "
            "negative, or 1, pos or positive."
        )
    film = "" if columns.film is None else row[columns.film].strip()
    return fitting(row[columns.text], place), label, film
