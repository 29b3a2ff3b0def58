"""The cells' equations as sums of products: what is multiplied, added, and squashed at last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from rnnlab.cells import cell
from rnnlab.handcheck.formulas import Token, tokens

Finish = str
"""What is done with a sum at last: "" (nothing), "tanh", "relu" or "sigmoid"."""

PLUS, MINUS, EACH, OPENS, CLOSES = (Token("sign", text) for text in ("+", "-", r"\odot", "(", ")"))


@dataclass(frozen=True)
class Factor:
    """One thing in a product: a quantity (x, h, i …) or a weight (W, U_i, b …).

    `before` says that the quantity is the last step's, `rest` that 1 minus it is meant, and
    `finish` that it is squashed first.
    """

    name: str
    before: bool = False
    rest: bool = False
    finish: Finish = ""
    weight: bool = False

    @property
    def is_matrix(self) -> bool:
        """Whether a vector is multiplied with it column by column."""
        return self.weight and self.name[0].isupper()


@dataclass(frozen=True)
class Equation:
    """symbol = finish(sum of products)."""

    symbol: str
    finish: Finish
    terms: tuple[tuple[Factor, ...], ...]


@cache
def equations(cell_name: str, activation: str) -> dict[str, Equation]:
    """The equations to calculate by, by symbol, in the cell's order.

    Where a quantity only passes on another one (h_t = a_t in a linear layer), the other one's
    equation takes its place, and the other one is left out. `ValueError` for an equation that is
    no sum of products.
    """
    found = {
        symbol: _equation(symbol, tokens(latex), activation)
        for symbol, latex in cell(cell_name).equations.items()
    }
    for symbol, equation in list(found.items()):
        if not equation.finish and len(equation.terms) == 1 and len(equation.terms[0]) == 1:
            passed_on = found.pop(equation.terms[0][0].name)
            found[symbol] = replace(passed_on, symbol=symbol)
    return found


def _equation(symbol: str, pieces: tuple[Token, ...], activation: str) -> Equation:
    finish = ""
    if pieces[0].kind == "function" and pieces.index(CLOSES) == len(pieces) - 1:
        finish, pieces = _finish(pieces[0].text, activation), pieces[2:-1]
    terms = tuple(tuple(_factors(part, activation)) for part in _split(pieces, PLUS))
    return Equation(symbol, finish, terms)


def _factors(pieces: tuple[Token, ...], activation: str) -> Iterator[Factor]:
    for part in _split(pieces, EACH):
        if len(part) == 1 and part[0].kind == "product":
            vector, _, matrix = part[0].text.partition(" ")
            yield from (_quantity(vector), Factor(matrix, weight=True))
        elif len(part) == 1 and part[0].kind == "bias":
            yield Factor(part[0].text, weight=True)
        elif len(part) == 1 and part[0].kind == "vector":
            yield _quantity(part[0].text)
        elif part[:3] == (OPENS, Token("number", "1"), MINUS) and len(part) == 5:
            yield replace(_quantity(part[3].text), rest=True)
        elif part[0].kind == "function" and len(part) == 4:
            yield replace(_quantity(part[2].text), finish=_finish(part[0].text, activation))
        else:
            raise ValueError(f"{' '.join(piece.text for piece in part)!r} is no known factor.")


def _quantity(latex: str) -> Factor:
    symbol, _, when = latex.partition("_")
    return Factor(symbol, before=when != "t")


def _split(pieces: tuple[Token, ...], at: Token) -> Iterator[tuple[Token, ...]]:
    """The pieces between the signs `at` that stand in no parentheses."""
    part: list[Token] = []
    depth = 0
    for piece in pieces:
        depth += (piece == OPENS) - (piece == CLOSES)
        if piece == at and not depth:
            yield tuple(part)
            part = []
        else:
            part.append(piece)
    yield tuple(part)


def _finish(function: str, activation: str) -> Finish:
    if function == "f":
        return "" if activation == "linear" else activation
    return {r"\sigma": "sigmoid", r"\tanh": "tanh"}[function]
