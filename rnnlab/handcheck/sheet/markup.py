"""Formulas and matrices of the hand calculation in plain HTML: no script, no picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from rnnlab.handcheck.equations import Equation, Factor, Finish

FINISHES: dict[Finish, tuple[str, str]] = {
    "": ("", ""),
    "tanh": ("tanh(", ")"),
    "relu": ("max(0, ", ")"),
    "sigmoid": ("σ(", ")"),
}
"""What stands before and after a number that is squashed."""

_NAME = re.compile(r"([A-Za-z]+)(?:_(\w+|\{[^}]*\}))?")


def name(text: str) -> str:
    """A name as formulas have it: "h_2", "W_i", "h_{t−1}"; a gradient: "dL/dU", "dL/dh_2"."""
    if text.startswith("dL/d"):
        return f"d<i>L</i>/d{name(text.removeprefix('dL/d'))}"
    found = _NAME.fullmatch(text)
    if found is None:
        return escape(text)
    below = f"<sub>{escape(found[2].strip('{}'))}</sub>" if found[2] else ""
    return f"<i>{found[1]}</i>{below}"


def formula(equation: Equation) -> str:
    """An equation of a cell, for any step t."""
    opens, closes = FINISHES[equation.finish]
    terms = " + ".join(_product(term) for term in equation.terms)
    return f"{name(f'{equation.symbol}_t')} = {opens}{terms}{closes}"


def matrix(rows: Sequence[Sequence[str]]) -> str:
    """Cells, which are HTML already, between brackets; a single one stands by itself."""
    if len(rows) == len(rows[0]) == 1:
        return f'<span class="single">{rows[0][0]}</span>'
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<span class="matrix"><table>{lines}</table></span>'


def named(label: str, rows: Sequence[Sequence[str]]) -> str:
    """A matrix and what it is called, kept on one line; `label` is HTML."""
    return f'<span class="named"><span>{label} =</span> {matrix(rows)}</span>'


def _product(term: tuple[Factor, ...]) -> str:
    matrices = any(factor.is_matrix for factor in term)
    return (" " if matrices else " ⊙ ").join(_factor(factor) for factor in term)


def _factor(factor: Factor) -> str:
    if factor.weight:
        return name(factor.name)
    written = name(f"{factor.name}_{{t−1}}" if factor.before else f"{factor.name}_t")
    if factor.rest:
        return f"(1 − {written})"
    opens, closes = FINISHES[factor.finish]
    return f"{opens}{written}{closes}"
