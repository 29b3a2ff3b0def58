"""A cell as a number: its digits, its marks and what they may be, its sign, exponent and unit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

LONGEST = 40
"""Characters of a number; nothing longer is one."""

CURRENCY = r"[$€£¥₩₹₽₺₫฿\\￥]|US\$|R\$|USD|EUR|CHF|GBP|JPY|CNY|INR|Rs\.?|Fr\.?|kr\.?|zł|Kč|Ft"
MINUS = "−–﹣－-"
"""What stands for a minus; the hyphen last, for sets of characters in patterns."""
SPACES = " \u00a0\u2007\u2009\u202f"
CELL = re.compile(
    rf"""(?P<outside>{CURRENCY})?\s*(?P<opened>\()?\s*
    (?P<sign>[+{MINUS}]?)\s*(?P<before>{CURRENCY})?\s*(?P<inner>[+{MINUS}]?)
    (?P<body>[.,]?[0-9](?:[0-9.,'’{SPACES}]*[0-9.,])?)
    (?P<exponent>[eE][+{MINUS}]?[0-9]{{1,4}})?(?P<behind>[{MINUS}]{{1,2}}|/-)?
    \s*(?P<after>{CURRENCY}|[%‰]
    |°?(?!(?:st|nd|rd|th)\b)[^\W\d_]{{1,6}}[²³.]?(?:/[^\W\d_]{{1,4}}[²³]?)?|°)?
    \s*(?P<closed>\))?""",
    re.VERBOSE,
)
PLAIN = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,19})?")
"""Numbers as programs write them: nearly all, and worth a shorter way."""
DIGITS_AND_MARKS = re.compile(r"[0-9][0-9.,]*[0-9]")
MONEY = re.compile(CURRENCY)
NO_CENTS = "/-"
NOTHING_BUT_MONEY = re.compile(
    rf"(?P<before>{CURRENCY})\s*[{MINUS}]{{1,2}}|[{MINUS}]{{1,2}}\s*(?P<after>{CURRENCY})"
)
"""How spreadsheets show a zero in accounts."""
NO_NUMBER = re.compile(rf"[+{MINUS}]?(nan|inf|infinity)", re.IGNORECASE)
"""What programs write for numbers that are none."""

ONE_SIGN = str.maketrans(dict.fromkeys(SPACES, " ") | {"’": "'"} | dict.fromkeys(MINUS, "-"))

DECIMAL, GROUPS = "decimal", "groups"
"""What a mark does: it stands before the fraction, or between groups of digits."""

FORMS = tuple(
    {decimal: DECIMAL} | ({groups: GROUPS} if groups else {})
    for decimal in ".,"
    for groups in ("", ",", ".", " ", "'")
    if groups != decimal
)


class Written(NamedTuple):
    """A number as it stands in a cell: its digits and marks, its exponent, and its unit."""

    negative: bool
    body: str
    exponent: str
    unit: str

    @property
    def marks(self) -> str:
        """The marks among its digits, in their order."""
        return self.body.translate(_NO_DIGITS)


_ALL_POINTS = str.maketrans(", '", "...")
_NO_DIGITS = str.maketrans("", "", "0123456789")


def written(cell: str) -> Written | None:
    """The number in this cell, which has no space around it; None if there is none."""
    if len(cell) > LONGEST:
        return None
    if DIGITS_AND_MARKS.fullmatch(cell):
        number = Written(False, cell, "", "")
        return number if possible(number) else None
    match = CELL.fullmatch(cell)
    if match is None and (zero := NOTHING_BUT_MONEY.fullmatch(cell)):
        return Written(False, "0", "", zero["before"] or zero["after"])
    if match is None or (match["opened"] is None) != (match["closed"] is None):
        return None
    body = match["body"].translate(ONE_SIGN)
    behind = (match["behind"] or "").translate(ONE_SIGN)
    if behind and (body[-1] in ".," or behind == NO_CENTS):  # 12.– and 12/- are whole prices
        body, behind = body.rstrip(".,"), ""
    signs = (match["sign"] + match["inner"]).translate(ONE_SIGN) + behind
    units = [match[place] for place in ("outside", "before", "after") if match[place]]
    if len(signs) > 1 or (match["opened"] and signs) or len(units) > 1:
        return None
    number = Written(
        signs == "-" or match["opened"] is not None,
        body,
        (match["exponent"] or "").translate(ONE_SIGN),
        units[0] if units else "",
    )
    return number if possible(number) else None


def possible(number: Written) -> frozenset[int]:
    """The forms, by their places in FORMS, in which this is a number."""
    marks = number.marks
    if not marks:
        return EVERY
    if number.exponent and len(marks) == 1:
        return frozenset(n for n, form in enumerate(FORMS) if form.get(marks) == DECIMAL)
    lengths = tuple(map(len, number.body.translate(_ALL_POINTS).split(".")))
    return _possible(marks, lengths, number.body.startswith("0"))


EVERY = frozenset(range(len(FORMS)))
"""All forms, by their places."""


@lru_cache(maxsize=1000)
def _possible(marks: str, lengths: tuple[int, ...], zero: bool) -> frozenset[int]:
    """The forms that allow these marks between groups of so many digits."""
    return frozenset(place for place, form in enumerate(FORMS) if _fits(form, marks, lengths, zero))


def _fits(form: dict[str, str], marks: str, lengths: tuple[int, ...], zero: bool) -> bool:
    if form.get(marks[-1]) == DECIMAL:
        marks, lengths = marks[:-1], lengths[:-1]
    if not marks:
        return True
    if zero or len(set(marks)) > 1 or form.get(marks[0]) != GROUPS:
        return False
    first, *others, last = lengths
    western = 1 <= first <= 3 and all(n == 3 for n in others)
    indian = 1 <= first <= 2 and all(n == 2 for n in others)
    return last == 3 and (western or (indian and marks[0] == ","))
