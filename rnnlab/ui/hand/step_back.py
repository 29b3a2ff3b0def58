"""One step of backpropagation through time, with the numbers in the formula."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.cells.cell import Floats
from rnnlab.handcheck.backward import StepBack
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.forward import Step, in_product, number, spelled
from rnnlab.ui.hand.matrices import Item, Role, Shown, Sign, line, written
from rnnlab.ui.hand.unit import pick


def draw_step(bench: Bench, step: Step, back: StepBack, unit: int) -> None:
    """What arrives at the step, what goes on to the one before, and what it adds on the way."""
    with st.container(border=True):
        if bench.kind.gates:
            _through_gates(bench, back, unit)
        else:
            _through_activation(bench, step, back, unit)
    with st.container(border=True):
        _added(bench, step, back, unit)


def _through_activation(bench: Bench, step: Step, back: StepBack, unit: int) -> None:
    t, arrives = back.t, back.arrives["h"]
    slope: Floats = ACTIVATIONS[bench.activation].slope(step.output)
    bent = bench.activation != "linear"
    st.markdown(
        rf"$\delta_{{{t}}} = \dfrac{{\partial L}}{{\partial h_{{{t}}}}}"
        + (rf" \odot f'(a_{{{t}}})" if bent else "")
        + rf", \qquad \dfrac{{\partial L}}{{\partial h_{{{t - 1}}}}} = \delta_{{{t}}} U^\top$"
    )
    delta, leaves = back.delta[0], back.leaves["h"]
    items: list[Item] = [_row(f"∂L/∂h_{t}", arrives, unit)]
    if bent:
        items += [Sign("⊙"), _row(f"f′(a_{t})", slope, unit)]
    transposed = bench.weights["recurrent_kernel"].T
    items += [
        Sign("="),
        _row(f"δ_{t}", delta, unit),
        Sign(""),
        Shown(f"δ_{t}", written(delta), row=0),
        Sign("·"),
        Shown("Uᵀ", written(transposed), "state", column=unit, pick=True),
        Sign("="),
        _row(f"∂L/∂h_{t - 1}", leaves, unit),
    ]
    line(items, f"back_step_{bench.cell}", on_pick=pick)
    here = f"{in_product(arrives[unit])}·{in_product(slope[unit])} = " if bent else ""
    st.markdown(
        f"$\\delta_{{{t}}}$, unit {unit + 1}: {here}**{number(delta[unit])}**  \n"
        f"$\\partial L/\\partial h_{{{t - 1}}}$, unit {unit + 1}: "
        f"{spelled(delta, transposed, unit)}"
    )


def _through_gates(bench: Bench, back: StepBack, unit: int) -> None:
    t = back.t
    st.markdown(
        f"What arrives at step {t} goes back through the gates by the chain rule. The error of "
        rf"each sum before its squashing is $\delta_{{{t}}}$; what leaves reaches step {t - 1}."
    )
    items: list[Item] = [
        _row(f"∂L/∂{symbol}_{t}", value, unit, "arrives") for symbol, value in back.arrives.items()
    ]
    items += [Sign("→"), Shown(f"δ_{t}", written(back.delta), gates=bench.kind.gates), Sign("→")]
    items += [
        _row(f"∂L/∂{symbol}_{t - 1}", value, unit, "leaves")
        for symbol, value in back.leaves.items()
    ]
    line(items, f"back_step_{bench.cell}", on_pick=pick)


def _added(bench: Bench, step: Step, back: StepBack, unit: int) -> None:
    """What the step adds to the gradients of both kernels: products of a column and a row."""
    t, before = back.t, next(iter(step.before.values()))
    st.markdown(
        rf"Step {t} adds $x_{{{t}}}^\top \delta_{{{t}}}$ to $\partial L/\partial W$, "
        rf"$h_{{{t - 1}}}^\top \delta_{{{t}}}$ to $\partial L/\partial U$, and $\delta_{{{t}}}$ "
        r"to $\partial L/\partial b$."
    )
    items: list[Item] = []
    words = []
    # A GRU's gates have an error of their own for what comes from the state.
    for name, letter, symbol, vector, delta, role in (
        ("kernel", "W", f"x_{t}", step.inputs, back.delta[0], "input"),
        ("recurrent_kernel", "U", f"h_{t - 1}", before, back.delta[-1], "state"),
    ):
        items += _outer(bench, back, (name, letter, symbol), vector, delta, unit, role)  # type: ignore[arg-type]
        words.append(
            f"To $\\partial L/\\partial {letter}$, row 1, column {unit + 1}: "
            f"{in_product(vector[0])}·{in_product(delta[unit])} = {number(vector[0] * delta[unit])}"
        )
    line(items[:-1], f"back_added_{bench.cell}", on_pick=pick)
    st.markdown("  \n".join(words))


def _outer(
    bench: Bench,
    back: StepBack,
    names: tuple[str, str, str],
    vector: Floats,
    delta: Floats,
    unit: int,
    role: Role,
) -> list[Item]:
    name, letter, symbol = names
    gates = bench.kind.gates
    lit = None if gates else unit
    column: Floats = np.reshape(vector, (-1, 1))
    return [
        Shown(f"{symbol}ᵀ", written(column), role, row=0),
        Sign("·"),
        Shown(f"δ_{back.t}", written(delta), gates=gates, column=lit),
        Sign("="),
        Shown(f"to ∂L/∂{letter}", written(back.weights[name]), role, gates=gates, column=lit),
        Sign(""),
    ]


def _row(symbol: str, values: Floats, unit: int, label: str = "") -> Shown:
    return Shown(symbol, written(values), column=unit, pick=True, label=label)
