"""A text as the letters of its script: composed, its marks with the letters that they belong to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby

from rnnlab.files.pieces import in_pieces

_PLANES = range(0x300, 0x10000), (*range(0x10000, 0x20000), *range(0xE0000, 0xE1000))
"""Where marks stand in Unicode: in its first plane, which patterns search fast, and in others."""

_LINE_END = re.compile(r"[\x85\u2028\u2029]")
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


def _pattern(belongs: Callable[[int], bool]) -> tuple[str, str]:
    """The pattern of one of these characters, and a class that has all of them, for a search."""
    frequent, rare = (_ranges(number for number in plane if belongs(number)) for plane in _PLANES)
    second = r"\U00010000-\U0001ffff\U000e0000-\U000e0fff"
    return f"(?:[{frequent}]|(?=[{second}])[{rare}])", f"[{frequent}{second}]"


MARK, _ = _pattern(_is_mark)
"""The pattern of what belongs to the letter before it: vowel signs, accents, joiners."""

MOST_MARKS = 30
"""Marks in a row, as in Unicode's stream-safe text (UAX 15); no language has as many."""

_ORDERED, _CANDIDATE = _pattern(lambda number: unicodedata.combining(chr(number)) > 0)
_TOO_MANY = re.compile(
    rf"{_CANDIDATE}(?<={_ORDERED})(?<!{_ORDERED}.){_ORDERED}{{{MOST_MARKS},}}+", re.DOTALL
)
_JOINER = "\u034f"
"""A mark that is not seen, and by which other marks are not put in order."""

_WITH_MARKS = re.compile(f"(?!{MARK}).{MARK}*+", re.DOTALL)
_pieces = in_pieces(f"{MARK}*+")


def composed(text: str) -> str:
    """The text with one way to write each letter (Unicode's form C) and line feeds at line ends.

    What is written and never seen is left out, such as soft hyphens and marks of direction. Among
    very many marks at a letter stands a joiner now and then, since the time to put marks in order
    grows with the square of their number.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    text = _LINE_END.sub("\n", text).replace(_ZERO_WIDTH_SPACE, " ")
    text = _TOO_MANY.sub(_with_joiners, _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text)


def _with_joiners(match: re.Match[str]) -> str:
    marks = match[0]
    return _JOINER.join(marks[k : k + MOST_MARKS] for k in range(0, len(marks), MOST_MARKS))


def signs(text: str) -> list[str]:
    """What a reader of the script takes for one sign each: a letter together with its marks."""
    if text.isascii():
        return list(text)
    return [sign for piece in _pieces(text) for sign in _WITH_MARKS.findall(text, *piece)]
