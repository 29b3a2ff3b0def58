"""Which columns of a table say when its rows are, and what they say as one text a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

from rnnlab.files.dates import Times, read_times
from rnnlab.files.layout import Layout
from rnnlab.files.months import month_of
from rnnlab.files.stamps import DAY, MONTH, NUMBERS_TOO, QUARTER, TIME_OF_DAY, WEEK, YEAR, stamp
from rnnlab.files.written import PLAIN

DAY_OF_YEAR, HOUR, MINUTE = "day of the year", "hour", "minute"
PARTS = {
    YEAR: "year yr yyyy jahr année annee año anno ano år rok год 年",
    QUARTER: "quarter qtr q quartal trimestre kvartal квартал",
    MONTH: "month mo mon mm period monat mois mes mese mês måned månad miesiąc месяц 月",
    WEEK: "week wk kw woche semaine semana settimana vecka",
    DAY_OF_YEAR: "doy yday dayofyear day_of_year",
    DAY: "day dd tag jour día dia giorno dag dzień день 日",
    HOUR: "hour hr hh h stunde heure hora ora timme",
    MINUTE: "minute min minuto",
}
"""Names of columns that hold a part of a date each."""
NAMED = {name: part for part, names in PARTS.items() for name in names.split()}

PART = re.compile(r"(?:[MQTW]|KW|Q\.)? ?([0-9]{1,4})", re.IGNORECASE)

CLOCK_NAME = re.compile(
    r"(time|timestamp|date|datetime|unix|epoch|elapsed|zeit|datum|temps|tiempo|tempo)"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
"""Names of columns of numbers that grow with the time, and what may stand after them."""
SHORT_NAMES = {"t", "x"}
UNIX = (9e8, 4e9)
"""Seconds since 1970 of the years 1998 to 2096."""
NUMBER = "number"

FEW = 0.1
"""The share of steps that may be wider or narrower than usual."""


class TimeColumns(NamedTuple):
    """The places of the columns that say when the rows are, what they say, and what that means.

    `times` is None if it cannot be read; and without such columns.
    """

    places: tuple[int, ...] = ()
    cells: Sequence[str] = ()
    times: Times | None = None

    def at(self, places: Sequence[int]) -> TimeColumns:
        """The same at some of the rows only."""
        times = self.times.at(places) if self.times else None
        return self._replace(
            cells=[self.cells[n] for n in places] if self.cells else (), times=times
        )


def time_columns_of(layout: Layout) -> TimeColumns:
    """When the rows of a table are."""
    in_parts = _in_parts(layout)
    if in_parts is not None:
        return in_parts
    clocks: list[int] = []
    dates: list[int] = []
    for place in layout.times:
        stamps = [stamp(cell) for cell in layout.column(place)]
        is_clock = all(each is None or each.style == TIME_OF_DAY for each in stamps)
        (clocks if is_clock else dates).append(place)
    if dates:
        rows = zip(*map(layout.column, dates[:1] + clocks[:1]), strict=True)
        cells = [" ".join(row).strip() for row in rows]
        return TimeColumns(tuple(dates + clocks), cells, read_times(cells))
    for place in clocks:
        times = read_times(layout.column(place))
        if times is not None and _one_way(times.steps):
            return TimeColumns((place,), layout.column(place), times)
    for place in layout.numbers if len(layout.numbers) > 1 else ():
        cells = layout.column(place)
        times = _in_a_number(layout.names[place], cells)
        if times is not None:
            return TimeColumns((place,), cells, times)
    return TimeColumns()


def _in_parts(layout: Layout) -> TimeColumns | None:
    """The time in columns such as year and month, if they are there and all other than numbers."""
    places: dict[str, int] = {}
    for place, name in enumerate(layout.names):
        places.setdefault(NAMED.get(name.lower(), ""), place)
    places.pop("", None)
    whole = next((part for part in (MONTH, QUARTER, WEEK, DAY_OF_YEAR) if part in places), None)
    if YEAR not in places or whole is None:
        return None
    parts = [YEAR, whole]
    if whole == MONTH and DAY in places:
        parts.append(DAY)
    if whole == DAY_OF_YEAR or DAY in parts:
        parts += [part for part in (HOUR, MINUTE) if part in places]
    if MINUTE in parts and HOUR not in parts:
        parts.remove(MINUTE)
    columns = [[_part(part, cell) for cell in layout.column(places[part])] for part in parts]
    rows = [dict(zip(parts, row, strict=True)) for row in zip(*columns, strict=True)]
    cells = [_composed(row) for row in rows]
    times = read_times(cells)
    if times is None or set(layout.numbers) <= {places[part] for part in parts}:
        return None
    return TimeColumns(tuple(places[part] for part in parts), cells, times)


def _part(part: str, cell: str) -> int | None:
    """The number in a cell that holds a part of a date; a month may have its name."""
    number = PART.fullmatch(cell)
    if number is not None:
        return int(number[1])
    return month_of(cell.lower().strip(".")) if part == MONTH else None


def _composed(row: dict[str, int | None]) -> str:
    """A date made of its parts, as text; "" if one is missing."""
    if None in row.values():
        return ""
    year, clock = row[YEAR], ""
    if HOUR in row:
        clock = f" {row[HOUR]:02d}:{row.get(MINUTE, 0):02d}"
    if DAY_OF_YEAR in row:
        day = date(min(max(year or 1, 1), 9000), 1, 1) + timedelta(days=(row[DAY_OF_YEAR] or 1) - 1)
        return f"{day}{clock}"
    if QUARTER in row:
        return f"{year:04d}Q{row[QUARTER]}"
    if WEEK in row:
        return f"{year:04d}-W{row[WEEK]:02d}"
    days = f"-{row[DAY]:02d}" if DAY in row else ""
    return f"{year:04d}-{row[MONTH]:02d}{days}{clock}"


def _in_a_number(name: str, cells: Sequence[str]) -> Times | None:
    """The time in a column of numbers, such as years or seconds; None if they tell none."""
    times = read_times(cells)
    if times is not None and times.style in NUMBERS_TOO:
        return times if NAMED.get(name.lower()) == YEAR or _even(times.steps) else None
    if not all(map(PLAIN.fullmatch, cells)):
        return None
    numbers = [float(cell) for cell in cells]
    times = Times(NUMBER, tuple(numbers))
    since_1970 = any(
        UNIX[0] <= min(numbers) / unit and max(numbers) / unit <= UNIX[1]
        for unit in (1, 1e3, 1e6, 1e9)
    )
    strictly = _one_way(times.steps) and 0 not in times.steps
    if CLOCK_NAME.match(name):
        return times if strictly else None
    may_be = since_1970 or name.lower() in SHORT_NAMES
    return times if strictly and may_be and _even(times.steps) else None


def _one_way(steps: Sequence[float]) -> bool:
    return all(step >= 0 for step in steps) or all(step <= 0 for step in steps)


def _even(steps: Sequence[float]) -> bool:
    """Whether nearly all steps are the same, and no standstill."""
    usual = median(steps) if steps else 0.0
    return usual != 0 and steps.count(usual) >= (1 - FEW) * len(steps)
