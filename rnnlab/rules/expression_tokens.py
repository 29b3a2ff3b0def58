"""The words of a rule that a person types, each with its place, and the error that points at one.

Nothing that was typed is ever run: it is read character by character.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from rnnlab.errors import SettingError

LONGEST = 200
FURTHEST = 12
MOST_DIGITS = 12

WORDS = ("and", "or", "xor", "not")
SYMBOLS = ("<=", ">=", "==", "!=", "<", ">", "=", "+", "-", "*", "(", ")", ":", ",")
ALIKE = {
    "=": "==",
    "−": "-",
    "–": "-",
    "×": "*",
    "·": "*",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "∧": "and",
    "∨": "or",
    "⊕": "xor",
    "⊻": "xor",
    "¬": "not",
}
"""Other ways to write a sign; those with a single character that are not ASCII are signs too."""

INSTEAD = {
    "^": "'xor'",
    "&": "'and'",
    "|": "'or'",
    "~": "'not'",
    "!": "'not'",
    "/": "a product, such as '* 0.5' for half",
    "%": "'xor' for odd sums",
    "[": "'x[t-1]'",
    "t": "'x[t-1]'",
}
"""What to write for what people try."""

SPACE = " \t\r\n\u00a0"
_SPACES = re.compile(f"[{SPACE}]*")
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_DIGITS = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")
_SYMBOL = re.compile("|".join(map(re.escape, (*SYMBOLS, *ALIKE))))


class ExpressionError(SettingError):
    """A typed rule that means nothing: `position` is the character, from 0, where that shows.

    The sentence names the same place counted from 1.
    """

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(position, reason)
        self.position = position
        self.reason = reason

    def __str__(self) -> str:
        return f"At character {self.position + 1}: {self.reason}"


def pointed_at(text: str, position: int, width: int = 34) -> str:
    """The text and, on the line below, a ^ under the character at `position`: for equal letters.

    Of a long text `width` characters around that place are shown. What is not one column wide is
    shown as a ?, a line break as a space.
    """
    start = max(0, min(position - width // 2, len(text) + 1 - width))
    cut_left, cut_right = start > 0, len(text) > start + width
    shown = "".join(map(_one_column, text[start : start + width]))
    before = "…" if cut_left else ""
    line = f"{before}{shown}{'…' if cut_right else ''}"
    return f"{line}\n{' ' * (len(before) + position - start)}^"


def _one_column(char: str) -> str:
    if char in SPACE:
        return " "
    wide = unicodedata.east_asian_width(char) in "WF" or unicodedata.combining(char)
    return "?" if wide or not char.isprintable() else char


@dataclass(frozen=True)
class Token:
    """One word: its `kind` is "number", "cause", "end" or the sign itself.

    `value` is that of a number, or the lag of a cause, which is written x[t-lag].
    """

    kind: str
    position: int
    shown: str
    value: Fraction = Fraction(0)


def tokens_of(text: str) -> list[Token]:
    """All words of a text, and an "end"; an `ExpressionError` at what is none."""
    if len(text) > LONGEST:
        raise ExpressionError(
            LONGEST, f"A rule may have at most {LONGEST} characters, but this one has {len(text)}."
        )
    found, at = [], _after_space(text, 0)
    while at < len(text):
        token, end = _token(text, at)
        found.append(token)
        at = _after_space(text, end)
    return [*found, Token("end", len(text), "the end")]


def unexpected(wanted: str, token: Token) -> ExpressionError:
    """The error at a word that stands where another kind of word must."""
    return ExpressionError(token.position, f"Expected {wanted}, but found {token.shown}.")


def quoted(text: str) -> str:
    """A piece of what was typed, safe to show: short, and printable."""
    piece = text if len(text) <= 20 else f"{text[:20]}…"
    if piece.isprintable():
        return f"'{piece}'"
    return " ".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in piece)


def _token(text: str, at: int) -> tuple[Token, int]:
    """The word that begins at a place, and where it ends."""
    if number := _NUMBER.match(text, at):
        return _number(number.group(), at), number.end()
    if word := _WORD.match(text, at):
        name = word.group().lower()
        if name == "x":
            return _cause(text, at, word.end())
        if name in WORDS:
            return Token(name, at, quoted(word.group())), word.end()
        raise _unknown(word.group(), at)
    if symbol := _SYMBOL.match(text, at):
        sign = symbol.group()
        return Token(ALIKE.get(sign, sign), at, quoted(sign)), symbol.end()
    raise _unknown(text[at], at)


def _unknown(piece: str, at: int) -> ExpressionError:
    known = (
        f"write {INSTEAD[piece]} instead"
        if piece in INSTEAD
        else ("a rule is made of x[t-1], numbers, and, or, xor, not, + - *, comparisons and ( )")
    )
    return ExpressionError(at, f"{quoted(piece)} means nothing here; {known}.")


def _number(text: str, at: int) -> Token:
    whole, _, decimals = text.partition(".")
    if len(whole + decimals) > MOST_DIGITS:
        raise ExpressionError(
            at,
            f"A number may have at most {MOST_DIGITS} digits, but this one has "
            f"{len(whole + decimals)}.",
        )
    return Token("number", at, quoted(text), Fraction(int(whole + decimals), 10 ** len(decimals)))


def _cause(text: str, start: int, at: int) -> tuple[Token, int]:
    """x[t] or x[t-3], from the `x` at `start`, which ends at `at`."""
    at = _expected(text, at, "[")
    at = _after_space(text, _expected(text, at, "t"))
    lag = 0
    if text[at : at + 1] in ("-", "−", "–"):
        at = _after_space(text, at + 1)
        digits = _DIGITS.match(text, at)
        if digits is None:
            raise ExpressionError(at, f"Expected a number of steps from 0 to {FURTHEST}.")
        if len(digits.group()) > MOST_DIGITS or int(digits.group()) > FURTHEST:
            raise ExpressionError(
                at,
                f"A rule looks back at most {FURTHEST} steps, but this is "
                f"{quoted(digits.group())[1:-1]}.",
            )
        lag, at = int(digits.group()), _after_space(text, digits.end())
    elif text[at : at + 1] == "+":
        raise ExpressionError(at, "Expected '-' or ']': a rule looks back, never ahead.")
    end = _expected(text, at, "]")
    return Token("cause", start, quoted(text[start:end]), Fraction(lag)), end


def _expected(text: str, at: int, char: str) -> int:
    """The place after this character; an `ExpressionError` if it does not stand here."""
    at = _after_space(text, at)
    if text[at : at + 1].lower() == char:
        return at + 1
    found = quoted(text[at]) if at < len(text) else "the end"
    raise ExpressionError(
        at, f"Expected '{char}', but found {found}; an input is written x[t] or x[t-3]."
    )


def _after_space(text: str, at: int) -> int:
    found = _SPACES.match(text, at)
    return found.end() if found else at
