"""Cells as dates and times: how a whole column writes them, and where each stands in time."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product
from typing import NamedTuple

LONGEST = 40
"""Characters of a date; nothing longer is one."""

SECONDS_A_DAY = 86_400

CLOCK = re.compile(
    r"""(?:^|(?<=[0-9])T|[\s,]+)
    (?P<hour>[0-2]?[0-9]):(?P<minute>[0-5][0-9])(?::(?P<second>[0-6][0-9](?:[.,][0-9]{1,9})?))?
    \s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?$""",
    re.VERBOSE,
)

YEAR, MONTH, DAY = "year", "month", "day"
STYLES = {
    "2019-01-31": (r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", (YEAR, "", MONTH, DAY)),
    "31/01/2019": (r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})", ()),
    "2019-01": (r"([0-9]{4})[-/]([0-9]{1,2})", (YEAR, MONTH)),
    "01/2019": (r"([0-9]{1,2})[-/.]([0-9]{4})", (MONTH, YEAR)),
    "2019.01": (r"([0-9]{4})\.([01][0-9])", (YEAR, MONTH)),
    "20190131": (r"([0-9]{4})([0-9]{2})([0-9]{2})", (YEAR, MONTH, DAY)),
    "201901": (r"([0-9]{4})([0-9]{2})", (YEAR, MONTH)),
    "2019": (r"([0-9]{4})", (YEAR,)),
    "2019M01": (r"([0-9]{4})[- ]?M([0-9]{1,2})", (YEAR, MONTH)),
    "2019Q1": (r"([0-9]{4})[-/ ]?Q([1-4])", (YEAR, "quarter")),
    "Q1 2019": (r"Q([1-4])[-/ ]?([0-9]{4})", ("quarter", YEAR)),
    "2019-W05": (r"([0-9]{4})-?W([0-9]{1,2})", (YEAR, "week")),
}
"""How dates without the name of a month are written: a pattern, and what its groups are."""

TIME_OF_DAY = "12:30"

NUMBERS_TOO = frozenset({"2019", "201901", "20190131", "2019.01"})
"""Styles in which a date looks like a number."""

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = (DAY, MONTH, YEAR), (MONTH, DAY, YEAR), (YEAR, MONTH, DAY)
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
CENTURIES = (69, 30, 100, 0)
"""Years of two digits below such a number are of this century; the first is usual."""

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan gen ene", "feb fév fev", "mar mär mrz maa", "apr avr abr", "may mai mag mei",
            "jun juin giu", "jul juil lug", "aug aoû aou ago", "sep set", "okt oct ott out",
            "nov", "dec dez déc dic",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
"""How the names of months begin in seven languages."""

LEFT_OUT = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|of|de|st|nd|rd|th)\b"
    r"|(?<=[0-9])(?:st|nd|rd|th)\b"
)
_USUAL = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WORDS = re.compile(r"[^\W\d_]+|[0-9]+")
_CHINESE = str.maketrans({"年": "-", "月": "-", "日": None, "号": None})
_PATTERNS = tuple(
    (style, re.compile(pattern, re.IGNORECASE)) for style, (pattern, _) in STYLES.items()
)


class Stamp(NamedTuple):
    """A date as it is written: its style, the numbers in it, and the seconds of its day."""

    style: str
    numbers: tuple[str, ...]
    seconds: float = 0.0


@dataclass(frozen=True)
class Times:
    """A column of dates: for each the days since the year 1.

    `months` counts months instead, where all dates are of the same day of their month, or the last.
    """

    style: str
    days: tuple[float, ...]
    months: tuple[int, ...] | None = None

    @property
    def steady(self) -> tuple[float, ...]:
        """What grows by the same from each date to the next if none is missing."""
        return self.days if self.months is None else self.months


def stamp(cell: str) -> Stamp | None:
    """The date or time of day in this cell, which has no space around it; None if there is none."""
    if len(cell) > LONGEST or not any(map(str.isdigit, cell)):
        return None
    usual = _USUAL.fullmatch(cell)
    if usual is not None:
        return Stamp("2019-01-31", usual.groups())
    clock, seconds = CLOCK.search(cell), 0.0
    if clock is not None:
        hour = int(clock["hour"]) % (12 if clock["half"] else 24)
        hour += 12 * (clock["half"] or "").lower().startswith("p")
        second = float((clock["second"] or "0").replace(",", "."))
        seconds = 3600 * hour + 60 * int(clock["minute"]) + second
        cell = cell[: clock.start()]
        if not cell:
            return Stamp(TIME_OF_DAY, (), seconds)
    cell = cell.translate(_CHINESE).strip("- ")
    for style, pattern in _PATTERNS:
        match = pattern.fullmatch(cell)
        if match:
            return Stamp(
                style, tuple(group for group in match.groups() if group.isdigit()), seconds
            )
    return _with_a_name(cell, seconds)


def _with_a_name(cell: str, seconds: float) -> Stamp | None:
    """A date with the name of its month."""
    words = _WORDS.findall(LEFT_OUT.sub(" ", cell.lower()))
    months = [MONTHS.get(word[:4]) or MONTHS.get(word[:3]) for word in words if word.isalpha()]
    numbers = [word for word in words if not word.isalpha()]
    if len(months) != 1 or months[0] is None or not 1 <= len(numbers) <= 2:
        return None
    *days, year = sorted(numbers, key=len) if len(numbers[0]) > 2 else numbers
    if len(year) not in (2, 4) or any(len(day) > 2 for day in days):
        return None
    return Stamp(f"{'31 ' * len(days)}Jan 2019", (year, str(months[0]), *days), seconds)


def read_times(cells: Sequence[str]) -> Times | None:
    """The column as dates; None unless all are in one style and days that exist.

    Where a column can be read with the day first or the month first, and in several centuries, the
    reading counts in which the dates are in order, and the steps between them most alike.
    """
    known: list[Stamp] = []
    for cell in cells:
        each = stamp(cell)
        if each is None or each.style == TIME_OF_DAY or (known and each.style != known[0].style):
            return None
        known.append(each)
    return max(_readings(known), key=_evenness, default=None) if known else None


def _readings(stamps: Sequence[Stamp]) -> Iterator[Times]:
    """The column in every way in which all its dates exist."""
    style = stamps[0].style
    orders: tuple[tuple[str, ...], ...]
    if style == "31/01/2019":
        orders = ORDERS if all(len(each.numbers[2]) == 2 for each in stamps) else ORDERS[:2]
    else:
        names = STYLES[style][1] if style in STYLES else (YEAR, MONTH, DAY)
        orders = (tuple(filter(None, names)),)
    short = any(len(each.numbers[names.index(YEAR)]) == 2 for names in orders for each in stamps)
    for names, century in product(orders, CENTURIES if short else CENTURIES[:1]):
        dates = [_date(dict(zip(names, each.numbers, strict=False)), century) for each in stamps]
        existing = [each for each in dates if each is not None]
        if len(existing) == len(dates):
            yield _times(style, existing, [each.seconds for each in stamps])


def _date(parts: dict[str, str], century: int) -> date | None:
    year = int(parts[YEAR])
    if len(parts[YEAR]) == 2:
        year += 2000 if year < century else 1900
    month = int(parts.get(MONTH, 3 * int(parts.get("quarter", "1")) - 2))
    try:
        if "week" in parts:
            return date.fromisocalendar(year, int(parts["week"]), 1)
        return date(year, month, int(parts.get(DAY, "1")))
    except ValueError:
        return None


def _times(style: str, dates: Sequence[date], seconds: Sequence[float]) -> Times:
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
    steps = [after - before for before, after in pairwise(times.steady)]
    if not steps:
        return True, 1.0
    in_order = all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
    return in_order, Counter(steps).most_common(1)[0][1] / len(steps)
