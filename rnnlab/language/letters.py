"""A text as the letters of its script: composed, its marks with the letters that they belong to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

_PLANES = range(0x300, 0x10000), (*range(0x10000, 0x20000), *range(0xE0000, 0xE1000))
"""Where marks stand in Unicode: in its first plane, which patterns search fast, and in others."""

_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\u00ad\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_ZERO_WIDTH_SPACE = "\u200b"


def _ranges(numbers: Iterable[int]) -> str:
    """The characters with these ascending numbers, as the inside of a class of a pattern."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


def _is_mark(number: int) -> bool:
    joiner, colour_of_skin = 0x200C <= number <= 0x200D, 0x1F3FB <= number <= 0x1F3FF
    return joiner or colour_of_skin or unicodedata.category(chr(number)).startswith("M")


_FREQUENT, _RARE = (_ranges(number for number in plane if _is_mark(number)) for plane in _PLANES)
MARK = rf"(?:[{_FREQUENT}]|(?=[\U00010000-\U0001ffff\U000e0000-\U000e0fff])[{_RARE}])"
"""The pattern of what belongs to the letter before it: vowel signs, accents, joiners."""

_WITH_MARKS = re.compile(f"(?!{MARK}).{MARK}*+", re.DOTALL)


def composed(text: str) -> str:
    """The text with one way to write each letter (Unicode's form C) and line feeds at line ends.

    What is written and never seen is left out, such as soft hyphens and marks of direction.
    """
    text = _LINE_END.sub("\n", text).replace(_ZERO_WIDTH_SPACE, " ")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def signs(text: str) -> list[str]:
    """What a reader of the script takes for one sign each: a letter together with its marks."""
    return _WITH_MARKS.findall(text)
