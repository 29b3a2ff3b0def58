"""A cell as a date or time: the numbers in it, and the style in which they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rnnlab.files.months import month_of

LONGEST = 80
"""Characters of a date; nothing longer is one."""

CLOCK = re.compile(
    r"""(?:^|(?<=[0-9])T|[\s,]+)
    (?P<hour>[01]?[0-9]|2[0-4]):(?P<minute>[0-5][0-9])
    (?::(?P<second>[0-6][0-9](?:[.,][0-9]{1,9})?))?
    \s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:Uhr|h)?
    \s*(?P<zone>Z|[A-Z]{3,5})?(?P<offset>[+−-][0-9]{2}(?::?[0-9]{2})?)?
    $""",
    re.VERBOSE,
)
ZONES = {
    "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "JST": 9, "KST": 9, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""Hours that clocks are before UTC where they go by these names; of others it does not matter."""

YEAR, MONTH, DAY, QUARTER, HALF, WEEK = "year", "month", "day", "quarter", "half", "week"
_QUARTER = r"(?:[QTK]|кв)"
STYLES = {
    "2019-01-31": (r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", (YEAR, "", MONTH, DAY)),
    "31/01/2019": (r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2'?([0-9]{4}|[0-9]{2})", ()),
    "2019-01": (r"([0-9]{4})[-/]([0-9]{1,2})", (YEAR, MONTH)),
    "2019-2020": (r"([0-9]{4})[-–/]([0-9]{4})", (YEAR,)),
    "01/2019": (r"([0-9]{1,2})[-/.]([0-9]{4})", (MONTH, YEAR)),
    "2019.01": (r"([0-9]{4})\.([01][0-9])", (YEAR, MONTH)),
    "20190131": (r"([0-9]{4})([0-9]{2})([0-9]{2})", (YEAR, MONTH, DAY)),
    "201901": (r"([0-9]{4})([0-9]{2})", (YEAR, MONTH)),
    "2019": (r"([0-9]{4})", (YEAR,)),
    "2019M01": (r"([0-9]{4})[- ]?M([0-9]{1,2})", (YEAR, MONTH)),
    "2019Q1": (rf"([0-9]{{4}})[-/. ]?{_QUARTER}([1-4])", (YEAR, QUARTER)),
    "2019-1Q": (rf"([0-9]{{4}})[-/. ]?([1-4])[-. ]?{_QUARTER}", (YEAR, QUARTER)),
    "Q1 2019": (
        rf"{_QUARTER}[. ]?([1-4])[-/., ']*([0-9]{{4}}|[0-9]{{2}})",
        (QUARTER, YEAR),
    ),
    "1Q 2019": (
        r"([1-4])(?:st|nd|rd|th|er|e|\.|º|-й)? ?"
        r"(?:Q|T|кв|Quart(?:al|er)|trim(?:est(?:re|er))?|квартал)[-/., ']*([0-9]{4}|[0-9]{2})",
        (QUARTER, YEAR),
    ),
    "2019H1": (r"([0-9]{4})[-/. ]?[HS]([12])", (YEAR, HALF)),
    "H1 2019": (r"[HS]([12])[-/., ]*([0-9]{4})", (HALF, YEAR)),
    "2019-W05-1": (r"([0-9]{4})-?W([0-9]{2})-?([1-7])", (YEAR, WEEK, DAY)),
    "2019-W05": (r"([0-9]{4})[-/. ]*(?:W|KW|CW|wk|week)[. ]?([0-9]{1,2})", (YEAR, WEEK)),
    "W05 2019": (
        r"(?:W|KW|CW|wk|week|woche|sem|semaine|semana)[-. ]*([0-9]{1,2})[-/., ]+([0-9]{4})",
        (WEEK, YEAR),
    ),
    "5. KW 2019": (r"([0-9]{1,2})\.? ?(?:KW|Woche)[-/., ]*([0-9]{4})", (WEEK, YEAR)),
}  # fmt: skip
"""How dates without the name of a month are written: a pattern, and what its groups are."""

TIME_OF_DAY = "12:30"
DAY_AND_HOUR = "2019013112"

NUMBERS_TOO = frozenset({"2019", "201901", "20190131", "2019.01", DAY_AND_HOUR})
"""Styles in which a date looks like a number."""

IN_WORDS = "31 Jan 2019"
MONTH_AND_YEAR = "Jan 2019"
MONTH_AND_NUMBER = "Jan 19"
"""With the name of a month: of a number below 100 beside it only other rows tell what it is."""

_DIGIT = re.compile("[0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_ONES = str.maketrans("023456789", "1" * 9)
_USUAL = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_COMPACT = re.compile(
    r"((?:1[89]|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[T_:-]?"
    r"(?P<hour>[01][0-9]|2[0-4])(?P<minute>[0-5][0-9])?(?P<second>[0-5][0-9])?Z?"
)
_WORDS = re.compile(r"[^\W\d_]+|[0-9]+")
_REMARK = re.compile(r"(?<=[^\s(\[])\s*(?:\([^()]*\)|\[[^\[\]]*\])$")
_SPACED = re.compile(r"(?<=[-/.])\s+")
_BESIDE = re.compile(r"[^\W\d_]{1,10}[.,]*\s+(?=[0-9])|(?<=[0-9])\s+[^\W\d_]{1,10}\.?")
_RANGE = re.compile(r"(.{4,30}?[0-9.])(?:\s+(?:-|–|to|bis|au|until)\s+|/|\s?–\s?)(.*[0-9].*)")
_CHINESE = str.maketrans(
    {"年": "-", "月": "-", "日": None, "号": None, "년": "-", "월": "-", "일": None}
)
_PATTERNS = tuple(
    (style, re.compile(pattern, re.IGNORECASE)) for style, (pattern, _) in STYLES.items()
)
LEFT_OUT = {"of", "de", "st", "nd", "rd", "th", "den", "the", "le", "er", "г", "року", "roku"}
"""Words beside the name of a month."""
WEEKDAYS = re.compile(
    "mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lu|ma|me|je|ve|sá|ju|vi|gi|seg|ter|qu|sex|"
    "woe|vrij|za|zo|mån|tis|ons|tor|lör|sön|lør|søn|po|wt|śr|cz|pi|nie|út|st|čt|pá|ne|"
    "пн|вт|ср|чт|пт|сб|вс|пон|чет|пят|суб|вос"
)
"""How the days of the week begin; "mar" is March, too."""


class Stamp(NamedTuple):
    """A date as it is written: its style, the numbers in it, and the seconds of its day."""

    style: str
    numbers: tuple[str, ...]
    seconds: float = 0.0


def stamp(cell: str) -> Stamp | None:
    """The date or time of day in this cell, which has no space around it; None if there is none.

    Of a span of time it is the beginning.
    """
    if len(cell) > LONGEST or not _DIGIT.search(cell):
        return None
    usual = _USUAL.fullmatch(cell)
    if usual is not None:
        return Stamp("2019-01-31", usual.groups())
    at_once = _stamp(cell)
    if at_once is None and (span := _RANGE.fullmatch(cell)):
        ends = [_stamp(each) for each in span.groups()]
        return None if None in ends else ends[0]
    return at_once


def _stamp(cell: str) -> Stamp | None:
    if cell[-1] in ")]":
        cell = _REMARK.sub("", cell)
    compact = _COMPACT.fullmatch(cell)
    if compact is not None:
        return Stamp(DAY_AND_HOUR, compact.groups()[:3], _seconds(compact))
    clock, seconds = CLOCK.search(cell) if ":" in cell else None, 0.0
    if clock is not None:
        hour, of_half = int(clock["hour"]), clock["half"]
        seconds = _seconds(clock) - _ahead(clock)
        if of_half:
            seconds += 3600 * (hour % 12 + 12 * (of_half[0] in "pP") - hour)
        cell = cell[: clock.start()]
        if not cell:
            return Stamp(TIME_OF_DAY, (), seconds)
    if not cell.isascii():
        cell = cell.translate(_CHINESE)
    cell = _SPACED.sub("", cell).strip("-. ")
    return _in_numbers(cell, seconds) or _in_words(cell, seconds)


def _seconds(clock: re.Match[str]) -> float:
    second = float((clock["second"] or "0").replace(",", "."))
    return 3600 * int(clock["hour"]) + 60 * int(clock["minute"] or "0") + second


def _ahead(clock: re.Match[str]) -> float:
    """By how many seconds this clock is before UTC."""
    offset = (clock["offset"] or "").replace("−", "-").replace(":", "")
    if not offset:
        return 3600.0 * ZONES.get(clock["zone"] or "", 0)
    minutes = 60 * int(offset[1:3]) + int(offset[3:] or "0")
    return (-60.0 if offset[0] == "-" else 60.0) * minutes


def _in_numbers(cell: str, seconds: float) -> Stamp | None:
    """A date in numbers, beside which the day of its week may stand."""
    ones = cell.translate(_ONES)
    for style, pattern in _PATTERNS if _LETTER.search(ones) else _without_letters(ones):
        match = pattern.fullmatch(cell)
        if match:
            numbers = tuple(group for group in match.groups() if group.isdigit())
            return Stamp(style, numbers, seconds)
    beside = _BESIDE.search(cell)
    if beside is None or (beside.start() and beside.end() < len(cell)):
        return None
    alone = cell[: beside.start()] + cell[beside.end() :]
    whole = _in_numbers(alone, seconds) if not _BESIDE.search(alone) else None
    return whole if whole is not None and len(whole.numbers) == 3 else None


@lru_cache(maxsize=500)
def _without_letters(ones: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The styles that a cell may have whose digits are all made ones; few differ in more.

    Whatever has letters is not kept: it may be of a person.
    """
    return tuple((style, pattern) for style, pattern in _PATTERNS if pattern.fullmatch(ones))


def _in_words(cell: str, seconds: float) -> Stamp | None:
    """A date with the name of its month, before which the day of its week may stand."""
    words = [word for word in _WORDS.findall(cell.lower()) if word not in LEFT_OUT]
    numbers = [word for word in words if not word.isalpha()]
    names = [word for word in words if word.isalpha()]
    if len(names) == 2 and WEEKDAYS.match(names[0]):
        names = names[1:]
    month = month_of(names[0]) if len(names) == 1 else None
    if month is None or not 1 <= len(numbers) <= 2:
        return None
    *days, year = sorted(numbers, key=len) if len(numbers[0]) > 2 else numbers
    if len(year) not in (1, 2, 4) or any(len(day) > 2 for day in days) or (days and len(year) == 1):
        return None
    style = IN_WORDS if days else MONTH_AND_YEAR if len(year) == 4 else MONTH_AND_NUMBER
    return Stamp(style, (year, str(month), *days), seconds)
