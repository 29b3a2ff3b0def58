"""Forward: every quantity of every step, with the numbers in the formula, and a comparison."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnnlab.cells.cell import Floats
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.equations import at_step, symbol_at_step, tokenize, with_activation
from rnnlab.handcheck.forward import (
    ForwardStep,
    Quantity,
    TermValue,
    format_equation,
    format_number,
    format_product,
    forward,
)
from rnnlab.ui.choices import choose_position
from rnnlab.ui.hand import comparison
from rnnlab.ui.hand.bench_controls import choose_bench, choose_unit, select_unit
from rnnlab.ui.hand.matrices import Item, MatrixView, Operator, Role, draw_matrices, formatted

TITLE = "Forward"
ICON = ":material/east:"
WORDS = (
    "activation",
    "bias",
    "gate",
    "kernel",
    "recurrent kernel",
    "state",
    "time step",
    "unit",
)

ROLES: dict[str, Role] = {"x": "input", "W": "input", "b": "bias", "d": "bias"}
"""Where a symbol's numbers come from, by its letter; all others come from the state."""


def draw() -> None:
    """The bench, the chosen step, and the outputs of all steps compared."""
    bench = choose_bench(without=("target",))
    steps = forward(bench)
    st.header("Step by step")
    t = choose_position("hand_step", "Time step", 1, bench.timesteps, default=1)
    unit = choose_unit(bench.units)
    for quantity in steps[t - 1].quantities:
        _quantity(bench, steps[t - 1], quantity, unit)
    st.caption(_what_to_look_at(bench, steps, t))
    comparison.compare_outputs(bench, np.stack([step.output for step in steps]))


def _quantity(bench: Bench, step: ForwardStep, quantity: Quantity, unit: int) -> None:
    """One line of the cell's equations: formula, matrices, and one unit spelled out."""
    with st.container(border=True):
        st.markdown(f"${at_step(quantity.formula, step.t, bench.activation)}$")
        draw_matrices(
            _formula_items(bench, step, quantity, unit),
            f"quantity_{bench.cell}_{quantity.symbol}",
            on_select=select_unit,
        )
        st.markdown(_spelled_out(bench, step, quantity, unit))


def _formula_items(bench: Bench, step: ForwardStep, quantity: Quantity, unit: int) -> list[Item]:
    """The formula with matrices instead of symbols."""
    terms = {term.formula: term for term in quantity.terms}
    signs = {"f": bench.activation, r"\sigma": "σ", r"\tanh": "tanh", r"\odot": "⊙", "-": "−"}
    items: list[Item] = []
    for token in tokenize(with_activation(quantity.formula, bench.activation)):
        if token.has_value:
            items += _term_items(terms[token.text], step.t, unit)
        else:
            items.append(Operator(signs.get(token.text, token.text)))
    symbol = symbol_at_step(f"{quantity.symbol}_t", step.t)
    result = MatrixView(symbol, formatted(quantity.value), "state", column=unit, selectable=True)
    return [*items, Operator("="), result]


def _term_items(term: TermValue, t: int, unit: int) -> list[Item]:
    def view(symbol: str, values: Floats) -> MatrixView:
        role, name = ROLES.get(symbol[0], "state"), symbol_at_step(symbol, t)
        return MatrixView(name, formatted(values), role, column=unit, selectable=True)

    if term.vector is None or term.matrix is None:
        return [view(term.formula, term.value)]
    left, right = term.formula.split(" ")
    vector = MatrixView(
        symbol_at_step(left, t), formatted(term.vector), ROLES.get(left[0], "state"), row=0
    )
    return [vector, Operator("·"), view(right, term.matrix)]


def _spelled_out(bench: Bench, step: ForwardStep, quantity: Quantity, unit: int) -> str:
    """One unit's numbers: every product, and the whole equation."""
    lines = [
        f"${at_step(term.formula, step.t)}$: {format_product(term.vector, term.matrix[:, unit])}"
        for term in quantity.terms
        if term.vector is not None and term.matrix is not None
    ]
    symbol = f"${quantity.symbol}_{{{step.t}}}$"
    equation = format_equation(quantity, unit, bench.activation)
    return "  \n".join([*lines, f"{symbol}, unit {unit + 1}: **{equation}**"])


def _what_to_look_at(bench: Bench, steps: tuple[ForwardStep, ...], t: int) -> str:
    if t < bench.timesteps:
        state = " and ".join(
            f"{symbol} = ({', '.join(map(format_number, values))})"
            for symbol, values in steps[t].previous_state.items()
        )
        return (
            f"Look at the green numbers: step {t} ends with {state}, and step {t + 1} begins "
            "with it. That is all the memory there is."
        )
    output = ", ".join(map(format_number, steps[-1].output))
    return (
        f"Look at the green numbers: the last step ends with h = ({output}). The first input has "
        "reached it only through the states in between."
    )
