"""A rule as a person types it: `x[t-1] xor x[t-2]`, or a table; read, never run.

An expression is made of inputs x[t] to x[t-12], at most four different ones, numbers, and what
binds them, from the tightest: ( ), the sign -, *, + and -, comparisons, not, and, xor, or. Its
value for each combination of bits is P(y = 1). Comparisons and and, or, xor, not are 1 or 0, and
the last four take nothing else. Numbers are exact: 0.1 + 0.2 = 0.3.

A table is written `x[t-1] x[t-2]: 0.1 0.5 0.5 0.9`: its inputs, then P(y = 1) for each combination
of their bits, counted up as binary numbers: here 00, 01, 10, 11.

>>> parse("x[t-1] and not x[t-3]").table.tolist()
[[0.0, 0.0], [1.0, 0.0]]
"""

from __future__ import annotations

import operator
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import ArrayLike

from rnnlab.errors import SettingError
from rnnlab.rules.expression_parser import (
    SPACE,
    ExpressionError,
    ExpressionToken,
    Leaf,
    SyntaxTree,
    tokens_of,
    tree_of,
    unexpected,
)
from rnnlab.rules.lagged import Causes

MOST_LAGS = 4
DECIMALS = 4

OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction | bool]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
    "and": min,
    "or": max,
    "xor": operator.ne,
}
LOGIC = ("and", "or", "xor", "not")

BitsByLag = Mapping[int, int]


_parsed: WeakValueDictionary[str, Causes] = WeakValueDictionary()
"""What typed rules mean, for as long as somebody holds it: nothing stays of who has gone."""


def parse(text: str) -> Causes:
    """The inputs and probabilities that a typed rule means; an `ExpressionError` if it means none.

    The lags of an expression are in rising order, those of a table as they were typed.
    """
    causes = _parsed.get(text)
    if causes is None:
        tokens = tokens_of(text)
        table = any(token.kind == ":" for token in tokens)
        causes = _parsed[text] = _typed_table(tokens) if table else _calculated(tokens)
    return causes


def table_text(lags: tuple[int, ...], table: ArrayLike) -> str:
    """The rule with this table, as it is typed: `parse` gives it back, rounded to four decimals.

    `table` has an axis of two for each lag. A `SettingError` for what cannot be typed.
    """
    probabilities = np.asarray(table, dtype=np.float64)
    if probabilities.shape != (2,) * len(lags):
        raise SettingError(
            f"A table over {len(lags)} lags must have the shape {(2,) * len(lags)}, "
            f"but it has {probabilities.shape}."
        )
    if not np.isfinite(probabilities).all():
        wrong = probabilities[~np.isfinite(probabilities)][0]
        raise SettingError(f"A probability must be a number between 0 and 1, but it is {wrong}.")
    numbers = " ".join(f"{p:.{DECIMALS}f}".rstrip("0").rstrip(".") for p in probabilities.ravel())
    text = f"{' '.join(map(name_of, lags))}: {numbers}" if lags else numbers
    parse(text)
    return text


def name_of(lag: int) -> str:
    """An input as it is typed: x[t-3]."""
    return f"x[t-{lag}]" if lag else "x[t]"


def over_lags(causes: Causes, lags: tuple[int, ...]) -> Causes:
    """The same rule as a table over `lags`, as nearly as these can say it.

    The furthest lag comes first, so that a pattern reads as it came. An input that is added makes
    no difference yet; if one goes, the probabilities after 0 and after 1 are averaged, for each
    comes half of the time.
    """
    lags = tuple(sorted(lags, reverse=True))
    removed = tuple(axis for axis, lag in enumerate(causes.lags) if lag not in lags)
    remaining = [lag for lag in causes.lags if lag in lags]
    table = np.mean(causes.table, axis=removed) if removed else causes.table
    in_order = sorted(remaining, reverse=True)
    table = np.transpose(table, [remaining.index(lag) for lag in in_order])
    added = tuple(axis for axis, lag in enumerate(lags) if lag not in remaining)
    full = np.broadcast_to(np.expand_dims(table, added), (2,) * len(lags))
    return Causes(lags, np.array(full))


def with_probability(causes: Causes, row: int, probability: float) -> Causes:
    """The same rule with another probability of a 1 in one row of its table, counted from 0."""
    probabilities = causes.table.ravel().copy()
    probabilities[row] = probability
    return Causes(causes.lags, probabilities.reshape(causes.table.shape))


def pointed_at(text: str, position: int, width: int = 34) -> str:
    """The text and, on the line below, a ^ under the character at `position` (fixed-width font).

    Of a long text `width` characters around that position are shown. A character that is not one
    column wide is shown as a ?, a line break as a space.
    """
    start = max(0, min(position - width // 2, len(text) + 1 - width))
    excerpt = "".join(map(_one_column, text[start : start + width]))
    left, right = "…" * (start > 0), "…" * (len(text) > start + width)
    return f"{left}{excerpt}{right}\n{' ' * (len(left) + position - start)}^"


def _one_column(char: str) -> str:
    if char in SPACE:
        return " "
    wide = unicodedata.east_asian_width(char) in "WF" or unicodedata.combining(char)
    return "?" if wide or not char.isprintable() else char


def _calculated(tokens: list[ExpressionToken]) -> Causes:
    """The table of an expression: its value for every combination of bits."""
    lags = tuple(sorted(_lags(tokens)))
    tree = tree_of(tokens)
    probabilities = []
    for combination in product((0, 1), repeat=len(lags)):
        bits = dict(zip(lags, combination, strict=True))
        probabilities.append(_probability(_value(tree, bits), bits, tree.token.position))
    return _causes(lags, probabilities)


def _typed_table(tokens: list[ExpressionToken]) -> Causes:
    """The table that was typed: inputs, a colon, and probabilities."""
    tokens = [token for token in tokens if token.kind != ","]
    colon = next(index for index, token in enumerate(tokens) if token.kind == ":")
    head, numbers, end = tokens[:colon], tokens[colon + 1 : -1], tokens[-1]
    lags = _lags(head)
    for token in head:
        if token.kind != "cause":
            raise unexpected("an input such as x[t-1]", token)
    for token in numbers:
        if token.kind != "number":
            raise unexpected("a probability", token)
    if not lags:
        raise unexpected("an input such as x[t-1]", tokens[colon])
    if len(lags) < len(head):
        raise ExpressionError(head[0].position, "A table names each input once.")
    combinations = list(product((0, 1), repeat=len(lags)))
    if len(numbers) != len(combinations):
        surplus = numbers[len(combinations)] if len(numbers) > len(combinations) else end
        raise ExpressionError(
            surplus.position,
            f"A table of {len(lags)} {'input has' if len(lags) == 1 else 'inputs has'} "
            f"{len(combinations)} probabilities, but this one has {len(numbers)}.",
        )
    probabilities = [
        _probability(token.value, dict(zip(lags, bits, strict=True)), token.position)
        for token, bits in zip(numbers, combinations, strict=True)
    ]
    return _causes(lags, probabilities)


def _lags(tokens: list[ExpressionToken]) -> tuple[int, ...]:
    """The different lags, in the order typed."""
    lags: list[int] = []
    for token in tokens:
        if token.kind == "cause" and int(token.value) not in lags:
            lags.append(int(token.value))
            if len(lags) > MOST_LAGS:
                raise ExpressionError(
                    token.position,
                    f"A rule may look at {MOST_LAGS} different inputs at most, and "
                    f"{name_of(lags[-1])} is one more.",
                )
    return tuple(lags)


def _causes(lags: tuple[int, ...], probabilities: list[float]) -> Causes:
    table = np.array(probabilities).reshape((2,) * len(lags))
    table.setflags(write=False)  # the cache of `parse` gives it to every caller
    return Causes(lags, table)


def _probability(value: Fraction, bits: BitsByLag, position: int) -> float:
    if not 0 <= value <= 1:
        raise ExpressionError(
            position,
            f"{_case(bits)}it is {_decimal(value)}, but a probability lies between 0 and 1.",
        )
    return float(value)


def _value(node: SyntaxTree, bits: BitsByLag) -> Fraction:
    """The value of a part of the expression for these bits, by lag."""
    token = node.token
    if isinstance(node, Leaf):
        return Fraction(bits[int(token.value)]) if token.kind == "cause" else token.value
    right = _value(node.right, bits)
    left = Fraction(0) if node.left is None else _value(node.left, bits)
    if token.kind in LOGIC:
        for value in (left, right):
            if value not in (0, 1):
                raise ExpressionError(
                    token.position,
                    f"{token.text} takes 0 or 1, but {_case(bits)}it is given {_decimal(value)}; "
                    "compare first, as in (... > 0).",
                )
    return 1 - right if token.kind == "not" else Fraction(OPERATIONS[token.kind](left, right))


def _case(bits: BitsByLag) -> str:
    """The combination, in words: "for x[t-1] = 1 and x[t-2] = 0 "."""
    values = " and ".join(f"{name_of(lag)} = {bit}" for lag, bit in bits.items())
    return f"for {values} " if values else ""


def _decimal(value: Fraction) -> str:
    digits = f"{float(value):.6g}"
    if Fraction(digits) in (0, 1) and value not in (0, 1):
        return f"a little {'more' if value > Fraction(digits) else 'less'} than {digits}"
    return digits
