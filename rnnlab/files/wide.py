"""Tables whose values stand side by side: dates along the top, months in columns, a single line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rnnlab.errors import FileError
from rnnlab.files.cells import NUMBER, TEXT, kind
from rnnlab.files.dates import Times, read_times
from rnnlab.files.months import month_of
from rnnlab.files.stamps import NUMBERS_TOO, stamp
from rnnlab.files.table import Row

FEWEST_DATES = 10
LAST_TITLE = 30
"""Rows after which no dates along the top are looked for."""
MOST_SERIES = 500
A_YEAR = range(1, 13)
YEARS = "2019"
YEAR = re.compile(r"[0-9]{4}")


class Lengthened(NamedTuple):
    """A table with a value a row, and a sentence that says what it was.

    `turned` is whether its rows are columns of the file.
    """

    rows: list[Row]
    notice: str
    turned: bool = True


def lengthened(rows: Sequence[Row], fewest_values: int, name: str) -> Lengthened | None:
    """The table with the values below each other; None if they are so already.

    A table that has too few rows for a series is read along its rows if these are long enough. A
    `FileError` if there are too many series.
    """
    widest = 0
    for place, row in enumerate(rows[:LAST_TITLE]):
        n_above, widest = widest, max(widest, len(row.cells))
        months = _months_along(row.cells)
        if months is not None:
            return _by_month(rows[place + 1 :], row.cells, months)
        dates = _dates_along(row.cells)
        if dates and n_above < len(row.cells):
            return _turned(rows[place + 1 :], row, dates, name)
    return _along_lines(rows, fewest_values)


def _dates_along(cells: Sequence[str]) -> list[int]:
    """The places of dates that follow each other along a row; none if there are few."""
    if len(cells) < FEWEST_DATES:
        return []
    places = [place for place, cell in enumerate(cells) if cell and stamp(cell) is not None]
    if len(places) < FEWEST_DATES or 2 * len(places) < len([*filter(None, cells)]):
        return []
    times = read_times([cells[place] for place in places])
    if times is None or (times.style in NUMBERS_TOO and places[0] == 0):
        return []
    return places if _follow(times) else []


def _follow(times: Times) -> bool:
    """Whether dates follow each other, and those that may be other numbers step by step."""
    steps = times.steps
    if times.style in NUMBERS_TOO:
        return set(steps) in ({12}, {-12}) or (times.style != YEARS and len(set(steps)) == 1)
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _turned(
    below: Sequence[Row], header: Row, dates: Sequence[int], name: str
) -> Lengthened | None:
    """A column for each row with numbers under the dates."""
    series = [
        row
        for row in below
        if any(kind(row.cells[place]) == NUMBER for place in dates if place < len(row.cells))
    ]
    if not series:
        return None
    if len(series) > MOST_SERIES:
        raise FileError(
            f"'{name}' has {len(series):,} series, one in each row, but the lab takes at most "
            f"{MOST_SERIES}; leave some out."
        )
    under = set(dates)
    names = [
        ", ".join(cell for place, cell in enumerate(row.cells) if cell and place not in under)
        for row in series
    ]
    columns = [[*row.cells, *[""] * len(header.cells)] for row in series]
    body = [
        Row(place + 1, [header.cells[place], *(cells[place] for cells in columns)])
        for place in dates
    ]
    notice = f"The dates run along row {header.number}: the lab reads each row as a series."
    return Lengthened([Row(header.number, ["date", *names]), *body], notice)


def _months_along(cells: Sequence[str]) -> int | None:
    """The place of the first of twelve months that follow each other in the names of columns."""
    months = [month_of(cell.lower().strip(".")) for cell in cells]
    for place in range(1, len(cells) - len(A_YEAR) + 1):
        if months[place : place + len(A_YEAR)] == [*A_YEAR]:
            return place
    return None


def _by_month(below: Sequence[Row], names: Sequence[str], first: int) -> Lengthened | None:
    """A row for each month, where each row has the year in front of twelve months."""
    body = []
    for row in below:
        years = [
            cell for cell in row.cells[:first] if (date := stamp(cell)) and date.style == "2019"
        ]
        if len(years) == 1:
            values = [*row.cells[first : first + len(A_YEAR)], *[""] * len(A_YEAR)]
            body += [
                Row(row.number, [f"{years[0]}-{month:02d}", values[month - 1]]) for month in A_YEAR
            ]
    if not body:
        return None
    label = f"{names[first]} to {names[first + len(A_YEAR) - 1]}"
    notice = f"{label} stand side by side: the lab reads them row by row, one value a month."
    return Lengthened([Row(body[0].number - 1, ["month", label]), *body], notice, False)


def _along_lines(rows: Sequence[Row], fewest_values: int) -> Lengthened | None:
    """A column for each long row of numbers, if there are few rows."""
    lines = [row for row in rows if len(row.cells) >= fewest_values]
    if not lines or len(rows) >= fewest_values:
        return None
    series = [
        row for row in lines if sum(kind(cell) == NUMBER for cell in row.cells) >= fewest_values
    ]
    if not series:
        return None
    width = max(len(row.cells) for row in series)
    first = max(_n_texts(row.cells) for row in series)
    columns = [[*row.cells, *[""] * (width - len(row.cells))] for row in series]
    names = [", ".join(filter(None, cells[:first])) for cells in columns]
    body = [Row(place + 1, [cells[place] for cells in columns]) for place in range(first, width)]
    notice = "The values stand side by side: the lab reads them along the row."
    return Lengthened([*([Row(0, names)] if any(names) else []), *body], notice)


def _n_texts(cells: Sequence[str]) -> int:
    """How many cells at the beginning end with a text."""
    kinds = [kind(cell) for cell in cells]
    first = next((place for place, each in enumerate(kinds) if each == NUMBER), 0)
    return next((place for place in range(first, 0, -1) if kinds[place - 1] == TEXT), 0)
