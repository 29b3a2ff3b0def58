"""A column of cells as dates and times: how it writes them, and where each stands in time."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from rnnlab.files.stamps import (
    DAY,
    DAY_AND_HOUR,
    HALF,
    MONTH,
    MONTH_AND_NUMBER,
    QUARTER,
    STYLES,
    TIME_OF_DAY,
    WEEK,
    YEAR,
    Stamp,
    stamp,
)

SECONDS_A_DAY = 86_400
TO_THE_SECOND = 5
"""Digits of a day after which nothing is left but rounding."""

SEASON = "season"
DAY_OR_MONTH_FIRST = "31/01/2019"
MONTHS = 12
SEVERAL = 5
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = (DAY, MONTH, YEAR), (MONTH, DAY, YEAR), (YEAR, MONTH, DAY)
ORDERS: dict[str, tuple[tuple[str, ...], ...]] = {
    DAY_OR_MONTH_FIRST: (DAY_FIRST, MONTH_FIRST, YEAR_FIRST),
    "2019-01": ((YEAR, MONTH), (YEAR, SEASON)),
    MONTH_AND_NUMBER: ((YEAR, MONTH), (DAY, MONTH)),
    DAY_AND_HOUR: (YEAR_FIRST,),
}
"""What the numbers of a date may be, in styles where they may be several things."""

CENTURIES = (69, 30, 100, 0)
"""Years of two digits below such a number are of this century; the first is usual."""
ANY_YEARS = 2001, 2000
"""For dates without a year; the second has a 29th of February."""


@dataclass(frozen=True)
class Times:
    """A column of dates: for each the days since the year 1.

    `months` counts months instead, where all dates are of the same day of their month, or the last.
    `sure` is whether they are in order, or could not be read otherwise.
    """

    style: str
    days: tuple[float, ...]
    months: tuple[int, ...] | None = None
    sure: bool = True

    def at(self, places: Sequence[int]) -> Times:
        """Some of them."""
        months = self.months and tuple(self.months[place] for place in places)
        return replace(self, days=tuple(self.days[place] for place in places), months=months)

    @property
    def steady(self) -> tuple[float, ...]:
        """What grows by the same from each date to the next if none is missing."""
        return self.days if self.months is None else self.months

    @property
    def steps(self) -> list[float]:
        """By how much it grows from each to the next."""
        return [round(after - before, TO_THE_SECOND) for before, after in pairwise(self.steady)]


def read_times(cells: Sequence[str]) -> Times | None:
    """The column as dates; None unless all are in one style and days that exist.

    Where a column can be read with the day first or the month first, and in several centuries, the
    reading counts in which the dates are in order, and the steps between them most alike.
    """
    known: list[Stamp] = []
    for cell in cells:
        each = stamp(cell)
        if each is None or (known and each.style != known[0].style):
            return None
        known.append(each)
    if not known:
        return None
    if known[0].style == TIME_OF_DAY:
        return _circular(TIME_OF_DAY, [1] * len(known), [each.seconds for each in known], 1)
    readings = [*_readings(known)]
    if not readings:
        return None
    in_order, _, best = max(
        ((*_evenness(times), times) for _, times in readings), key=lambda each: each[:2]
    )
    if in_order:
        return best
    several = len({order for order, _ in readings}) > 1
    return replace(best, sure=not several and not _mixed(known, best))


def _readings(stamps: Sequence[Stamp]) -> Iterator[tuple[tuple[str, ...], Times]]:
    """The column in every way in which all its dates exist: what their numbers are, and times."""
    style = stamps[0].style
    names = STYLES[style][1] if style in STYLES else (YEAR, MONTH, DAY)
    orders = ORDERS.get(style, (tuple(filter(None, names)),))
    seconds = [each.seconds for each in stamps]
    for order in orders:
        parts = [dict(zip(order, each.numbers, strict=False)) for each in stamps]
        if YEAR not in order:
            yield from ((order, times) for times in _without_years(style, parts, seconds))
            continue
        short = any(len(part[YEAR]) <= 2 for part in parts)
        for century in CENTURIES if short else CENTURIES[:1]:
            dates = [_date(part, century) for part in parts]
            existing = [each for each in dates if each is not None]
            if len(existing) == len(dates):
                yield order, _dated(style, existing, seconds)


def _mixed(stamps: Sequence[Stamp], times: Times) -> bool:
    """Whether dates with a day above 12 are in order, and others not: these may be written the
    other way round.
    """
    if stamps[0].style != DAY_OR_MONTH_FIRST:
        return False
    clear = [
        day
        for each, day in zip(stamps, times.days, strict=True)
        if max(map(int, each.numbers[:2])) > MONTHS
    ]
    return len(clear) >= SEVERAL and clear in (sorted(clear), sorted(clear, reverse=True))


def _without_years(
    style: str, parts: Sequence[dict[str, str]], seconds: Sequence[float]
) -> Iterator[Times]:
    """Days and months, after the last of which comes the first of the next year."""
    for year in ANY_YEARS:
        dates = [_date({**part, YEAR: str(year)}, 0) for part in parts]
        existing = [each.toordinal() for each in dates if each is not None]
        if len(existing) == len(dates):
            yield _circular(
                style, existing, seconds, (date(year, 12, 31) - date(year, 1, 1)).days + 1
            )
            return


def _date(parts: dict[str, str], century: int) -> date | None:
    year = int(parts[YEAR])
    if len(parts[YEAR]) == 2:
        year += 2000 if year < century else 1900
    if len(parts[YEAR]) == 1 or (SEASON in parts and int(parts[SEASON]) != (year + 1) % 100):
        return None
    month = int(parts.get(MONTH, 3 * int(parts.get(QUARTER, "1")) - 2))
    if HALF in parts:
        month = 6 * int(parts[HALF]) - 5
    try:
        if WEEK in parts:
            return date.fromisocalendar(year, int(parts[WEEK]), int(parts.get(DAY, "1")))
        return date(year, month, int(parts.get(DAY, "1")))
    except ValueError:
        return None


def _circular(style: str, days: Sequence[int], seconds: Sequence[float], whole: int) -> Times:
    """Dates that begin anew after so many days: a step of more than half of it is one across."""
    times: list[float] = []
    turns = 0
    for day, second in zip(days, seconds, strict=True):
        each = day + second / SECONDS_A_DAY
        if times and 2 * abs(each + turns - times[-1]) > whole:
            turns += whole if each + turns < times[-1] else -whole
        times.append(each + turns)
    return Times(style, tuple(times))


def _dated(style: str, dates: Sequence[date], seconds: Sequence[float]) -> Times:
    days = tuple(
        each.toordinal() + second / SECONDS_A_DAY
        for each, second in zip(dates, seconds, strict=True)
    )
    monthly = len(set(seconds)) == 1 and (
        len({each.day for each in dates}) == 1
        or all(each.day == monthrange(each.year, each.month)[1] for each in dates)
    )
    return Times(
        style, days, tuple(12 * each.year + each.month for each in dates) if monthly else None
    )


def _evenness(times: Times) -> tuple[bool, float]:
    """Whether the dates are in order, and the share of steps that are as most are."""
    steps = times.steps
    if not steps:
        return True, 1.0
    in_order = all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
    return in_order, Counter(steps).most_common(1)[0][1] / len(steps)
