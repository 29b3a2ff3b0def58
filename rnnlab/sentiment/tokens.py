"""The words of a text, each with its place, as Keras cut the film reviews of IMDB into words.

There a word is what stands between spaces and the signs !"#$%&()*+,-./:;<=>?@[\\]^_`{|}~, in lower
case; apostrophes belong to it wherever they stand. Here, for what people type and paste:

- whatever is neither letter, digit, accent nor apostrophe parts words: “ ” — … and emoji as well;
- curly apostrophes are straight ones, capitals with accents have lower case too;
- <br /> is a break and no word; to Keras "br" is the seventh most frequent word.
"""

from __future__ import annotations

import re
from typing import NamedTuple

APOSTROPHES = "'’‘ʼ´＇\x91\x92"
"""Signs that stand for an apostrophe; the last two are Windows' curly ones, wrongly decoded."""

_ACCENTS = "\u0300-\u036f"
# Possessive throughout: no character is looked at again, so that any text takes linear time.
_WORD = re.compile(
    rf"<[bB][rR]\s*+/?+\s*+>|((?:[^\W_]++|[{APOSTROPHES}{_ACCENTS}]++)++)",
)
_STRAIGHT = {ord(sign): "'" for sign in APOSTROPHES}


class Token(NamedTuple):
    """One word of a text, and its place there: `text[start:stop]` is the word as typed.

    A plain tuple because a long text has hundreds of thousands of them.
    """

    word: str
    start: int
    stop: int


def tokens(text: str) -> tuple[Token, ...]:
    """All words of a text in their order. Any text will do; the time grows with its length."""
    places = [found.span() for found in _WORD.finditer(text) if found.lastindex]
    return tuple(
        Token(word, start, stop) for word, (start, stop) in zip(words(text), places, strict=True)
    )


def words(text: str) -> list[str]:
    """The words of `tokens(text)` without their places, which takes less time."""
    # In lower case only now: that makes some characters longer. All at once because it is quicker.
    lines = "\n".join(filter(None, _WORD.findall(text))).lower()
    if not lines.isascii():
        lines = lines.translate(_STRAIGHT)
    return lines.split("\n") if lines else []
