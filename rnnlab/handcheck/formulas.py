"""What stands in a cell's equation: its LaTeX cut into tokens, and the symbols of its state."""

from __future__ import annotations

import re
from typing import NamedTuple

from rnnlab.cells import Cell

SYMBOL = re.compile(r"(?:\\tilde\{(\w)\}|([a-z]))_(t|\{t-1\})")
"""A vector: x_t, what the cell computed (c_t), or what it had before (c_{t-1})."""

_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<product>{SYMBOL.pattern}\ [A-Z](?:_\w)?)
    |(?P<vector>{SYMBOL.pattern})
    |(?P<function>\\sigma|\\tanh|f)(?=\()
    |(?P<bias>[a-z](?:_\w)?)
    |(?P<number>\d+)
    |(?P<sign>\\odot|[-+()])
    )\s*""",
    re.VERBOSE,
)


_SQUASHED = re.compile(r"(?<![\w\\])f\(([^()]*)\)")


class Token(NamedTuple):
    """A piece of a formula: "product", "vector", "bias", "number", "function" or "sign"."""

    kind: str
    text: str

    @property
    def named(self) -> bool:
        """Whether it stands for a vector of numbers that the calculation knows."""
        return self.kind in ("product", "vector", "bias")


def tokens(formula: str) -> tuple[Token, ...]:
    """The pieces of the right side of an equation; `ValueError` where it cannot be read."""
    right = formula.partition("=")[2]
    found: list[Token] = []
    place = 0
    while place < len(right):
        match = _TOKEN.match(right, place)
        if match is None:
            raise ValueError(f"{formula!r} cannot be read from {right[place:]!r} on.")
        kind = match.lastgroup or ""
        found.append(Token(kind, match[kind]))
        place = match.end()
    return tuple(found)


def with_activation(formula: str, activation: str) -> str:
    """The formula without its f where f changes nothing: f(a_t) becomes a_t."""
    return _SQUASHED.sub(r"\1", formula) if activation == "linear" else formula


def state_symbols(kind: Cell) -> tuple[str, ...]:
    """The symbol of each part of a cell's state: its output, then what else it refers back to."""
    output = list(kind.equations)[-1]
    found = SYMBOL.findall(" ".join(kind.equations.values()))
    before = [tilde or plain for tilde, plain, when in found if when != "t"]
    return tuple(dict.fromkeys([output, *before]))
