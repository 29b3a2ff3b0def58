"""How surprising a text would be in each encoding's languages, in nats: the least is the likeliest.

A sign costs the negative logarithm of how often it comes in the language. Beside that it costs to
stand where it does not belong: a capital within a word, a letter of another script at a Latin one.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from rnnlab.files import alphabets
from rnnlab.files.alphabets import Alphabet

ASCII, OTHER, NOT_IN_TEXT = 3.0, 12.0, 25.0
"""Nats of a sign of ASCII, of one that the language does not have, and of one that no text has."""

MISPLACED = 4.0

_SMALL = "".join(sorted(alphabets.letters()))
_CAPITAL_WITHIN = re.compile(f"[a-z{_SMALL}][{_SMALL.upper()}]")
_DASH_WITHIN = re.compile(f"(?<=[A-Za-z{_SMALL}])[–—][a-z{_SMALL}]")
_LATIN, _NOT_LATIN = "A-Za-zÀ-ɏ", "Ͱ-῿⺀-鿿가-힯"
_TWO_SCRIPTS = re.compile(f"[{_LATIN}][{_NOT_LATIN}]|[{_NOT_LATIN}][{_LATIN}]")
_ACCENTS = re.compile("[À-ɏ]{3}")
_LETTER = "À-ÖØ-öø-ɏͰ-ӿ֐-๿"
_AT_NUMBERS = re.compile(
    f"(?<=[0-9])[{_LETTER}](?=[0-9])|(?<![{_LATIN}{_LETTER}0-9])[{_LETTER}](?=[0-9])"
    f"|(?<=[0-9])[ \u00a0]?[¡¿。、，・]|(?<=[0-9])[ \u00a0]?[{_LETTER}]"
    f"(?:[CFK](?![{_LATIN}{_LETTER}])|(?![{_LATIN}{_LETTER}]))"
)
"""Letters between digits, before one, alone behind a number, or before the sign of a temperature:
there stand spaces and signs."""
_MISPLACED = (_CAPITAL_WITHIN, _DASH_WITHIN, _TWO_SCRIPTS, _ACCENTS, _AT_NUMBERS)


@dataclass(frozen=True)
class Encoding:
    """An encoding: its name, Python's codec, what is written in it.

    `rarity` is what it costs that a file is in it at all, in nats.
    """

    name: str
    codec: str
    rarity: float
    languages: Callable[[], tuple[Alphabet, ...]]


def _these(languages: tuple[Alphabet, ...]) -> Callable[[], tuple[Alphabet, ...]]:
    return lambda: languages


def _chinese() -> tuple[Alphabet, ...]:
    return alphabets.simplified() + alphabets.traditional()


ENCODINGS = {
    encoding.name: encoding
    for encoding in (
        Encoding("UTF-8", "utf-8", 0.0, alphabets.every),
        Encoding("Windows-1252", "cp1252", 0.0, _these(alphabets.WESTERN)),
        Encoding("Windows-1250", "cp1250", 1.0, _these(alphabets.CENTRAL)),
        Encoding("Windows-1251", "cp1251", 1.0, _these(alphabets.CYRILLIC)),
        Encoding("GB18030", "gb18030", 1.0, _chinese),
        Encoding("Big5", "cp950", 1.0, alphabets.traditional),
        Encoding("Shift-JIS", "cp932", 1.0, alphabets.japanese),
        Encoding("EUC-KR", "cp949", 1.0, alphabets.korean),
        Encoding("Windows-1253", "cp1253", 2.0, _these(alphabets.GREEK)),
        Encoding("Windows-1254", "cp1254", 2.0, _these(alphabets.TURKISH)),
        Encoding("Windows-1255", "cp1255", 2.0, _these(alphabets.HEBREW)),
        Encoding("Windows-1256", "cp1256", 2.0, _these(alphabets.ARABIC)),
        Encoding("Windows-1257", "cp1257", 2.0, _these(alphabets.BALTIC)),
        Encoding("Windows-874", "cp874", 2.0, _these(alphabets.THAI)),
        Encoding("EUC-JP", "euc_jp", 3.0, alphabets.japanese),
        Encoding("ISO-8859-15", "iso8859_15", 3.0, _these(alphabets.WESTERN)),
        Encoding("KOI8-R", "koi8_r", 3.0, _these(alphabets.CYRILLIC[:1])),
        Encoding("KOI8-U", "koi8_u", 3.5, _these(alphabets.CYRILLIC[1:2])),
        Encoding("ISO-8859-2", "iso8859_2", 3.0, _these(alphabets.CENTRAL)),
        Encoding("ISO-8859-5", "iso8859_5", 5.0, _these(alphabets.CYRILLIC)),
        Encoding("Mac Roman", "mac_roman", 5.0, _these(alphabets.WESTERN)),
        Encoding("DOS 850", "cp850", 6.0, _these(alphabets.WESTERN)),
        Encoding("DOS 866", "cp866", 6.0, _these(alphabets.CYRILLIC)),
    )
}
"""Those that a file may be in, beside UTF-16 and UTF-32, by name."""


def surprise(text: str, encoding: Encoding) -> float:
    """How surprising it is, in nats, to meet this text in this encoding."""
    counts = Counter(text)
    misplaced = sum(len(pattern.findall(text)) for pattern in _MISPLACED)
    others = {sign: _of_other(sign) for sign in counts}
    cost = min(
        sum(n * costs.get(sign, others[sign]) for sign, n in counts.items())
        for costs in map(_costs, encoding.languages())
    )
    return encoding.rarity + MISPLACED * misplaced + cost


@cache
def _costs(alphabet: Alphabet) -> dict[str, float]:
    """What each sign of the alphabet costs, in nats."""
    shares: dict[str, float] = defaultdict(float)
    for share, signs, ranked in alphabet.classes:
        weights = [1 / rank if ranked else 1.0 for rank in range(1, len(signs) + 1)]
        for sign, weight in zip(signs, weights, strict=True):
            shares[sign] += share * weight / sum(weights)
    return {sign: -math.log(share) for sign, share in shares.items()}


def _of_other(sign: str) -> float:
    if sign.isascii():
        return ASCII
    in_text = (sign.isprintable() and sign != "\ufffd") or sign.isspace()
    return OTHER if in_text else NOT_IN_TEXT
