"""The signs of a typed rule and what they bind, as a tree: read by how tightly each sign binds."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.rules.expression_tokens import ExpressionError, Token, unexpected

DEEPEST = 25

COMPARED, SIGNED = 5, 8
NEGATED = 4
LEVELS = {"or": 1, "xor": 2, "and": 3, "+": 6, "-": 6, "*": 7}
LEVELS |= dict.fromkeys(("<", "<=", "==", "!=", ">=", ">"), COMPARED)
"""How tightly each sign binds what stands on both its sides."""


@dataclass(frozen=True)
class Leaf:
    """A number or an input, as it was typed."""

    token: Token


@dataclass(frozen=True)
class Operation:
    """What a sign does with what stands right, and left, of it; a sign in front has no left."""

    token: Token
    left: Node | None
    right: Node


Node = Leaf | Operation


def tree_of(tokens: list[Token]) -> Node:
    """The expression that these words make; an `ExpressionError` at the first that fits not."""
    return _Reader(tokens).whole()


class _Reader:
    """Reads an expression from left to right, by how tightly its signs bind."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        """The expression from its first token to the end."""
        node = self._operation(least=1)
        if self._next.kind != "end":
            raise unexpected("a sign such as 'and' or '+', or the end", self._next)
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _operation(self, least: int) -> Node:
        """As much as is bound by signs of this level or a tighter one."""
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

    def _operand(self, least: int) -> Node:
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

    def _inner(self, token: Token) -> Node:
        """What stands after an opening parenthesis or a sign in front."""
        if token.kind == "(":
            node = self._operation(least=1)
            if self._next.kind != ")":
                raise unexpected("')' or a sign such as 'and' or '+'", self._next)
            self._take()
            return node
        least = NEGATED if token.kind == "not" else SIGNED
        return Operation(token, None, self._operation(least))
