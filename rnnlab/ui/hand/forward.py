"""The way forward: one time step with every number in its formula, where it can be changed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from rnnlab.cells.cell import Floats
from rnnlab.handcheck.bench import LABELS
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
from rnnlab.handcheck.places import place_of
from rnnlab.ui.hand import comparison
from rnnlab.ui.hand.bench_controls import BenchOnPage, choose_bench, link_to_article, select_unit
from rnnlab.ui.hand.matrices import Edit, Item, MatrixView, Operator, Role, draw_matrices, formatted
from rnnlab.ui.hand.steps import choose_step
from rnnlab.ui.hand.whole_matrices import draw_cells, draw_texts

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

QUAD = r", \qquad "
"""What stands between two formulas in a line."""

ROLES: dict[str, Role] = {"x": "input", "W": "input", "b": "bias", "d": "bias"}
"""Where a symbol's numbers come from, by its letter; all others come from the state."""


def draw() -> None:
    """The chosen step with its numbers to change, what it hands on, and the outputs compared."""
    table = choose_bench()
    if table.error is not None and not table.in_shape(table.error.matrix):
        draw_cells(table, (table.error.matrix,))
    steps = forward(table.bench)

    def strip(t: int) -> list[Item]:
        return _states(steps, t)

    calculation, strip_key = st.container(), f"states_{table.bench.cell}"
    t = choose_step("hand_step", len(steps), strip, strip_key, default=1)
    with calculation:
        _StepDrawing(table, steps[t - 1]).draw()
    st.markdown(_what_to_look_at(steps, t))
    link_to_article()
    draw_texts(table)
    comparison.compare_outputs(table.bench, np.stack([step.output for step in steps]))


def _states(steps: tuple[ForwardStep, ...], t: int) -> list[Item]:
    """The state before the first step and after each: what goes from step to step."""
    symbols = tuple(steps[0].previous_state)
    first = np.stack(list(steps[0].previous_state.values()))
    states = [first, *(np.stack([_value(step, symbol) for symbol in symbols]) for step in steps)]
    items: list[Item] = []
    for number, state in enumerate(states):
        name = ", ".join(f"{symbol}_{number}" for symbol in symbols)
        row = 0 if number == t else None
        wave = 2 + max(number - t, 0)
        items += [Operator("→"), MatrixView(name, formatted(state), "state", row=row, wave=wave)]
    return items[1:]


def _value(step: ForwardStep, symbol: str) -> Floats:
    return next(each.value for each in step.quantities if each.symbol == symbol)


class _StepDrawing:
    """One time step as it is drawn: every quantity's formula with its numbers."""

    def __init__(self, table: BenchOnPage, step: ForwardStep) -> None:
        self.table, self.bench, self.unit, self.step = table, table.bench, table.unit, step
        self.editable: set[str] = set()  # what can be changed at the place where it stands first

    def draw(self) -> None:
        quantities = self.step.quantities
        for wave, quantity in enumerate(quantities, 1):
            if not _follows_directly(quantity):
                after = quantities[wave : wave + 1]
                self._draw(quantity, *(each for each in after if _follows_directly(each)))

    def _draw(self, *quantities: Quantity) -> None:
        """A quantity, and after it what a function makes of it alone."""
        t, bench, unit = self.step.t, self.bench, self.unit
        with st.container(border=True, gap="xsmall"):
            formulas = [at_step(each.formula, t, bench.activation) for each in quantities]
            st.markdown(f"${QUAD.join(formulas)}$")
            items = self._formula(quantities[0])
            for quantity in quantities[1:]:
                function = "=" if bench.activation == "linear" else f"{bench.activation} →"
                items += [Operator(function), self._result(quantity)]
            key = f"quantity_{bench.cell}_{quantities[0].symbol}"
            draw_matrices(items, key, on_edit=self._edited, on_select=select_unit)
            products = [
                f"${at_step(term.formula, t)}$: {format_product(term.vector, term.matrix[:, unit])}"
                for term in quantities[0].terms
                if term.vector is not None and term.matrix is not None
            ]
            sums = [
                f"${each.symbol}_{{{t}}}$, unit {unit + 1}: "
                f"**{format_equation(each, unit, bench.activation)}**"
                for each in quantities
            ]
            st.markdown(" &emsp; ".join(products) + "  \n" + " &emsp; ".join(sums))

    def _formula(self, quantity: Quantity) -> list[Item]:
        """The formula with matrices instead of symbols."""
        terms = {term.formula: term for term in quantity.terms}
        activation = self.bench.activation
        signs = {"f": activation, r"\sigma": "σ", r"\tanh": "tanh", r"\odot": "⊙", "-": "−"}
        items: list[Item] = []
        for token in tokenize(with_activation(quantity.formula, activation)):
            if token.has_value:
                items += self._term(terms[token.text])
            else:
                items.append(Operator(signs.get(token.text, token.text)))
        return [*items, Operator("="), self._result(quantity)]

    def _result(self, quantity: Quantity) -> MatrixView:
        symbol = symbol_at_step(f"{quantity.symbol}_t", self.step.t)
        wave = 1 + _follows_directly(quantity) + (quantity is self.step.quantities[-1])
        values = formatted(quantity.value)
        return MatrixView(symbol, values, "state", column=self.unit, selectable=True, wave=wave)

    def _term(self, term: TermValue) -> list[Item]:
        if term.vector is None or term.matrix is None:
            return [replace(self._view(term.formula, term.value), column=self.unit)]
        left, right = term.formula.split(" ")
        vector = replace(self._view(left, term.vector), row=0, selectable=False)
        matrix = replace(self._view(right, term.matrix), column=self.unit)
        return [vector, Operator("·"), matrix]

    def _view(self, symbol: str, values: Floats) -> MatrixView:
        """Numbers of the formula: to be changed where the bench has them, at their first place."""
        t, role = self.step.t, ROLES.get(symbol[0], "state")
        name, place = symbol_at_step(symbol, t), place_of(self.bench, symbol, t)
        view = MatrixView(name, formatted(values), role, selectable=True)
        if place is None or symbol in self.editable or not self.table.in_shape(place.matrix):
            return view
        self.editable.add(symbol)
        whole, (_, _, gate) = self.table.cells[place.matrix], symbol.partition("_")
        is_gate = gate in self.bench.cell_type.gates
        return replace(
            view,
            cells=place.read(whole),
            name=symbol,
            whole=(len(whole), len(whole[0])),
            spoken=LABELS[place.matrix] + (f" {gate}" if is_gate else ""),
            rows_before=place.top,
            note=self.table.note(place.matrix),
        )

    def _edited(self, edit: Edit) -> None:
        place = place_of(self.bench, edit.name, self.step.t)
        if place is not None:
            self.table.write(place.matrix, place)(edit)


def _follows_directly(quantity: Quantity) -> bool:
    """Whether it is a function of the quantity before it and of nothing else, like h = f(a)."""
    return len(quantity.terms) == 1 and quantity.terms[0].vector is None


def _what_to_look_at(steps: tuple[ForwardStep, ...], t: int) -> str:
    if t < len(steps):
        state = " and ".join(
            f"{symbol} = ({', '.join(map(format_number, values))})"
            for symbol, values in steps[t].previous_state.items()
        )
        return (
            f"Look at the pink numbers: step {t} ends with {state}, and step {t + 1} begins "
            "with it. That is all the memory there is."
        )
    output = ", ".join(map(format_number, steps[-1].output))
    return (
        f"Look at the pink numbers: the last step ends with h = ({output}). The first input has "
        "reached it only through the states in between."
    )
