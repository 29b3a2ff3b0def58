"""A cell's equations: their LaTeX cut into tokens, at a time step, and as sums of products."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from rnnlab.cells import Cell, cell

VECTOR = re.compile(r"(?:\\tilde\{(\w)\}|([a-z]))_(t|\{t-1\})")
"""A vector: x_t, what the cell computed (c_t), or what it had before (c_{t-1})."""

_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<product>{VECTOR.pattern}\ [A-Z](?:_\w)?)
    |(?P<vector>{VECTOR.pattern})
    |(?P<function>\\sigma|\\tanh|f)(?=\()
    |(?P<bias>[a-z](?:_\w)?)
    |(?P<number>\d+)
    |(?P<sign>\\odot|[-+()])
    )\s*""",
    re.VERBOSE,
)

_ACTIVATED = re.compile(r"(?<![\w\\])f\(([^()]*)\)")
_F = re.compile(r"(?<![\w\\])f(?=\()")
_LATEX_ACTIVATIONS = {"tanh": r"\tanh", "relu": r"\operatorname{relu}"}


class LatexToken(NamedTuple):
    """A piece of a formula: "product", "vector", "bias", "number", "function" or "sign"."""

    kind: str
    text: str

    @property
    def has_value(self) -> bool:
        """Whether it stands for a vector of numbers of the calculation."""
        return self.kind in ("product", "vector", "bias")


PLUS, MINUS, ODOT, OPEN, CLOSE = (
    LatexToken("sign", text) for text in ("+", "-", r"\odot", "(", ")")
)


def tokenize(formula: str) -> tuple[LatexToken, ...]:
    """The tokens of the right side of an equation; `ValueError` where it cannot be read."""
    right = formula.partition("=")[2]
    tokens: list[LatexToken] = []
    position = 0
    while position < len(right):
        match = _TOKEN.match(right, position)
        if match is None:
            raise ValueError(f"{formula!r} cannot be read from {right[position:]!r} on.")
        kind = match.lastgroup or ""
        tokens.append(LatexToken(kind, match[kind]))
        position = match.end()
    return tuple(tokens)


def with_activation(formula: str, activation: str) -> str:
    """The formula without its f where f changes nothing: f(a_t) becomes a_t."""
    return _ACTIVATED.sub(r"\1", formula) if activation == "linear" else formula


def with_latex_activation(formula: str, activation: str) -> str:
    """LaTeX with the activation's own name instead of f."""
    name = _LATEX_ACTIVATIONS.get(activation, "f")
    return _F.sub(lambda _: name, with_activation(formula, activation))


def at_step(formula: str, t: int, activation: str = "") -> str:
    r"""LaTeX for step t: h_t becomes h_2, h_{t-1} becomes h_1, and f the activation it is."""
    formula = with_latex_activation(formula, activation)
    return formula.replace("_{t-1}", f"_{{{t - 1}}}").replace("_t", f"_{{{t}}}")


def symbol_at_step(symbol: str, t: int) -> str:
    """The name over a matrix: x_t becomes x_2, h_{t-1} becomes h_1, and W_i stays."""
    return symbol.replace("_{t-1}", f"_{t - 1}").replace("_t", f"_{t}")


def state_symbols(cell_type: Cell) -> tuple[str, ...]:
    """The symbol of each part of a cell's state: its output, then what else it refers back to."""
    output = list(cell_type.equations)[-1]
    vectors = VECTOR.findall(" ".join(cell_type.equations.values()))
    previous = [tilde or letter for tilde, letter, when in vectors if when != "t"]
    return tuple(dict.fromkeys([output, *previous]))


@dataclass(frozen=True)
class Factor:
    """One factor of a product: a quantity (x, h, i …) or a weight (W, U_i, b …).

    A `previous` quantity is that of the step before; with `complement`, 1 minus it is meant. The
    `activation` ("" for none) is applied to it first.
    """

    name: str
    previous: bool = False
    complement: bool = False
    activation: str = ""
    weight: bool = False

    @property
    def is_matrix(self) -> bool:
        """Whether a vector is multiplied with it column by column."""
        return self.weight and self.name[0].isupper()


@dataclass(frozen=True)
class Equation:
    """symbol = activation(sum of products); the activation is "tanh", "relu", "sigmoid" or ""."""

    symbol: str
    activation: str
    terms: tuple[tuple[Factor, ...], ...]


@cache
def equations(cell_name: str, activation: str) -> dict[str, Equation]:
    """The equations to calculate by, by symbol, in the cell's order.

    Where a quantity only passes on another one (h_t = a_t in a linear layer), the other one's
    equation takes its place, and the other one is left out. `ValueError` for an equation that is
    no sum of products.
    """
    parsed = {
        symbol: _equation(symbol, tokenize(latex), activation)
        for symbol, latex in cell(cell_name).equations.items()
    }
    for symbol, equation in list(parsed.items()):
        if not equation.activation and len(equation.terms) == 1 and len(equation.terms[0]) == 1:
            passed_on = parsed.pop(equation.terms[0][0].name)
            parsed[symbol] = replace(passed_on, symbol=symbol)
    return parsed


def _equation(symbol: str, tokens: tuple[LatexToken, ...], activation: str) -> Equation:
    outer = ""
    if tokens[0].kind == "function" and tokens.index(CLOSE) == len(tokens) - 1:
        outer, tokens = _activation(tokens[0].text, activation), tokens[2:-1]
    terms = tuple(tuple(_factors(term, activation)) for term in _split(tokens, PLUS))
    return Equation(symbol, outer, terms)


def _factors(tokens: tuple[LatexToken, ...], activation: str) -> Iterator[Factor]:
    for factor in _split(tokens, ODOT):
        kind, text = factor[0]
        if len(factor) == 1 and kind == "product":
            vector, _, matrix = text.partition(" ")
            yield from (_quantity(vector), Factor(matrix, weight=True))
        elif len(factor) == 1 and kind == "bias":
            yield Factor(text, weight=True)
        elif len(factor) == 1 and kind == "vector":
            yield _quantity(text)
        elif factor[:3] == (OPEN, LatexToken("number", "1"), MINUS) and len(factor) == 5:
            yield replace(_quantity(factor[3].text), complement=True)
        elif kind == "function" and len(factor) == 4:
            yield replace(_quantity(factor[2].text), activation=_activation(text, activation))
        else:
            raise ValueError(f"{' '.join(token.text for token in factor)!r} is no known factor.")


def _quantity(latex: str) -> Factor:
    symbol, _, when = latex.partition("_")
    return Factor(symbol, previous=when != "t")


def _split(tokens: tuple[LatexToken, ...], sign: LatexToken) -> Iterator[tuple[LatexToken, ...]]:
    """The tokens between those `sign`s that stand in no parentheses."""
    piece: list[LatexToken] = []
    depth = 0
    for token in tokens:
        depth += (token == OPEN) - (token == CLOSE)
        if token == sign and not depth:
            yield tuple(piece)
            piece = []
        else:
            piece.append(token)
    yield tuple(piece)


def _activation(function: str, activation: str) -> str:
    if function == "f":
        return "" if activation == "linear" else activation
    return {r"\sigma": "sigmoid", r"\tanh": "tanh"}[function]
