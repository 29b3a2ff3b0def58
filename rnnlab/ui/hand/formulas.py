"""A cell's formulas as the page writes them: at a time step, with the activation by its name."""

from __future__ import annotations

import re

from rnnlab.handcheck.formulas import with_activation

NAMES = {"tanh": r"\tanh", "relu": r"\operatorname{relu}"}


def at_step(formula: str, t: int, activation: str = "") -> str:
    r"""LaTeX for step t: h_t becomes h_2, h_{t-1} becomes h_1, and f the activation it is."""
    formula = with_activation(formula, activation)
    formula = formula.replace("_{t-1}", f"_{{{t - 1}}}").replace("_t", f"_{{{t}}}")
    return re.sub(r"(?<![\w\\])f(?=\()", lambda _: NAMES.get(activation, "f"), formula)


def name(symbol: str, t: int) -> str:
    """A vector or a weight over its numbers: x_t becomes x_2, h_{t-1} becomes h_1, W_i stays."""
    return symbol.replace("_{t-1}", f"_{t - 1}").replace("_t", f"_{t}")
