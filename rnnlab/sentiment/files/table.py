"""The reviews or texts in a table; rows that cannot be used are named, or counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rnnlab.files.decoding import Decoded
from rnnlab.files.table import Row
from rnnlab.sentiment.files.columns import SHOWN, TextTable
from rnnlab.sentiment.files.escapes import plain_text
from rnnlab.sentiment.files.labels import WRITE, Scale, scale_of
from rnnlab.sentiment.files.names import FILM, LABEL, TEXT
from rnnlab.sentiment.files.reviews import (
    LONGEST_REVIEW,
    MOST_REVIEWS,
    MOST_TEXTS,
    Reviews,
    ReviewsError,
    Texts,
    check_both_labels,
    check_number,
)
from rnnlab.sentiment.known_words import other_language

FEW = 10
"""One in so many rows may be left out, as long as it is told."""


def reviews_in_table(decoded: Decoded, name: str) -> Reviews:
    """The reviews of a table with at least the columns text and label.

    Commas, semicolons, tabs or bars separate the cells; quotation marks may stand around a text,
    and must where it goes over several lines. What labels mean: `scale_of`. A column film (or
    movie, url) says which reviews belong together.

    Rows that cannot be used, and those whose label says neither good nor bad, are left out, and the
    notices say so; a `ReviewsError` if there are many of them.
    """
    table = TextTable.of(decoded.text, name, (TEXT, LABEL))
    rows = _Rows.of(table, MOST_REVIEWS, labelled=True)
    sided = [row for row in rows.usable if row.label is not None]
    n_neither = len(rows.usable) - len(sided)
    neither = (f"{_counted(n_neither, 'is', 'are')} left out: neither good nor bad.",)
    reviews = Reviews(
        tuple(row.text for row in sided),
        tuple(row.label for row in sided if row.label is not None),
        name,
        (*_notices(decoded, rows), *(neither if n_neither else ())),
        tuple(row.film for row in sided) if FILM in table.indices else None,
    )
    return check_both_labels(reviews)


def texts_in_table(decoded: Decoded, name: str) -> Texts:
    """The texts of a table with at least the column text.

    It is read like a table of reviews, but the column label may be missing, or empty where nobody
    knows the label; and all labels may be alike.
    """
    rows = _Rows.of(TextTable.of(decoded.text, name, (TEXT,)), MOST_TEXTS)
    if not rows.usable:
        raise ReviewsError(f"'{name}' has no texts; write some below its first line.")
    texts, labels = zip(*((row.text, row.label) for row in rows.usable), strict=True)
    return Texts(texts, labels, name, _notices(decoded, rows))


def _notices(decoded: Decoded, rows: _Rows) -> tuple[str, ...]:
    language = other_language(row.text for row in rows.usable)
    notices = (decoded.notice, rows.table.notice, rows.scale.notice, *rows.notices, language)
    return tuple(notice for notice in notices if notice)


class UsableRow(NamedTuple):
    """A text, its label if it has one, and the film, "" if nobody says."""

    text: str
    label: int | None
    film: str


class Fault(NamedTuple):
    """Why the row with this number cannot be used, and what to do about it."""

    number: int
    what: str
    advice: str


@dataclass
class _Rows:
    """The rows below the header: those that can be used, and what is wrong with the others."""

    table: TextTable
    labelled: bool
    scale: Scale
    usable: list[UsableRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    n_joined: int = 0
    n_escaped: int = 0

    @classmethod
    def of(cls, table: TextTable, limit: int, *, labelled: bool = False) -> _Rows:
        """Read them all; a `ReviewsError` if too many cannot be used, or there are too many."""
        rows = list(_filled(table, limit))
        read = cls(table, labelled, _scale(table, rows))
        for row, cells, is_joined in rows:
            read._take(row, cells, joined=is_joined)
        if len(read.faults) * FEW > len(rows):
            raise read._refusal(len(rows))
        return read

    @property
    def notices(self) -> tuple[str, ...]:
        """What was joined and what was left out."""
        notices = []
        if self.n_joined:
            notices.append(
                f"{_counted(self.n_joined, 'has', 'have')} separators in the text and no quotation "
                "marks; the text was put together again."
            )
        if self.n_escaped:
            notices.append(
                f"{_counted(self.n_escaped, 'has', 'have')} signs such as &quot; or \\n; they were "
                "read as what they stand for."
            )
        if self.faults:
            number, what, _ = self.faults[0]
            first = "row" if len(self.faults) == 1 else "the first, row"
            left_out = _counted(len(self.faults), "is", "are")
            notices.append(f"{left_out} left out: {first} {number:,} {what}.")
        return tuple(notices)

    def _take(self, row: Row, cells: list[str], *, joined: bool) -> None:
        """One row, with its cells as they fit the columns; none if they do not."""
        label = _cell(self.table, LABEL, cells) if cells else ""
        if not cells or (joined and label and not self.scale.knows(label)):
            self.faults.append(_misfit(row, self.table))
            return
        written = _cell(self.table, TEXT, cells)
        text = plain_text(written).strip()
        fault = _fault_of_text(text) or self._fault_of_label(label)
        if fault is not None:
            self.faults.append(Fault(row.number, *fault))
            return
        self.n_joined += joined
        self.n_escaped += text != written
        known = self.scale.label(label) if label else None
        self.usable.append(UsableRow(text, known, _cell(self.table, FILM, cells)))

    def _fault_of_label(self, label: str) -> tuple[str, str] | None:
        if self.scale.knows(label) if label else not self.labelled:
            return None
        return (f"has the label '{label[:SHOWN]}'" if label else "has no label"), WRITE

    def _refusal(self, n_rows: int) -> ReviewsError:
        number, what, advice = self.faults[0]
        name = self.table.table.name
        if len(self.faults) == 1:
            return ReviewsError(f"Row {number:,} of '{name}' {what}; {advice}.")
        return ReviewsError(
            f"{len(self.faults):,} of the {n_rows:,} rows of '{name}' cannot be used; the first, "
            f"row {number:,}, {what}: {advice}."
        )


def _scale(table: TextTable, rows: list[tuple[Row, list[str], bool]]) -> Scale:
    """What the labels mean, those of joined rows among them unless they make it unclear."""
    every, sure = (
        [
            _cell(table, LABEL, cells)
            for _, cells, joined in rows
            if cells and not (strict and joined)
        ]
        for strict in (False, True)
    )
    try:
        return scale_of(every, table.label)
    except ReviewsError:
        if len(sure) in (0, len(every)):
            raise
        return scale_of(sure, table.label)


def _filled(table: TextTable, limit: int) -> Iterator[tuple[Row, list[str], bool]]:
    """Each row with something in it below the header, its cells as they fit the columns (none if
    they do not), and whether its text had to be joined for that.
    """
    rows = (row for row in table.table.rows() if row.filled)
    for _ in range(table.n_names):
        next(rows, None)
    for number, row in enumerate(rows, 1):
        check_number(number, table.table.name, limit)
        surplus = len(row.cells) - table.width
        if row.fault or surplus < 0:
            yield row, [], False
        elif not any(map(str.strip, row.cells[table.width :])):
            yield row, row.cells[: table.width], False
        elif LABEL in table.indices or table.indices[TEXT] == table.width - 1:
            yield row, _joined(row.cells, table.indices[TEXT], surplus, table), True
        else:
            yield row, [], False


def _joined(cells: list[str], place: int, surplus: int, table: TextTable) -> list[str]:
    """The cells with those put together that a text without quotation marks fell into."""
    separator = table.table.form.separator.strip()
    text = f"{separator} ".join(cells[place : place + surplus + 1])
    return [*cells[:place], text, *cells[place + surplus + 1 :]]


def _cell(table: TextTable, column: str, cells: list[str]) -> str:
    """What a row has in this column, without space around it; "" if the table has none."""
    index = table.indices.get(column)
    return "" if index is None else cells[index].strip()


def _misfit(row: Row, table: TextTable) -> Fault:
    """Why the cells of a row do not fit the columns."""
    if row.fault:
        what, _, advice = row.fault.partition("; ")
        return Fault(row.number, what, advice)
    n = len(row.cells)
    return Fault(
        row.number,
        f"has {n} cell{'s' * (n != 1)}, but the first line has {table.width}",
        "put quotation marks around a text that holds a comma, semicolon, tab or line end",
    )


def _fault_of_text(text: str) -> tuple[str, str] | None:
    """What is wrong with a text, and what to do about it."""
    if not text:
        return "has no text", "write a review there, or leave it out"
    if len(text) > LONGEST_REVIEW:
        what = f"has a text of {len(text):,} characters, but a review may have at most "
        return f"{what}{LONGEST_REVIEW:,}", "shorten it, or leave it out"
    return None


def _counted(n_rows: int, verb: str, verb_of_many: str) -> str:
    return f"1 row {verb}" if n_rows == 1 else f"{n_rows:,} rows {verb_of_many}"
