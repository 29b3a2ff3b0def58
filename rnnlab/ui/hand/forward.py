"""Forward: every quantity of every step, with the numbers in the formula, and three witnesses."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnnlab.cells.cell import Floats
from rnnlab.handcheck import formulas as grammar
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.forward import Quantity, Step, Term, forward, number, spelled, worked
from rnnlab.ui.hand import controls, unit, witnesses
from rnnlab.ui.hand.formulas import at_step, name
from rnnlab.ui.hand.matrices import Item, Role, Shown, Sign, line, written
from rnnlab.ui.hand.unit import pick
from rnnlab.ui.place import place

TITLE = "Forward"
ICON = ":material/east:"

FROM: dict[str, Role] = {"x": "input", "W": "input", "b": "bias", "d": "bias"}
"""What a symbol's numbers come from, by its letter; whatever else there is comes from the state."""


def draw() -> None:
    """The bench, the step that is chosen, and what three witnesses say of all steps."""
    bench = controls.bench(without=("target",))
    steps = forward(bench)
    st.subheader("Step by step")
    t = place("hand_step", "Time step", 1, bench.timesteps, at_first=1)
    picked = unit.choose(bench.units)
    for quantity in steps[t - 1].quantities:
        _quantity(bench, steps[t - 1], quantity, picked)
    st.caption(_what_to_look_at(bench, steps, t))
    witnesses.of_outputs(bench, np.stack([step.output for step in steps]))


def _quantity(bench: Bench, step: Step, quantity: Quantity, unit: int) -> None:
    """One line of the cell's equations: formula, matrices, and one unit spelled out."""
    with st.container(border=True):
        st.markdown(f"${at_step(quantity.formula, step.t, bench.activation)}$")
        line(
            _line(bench, step, quantity, unit),
            f"quantity_{bench.cell}_{quantity.symbol}",
            on_pick=pick,
        )
        st.markdown(_words(bench, step, quantity, unit))


def _line(bench: Bench, step: Step, quantity: Quantity, unit: int) -> list[Item]:
    """The formula with matrices for its names."""
    terms = {term.formula: term for term in quantity.terms}
    items: list[Item] = []
    formula = grammar.with_activation(quantity.formula, bench.activation)
    for piece in grammar.tokens(formula):
        if piece.named:
            items += _term(terms[piece.text], step.t, unit)
        else:
            items.append(Sign(_sign(piece.text, bench.activation)))
    symbol = name(f"{quantity.symbol}_t", step.t)
    result = Shown(symbol, written(quantity.value), "state", column=unit, pick=True)
    return [*items, Sign("="), result]


def _term(term: Term, t: int, unit: int) -> list[Item]:
    if term.vector is None or term.matrix is None:
        return [_vector(term.formula, t, term.value, unit)]
    left, right = term.formula.split(" ")
    matrix = Shown(
        name(right, t), written(term.matrix), FROM.get(right[0], "state"), column=unit, pick=True
    )
    return [Shown(name(left, t), written(term.vector), _role(left), row=0), Sign("·"), matrix]


def _vector(symbol: str, t: int, value: Floats, unit: int) -> Shown:
    return Shown(name(symbol, t), written(value), _role(symbol), column=unit, pick=True)


def _role(symbol: str) -> Role:
    return FROM.get(symbol[0], "state")


def _sign(text: str, activation: str) -> str:
    signs = {"f": activation, r"\sigma": "σ", r"\tanh": "tanh", r"\odot": "⊙", "-": "−"}
    return signs.get(text, text)


def _words(bench: Bench, step: Step, quantity: Quantity, unit: int) -> str:
    """One unit's numbers: every product, and what they make together."""
    said = [
        f"${at_step(term.formula, step.t)}$: {spelled(term.vector, term.matrix, unit)}"
        for term in quantity.terms
        if term.vector is not None and term.matrix is not None
    ]
    symbol = f"${quantity.symbol}_{{{step.t}}}$"
    said.append(f"{symbol}, unit {unit + 1}: **{worked(quantity, unit, bench.activation)}**")
    return "  \n".join(said)


def _what_to_look_at(bench: Bench, steps: tuple[Step, ...], t: int) -> str:
    if t < bench.timesteps:
        handed_on = " and ".join(
            f"{symbol} = ({', '.join(map(number, values))})"
            for symbol, values in steps[t].before.items()
        )
        return (
            f"Look at the green numbers: step {t} ends with {handed_on}, and step {t + 1} begins "
            "with it. That is all the memory there is."
        )
    output = ", ".join(map(number, steps[-1].output))
    return (
        f"Look at the green numbers: the last step ends with h = ({output}). The first input has "
        "reached it only through the states in between."
    )
