"""From the text of a typed rule to its tokens, and from these to a tree; errors point at a place.

Nothing that was typed is ever run: it is read character by character, and then token by token, by
how tightly each sign binds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from rnnlab.errors import SettingError

LONGEST = 200
FURTHEST = 12
MOST_DIGITS = 12
DEEPEST = 25

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
"""What to write in place of what people try."""

COMPARED, SIGNED = 5, 8
NEGATED = 4
LEVELS = {"or": 1, "xor": 2, "and": 3, "+": 6, "-": 6, "*": 7}
LEVELS |= dict.fromkeys(("<", "<=", "==", "!=", ">=", ">"), COMPARED)
"""How tightly each sign binds what stands on both its sides."""

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


@dataclass(frozen=True)
class ExpressionToken:
    """A number, an input or a sign: its `kind` is "number", "cause", "end" or the sign itself.

    `value` is that of a number, or the lag of a cause, which is written x[t-lag]. `text` quotes
    what was typed.
    """

    kind: str
    position: int
    text: str
    value: Fraction = Fraction(0)


def tokens_of(text: str) -> list[ExpressionToken]:
    """All tokens of a text, and an "end"; an `ExpressionError` at what is none."""
    if len(text) > LONGEST:
        raise ExpressionError(
            LONGEST, f"A rule may have at most {LONGEST} characters, but this one has {len(text)}."
        )
    tokens, position = [], _after_space(text, 0)
    while position < len(text):
        token, end = _token(text, position)
        tokens.append(token)
        position = _after_space(text, end)
    return [*tokens, ExpressionToken("end", len(text), "the end")]


def unexpected(expected: str, token: ExpressionToken) -> ExpressionError:
    """The error at a token that stands where another kind of token must."""
    return ExpressionError(token.position, f"Expected {expected}, but found {token.text}.")


def quoted(text: str) -> str:
    """A piece of what was typed, safe to show: short, and printable."""
    piece = text if len(text) <= 20 else f"{text[:20]}…"
    if piece.isprintable():
        return f"'{piece}'"
    return " ".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in piece)


def _token(text: str, position: int) -> tuple[ExpressionToken, int]:
    """The token that begins at a position, and where it ends."""
    if number := _NUMBER.match(text, position):
        return _number(number.group(), position), number.end()
    if word := _WORD.match(text, position):
        name = word.group().lower()
        if name == "x":
            return _cause(text, position, word.end())
        if name in WORDS:
            return ExpressionToken(name, position, quoted(word.group())), word.end()
        raise _unknown(word.group(), position)
    if symbol := _SYMBOL.match(text, position):
        sign = symbol.group()
        return ExpressionToken(ALIKE.get(sign, sign), position, quoted(sign)), symbol.end()
    raise _unknown(text[position], position)


def _unknown(piece: str, position: int) -> ExpressionError:
    advice = (
        f"write {INSTEAD[piece]} instead"
        if piece in INSTEAD
        else ("a rule is made of x[t-1], numbers, and, or, xor, not, + - *, comparisons and ( )")
    )
    return ExpressionError(position, f"{quoted(piece)} means nothing here; {advice}.")


def _number(text: str, position: int) -> ExpressionToken:
    whole, _, decimals = text.partition(".")
    if len(whole + decimals) > MOST_DIGITS:
        raise ExpressionError(
            position,
            f"A number may have at most {MOST_DIGITS} digits, but this one has "
            f"{len(whole + decimals)}.",
        )
    return ExpressionToken(
        "number", position, quoted(text), Fraction(int(whole + decimals), 10 ** len(decimals))
    )


def _cause(text: str, start: int, end: int) -> tuple[ExpressionToken, int]:
    """x[t] or x[t-3], from the `x` that lies between `start` and `end`."""
    position = _after_space(text, _expected(text, _expected(text, end, "["), "t"))
    lag = 0
    if text[position : position + 1] in ("-", "−", "–"):
        position = _after_space(text, position + 1)
        digits = _DIGITS.match(text, position)
        if digits is None:
            raise ExpressionError(position, f"Expected a number of steps from 0 to {FURTHEST}.")
        if len(digits.group()) > MOST_DIGITS or int(digits.group()) > FURTHEST:
            raise ExpressionError(
                position,
                f"A rule looks back at most {FURTHEST} steps, but this is "
                f"{quoted(digits.group())[1:-1]}.",
            )
        lag, position = int(digits.group()), _after_space(text, digits.end())
    elif text[position : position + 1] == "+":
        raise ExpressionError(position, "Expected '-' or ']': a rule looks back, never ahead.")
    end = _expected(text, position, "]")
    return ExpressionToken("cause", start, quoted(text[start:end]), Fraction(lag)), end


def _expected(text: str, position: int, char: str) -> int:
    """The position after this character; an `ExpressionError` if it does not stand here."""
    position = _after_space(text, position)
    if text[position : position + 1].lower() == char:
        return position + 1
    actual = quoted(text[position]) if position < len(text) else "the end"
    raise ExpressionError(
        position, f"Expected '{char}', but found {actual}; an input is written x[t] or x[t-3]."
    )


def _after_space(text: str, position: int) -> int:
    spaces = _SPACES.match(text, position)
    return spaces.end() if spaces else position


@dataclass(frozen=True)
class Leaf:
    """A number or an input, as it was typed."""

    token: ExpressionToken


@dataclass(frozen=True)
class Operation:
    """A sign and what stands to its right and left; a sign in front of something has no left."""

    token: ExpressionToken
    left: SyntaxTree | None
    right: SyntaxTree


SyntaxTree = Leaf | Operation


def tree_of(tokens: list[ExpressionToken]) -> SyntaxTree:
    """The expression that these tokens make; an `ExpressionError` at the first misfit."""
    return _Parser(tokens).whole()


class _Parser:
    """Reads an expression from left to right, by precedence climbing."""

    def __init__(self, tokens: list[ExpressionToken]) -> None:
        self._tokens = tokens
        self._index = 0
        self._depth = 0

    def whole(self) -> SyntaxTree:
        """The expression from its first token to the end."""
        node = self._operation(least=1)
        if self._next.kind != "end":
            raise unexpected("a sign such as 'and' or '+', or the end", self._next)
        return node

    @property
    def _next(self) -> ExpressionToken:
        return self._tokens[self._index]

    def _take(self) -> ExpressionToken:
        self._index += 1
        return self._tokens[self._index - 1]

    def _operation(self, least: int) -> SyntaxTree:
        """As much as is bound by signs of this level or of a tighter one."""
        left = self._operand(least)
        while (level := LEVELS.get(self._next.kind, 0)) >= least:
            sign = self._take()
            left = Operation(sign, left, self._operation(level + 1))
            if level == COMPARED == LEVELS.get(self._next.kind):
                raise ExpressionError(
                    self._next.position,
                    "Compare two things at a time, and join comparisons by 'and'.",
                )
        return left

    def _operand(self, least: int) -> SyntaxTree:
        token = self._take()
        if token.kind in ("number", "cause"):
            return Leaf(token)
        if token.kind not in ("(", "-", "+", "not"):
            raise unexpected("x[t-1], a number, 'not' or '('", token)
        if token.kind == "not" and least > NEGATED:
            raise ExpressionError(token.position, "Put parentheses around this 'not'.")
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(token.position, f"Nothing may be nested {DEEPEST + 1} deep.")
        node = self._inner(token)
        self._depth -= 1
        return node

    def _inner(self, token: ExpressionToken) -> SyntaxTree:
        """What stands after an opening parenthesis or a sign in front."""
        if token.kind == "(":
            node = self._operation(least=1)
            if self._next.kind != ")":
                raise unexpected("')' or a sign such as 'and' or '+'", self._next)
            self._take()
            return node
        least = NEGATED if token.kind == "not" else SIGNED
        return Operation(token, None, self._operation(least))
