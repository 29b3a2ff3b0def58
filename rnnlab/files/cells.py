"""What a cell of a table holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rnnlab.files.months import month_of
from rnnlab.files.stamps import stamp
from rnnlab.files.written import NO_NUMBER, PLAIN, written

NUMBER, TIME, TEXT, NOTHING = "number", "time", "text", ""

MISSING = re.compile(
    r"[#(<]?(?:n/?a|n/?v|n\.? ?[ad]\.?|nan|null|none|nil|missing|no data|k\.? ?a\.?)[)>]?"
    r"|#(?:n/a|nv|(?:div|diw)/0|ref|value|wert|bezug|num|zahl|valeur|valor|null|name)[!?]?"
    r"|[-–—.…:?/*_=~]{1,40}",
    re.IGNORECASE,
)
"""How people and programs write that there is no value, or that a calculation gave none."""

_ZEROS = "０٠۰०০๐"
DIGITS = str.maketrans(
    {chr(ord(zero) + digit): str(digit) for zero in _ZEROS for digit in range(10)}
    | dict(zip("．，－＋／：％　٫٬", ".,-+/:% .,", strict=True))
)
"""Digits of other scripts, and the marks between them: full width, Arabic, Persian, Devanagari,
Bengali, Thai."""

SHOWN = 40
"""How many characters of a cell a sentence shows."""


def kind(cell: str) -> str:
    """What a cell without space around it holds: a number, a date or time, a text, or nothing.

    What is infinite counts as a number, which is then refused.
    """
    if not cell:
        return NOTHING
    if PLAIN.fullmatch(cell):
        return NUMBER
    number = written(cell)
    if number is not None:
        return NUMBER if not number.unit or month_of(number.unit.lower()) is None else TIME
    if stamp(cell) is not None:
        return TIME
    if MISSING.fullmatch(cell):
        return NOTHING
    return NUMBER if NO_NUMBER.fullmatch(cell) else TEXT


def as_typed(cell: str) -> str:
    """A cell without what spreadsheets put around numbers, and its number in digits of ASCII."""
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1].strip()
    if cell.startswith("'"):
        cell = cell if kind(cell[1:]) == TEXT else cell[1:]
    if cell.isascii():
        return cell
    plain = cell.translate(DIGITS)
    return plain if plain != cell and kind(plain) in (NUMBER, TIME) else cell


def shown(cells: Sequence[str]) -> str:
    """The cells that are not empty, as a sentence shows them."""
    text = ", ".join(filter(None, cells))
    return f"'{text[:SHOWN]}{'…' * (len(text) > SHOWN)}'"
