"""The way back: the loss, what each step adds to each gradient, their sum, and a comparison."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.cells.cell import Floats
from rnnlab.handcheck.backward import BackwardPass, BackwardStep, backward
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.forward import (
    ForwardStep,
    format_number,
    format_operand,
    format_product,
    forward,
)
from rnnlab.ui.hand import comparison, through_gates
from rnnlab.ui.hand.bench_controls import ROLES, SYMBOLS, choose_bench, select_unit
from rnnlab.ui.hand.matrices import Item, MatrixView, Operator, draw_matrices, formatted
from rnnlab.ui.hand.steps import choose_step
from rnnlab.ui.hand.whole_matrices import draw_cells, draw_texts

TITLE = "The way back"
ICON = ":material/west:"
WORDS = (
    "bias",
    "finite differences",
    "gate",
    "gradient",
    "kernel",
    "layer",
    "loss",
    "recurrent kernel",
    "target",
    "time step",
    "unit",
    "weight",
)


def draw() -> None:
    """The loss, one step of backpropagation through time, the sum over all, and a comparison."""
    table = choose_bench()
    bench, unit = table.bench, table.unit
    draw_cells(table)
    backward_pass, steps = backward(bench), forward(bench)
    last = bench.timesteps

    def strip(t: int) -> list[Item]:
        return _gradients_of_states(backward_pass, t)

    t = choose_step("hand_step_back", last, strip, f"gradients_{bench.cell}", default=last)
    if t == last:
        _loss(bench, backward_pass)
    step = backward_pass.steps[last - t]
    if bench.cell_type.gates:
        through_gates.draw(bench, steps[t - 1], step, unit)
    else:
        with st.container(border=True):
            _through_activation(bench, steps[t - 1], step, unit)
    with st.container(border=True):
        _weight_gradients(bench, steps[t - 1], step, unit)
    draw_texts(table)
    st.header("Added up over the steps")
    for name in bench.weights:
        _sum(bench, backward_pass, name)
    st.caption(_what_to_look_at(backward_pass))
    st.header("Three witnesses")
    st.markdown(
        "NumPy goes back by the formulas above. TensorFlow takes the gradient of Keras' layer. "
        "Finite differences only try: each weight a little up and a little down, and see what "
        "the loss does."
    )
    comparison.compare_gradients(bench, backward_pass.gradients)


def _gradients_of_states(backward_pass: BackwardPass, t: int) -> list[Item]:
    """The gradient of the state before the first step and after each: it goes to the left."""
    steps = {step.t: step.state_gradient for step in backward_pass.steps}
    steps[0] = backward_pass.steps[-1].previous_state_gradient
    items: list[Item] = []
    for number, gradient in sorted(steps.items()):
        name = ", ".join(f"∂L/∂{symbol}_{number}" for symbol in gradient)
        values = formatted(np.stack(list(gradient.values())))
        row, wave = 0 if number == t else None, 1 + len(steps) - number
        items += [Operator("←"), MatrixView(name, values, row=row, wave=wave)]
    return items[1:]


def _loss(bench: Bench, backward_pass: BackwardPass) -> None:
    """Half the squared distance from the target, and its gradient: the error."""
    last = bench.timesteps
    output: Floats = forward(bench)[-1].output
    with st.container(border=True):
        st.markdown(
            rf"$L = \tfrac12 \lVert h_{{{last}}} - y \rVert^2 \qquad "
            rf"\dfrac{{\partial L}}{{\partial h_{{{last}}}}} = h_{{{last}}} - y$"
        )
        items: list[Item] = [
            MatrixView(f"h_{last}", formatted(output), "state"),
            Operator("−"),
            MatrixView("y", formatted(bench.target_vector), "target", label="target"),
            Operator("="),
            MatrixView(f"∂L/∂h_{last}", formatted(backward_pass.error)),
        ]
        draw_matrices(items, "back_loss")
        squares = " + ".join(f"({format_number(error)})²" for error in backward_pass.error)
        st.markdown(f"$L$: ½ ({squares}) = **{format_number(backward_pass.loss)}**")


def _through_activation(
    bench: Bench, forward_step: ForwardStep, step: BackwardStep, unit: int
) -> None:
    """From the output's gradient to the pre-activation's (delta), and on to the state before."""
    t, gradient = step.t, step.state_gradient["h"]
    slope: Floats = ACTIVATIONS[bench.activation].slope(forward_step.output)
    is_linear = bench.activation == "linear"
    st.markdown(
        rf"$\delta_{{{t}}} = \dfrac{{\partial L}}{{\partial h_{{{t}}}}}"
        + ("" if is_linear else rf" \odot \operatorname{{{bench.activation}}}'(a_{{{t}}})")
        + rf", \qquad \dfrac{{\partial L}}{{\partial h_{{{t - 1}}}}} = \delta_{{{t}}} U^\top$"
    )
    delta, transposed = step.delta[0], bench.weights["recurrent_kernel"].T
    activated: list[Item] = (
        [] if is_linear else [Operator("⊙"), _vector(f"{bench.activation}′(a_{t})", slope, unit)]
    )
    items: list[Item] = [
        _vector(f"∂L/∂h_{t}", gradient, unit),
        *activated,
        Operator("="),
        _vector(f"δ_{t}", delta, unit),
        Operator(""),
        MatrixView(f"δ_{t}", formatted(delta), row=0),
        Operator("·"),
        MatrixView("Uᵀ", formatted(transposed), "state", column=unit, selectable=True),
        Operator("="),
        _vector(f"∂L/∂h_{t - 1}", step.previous_state_gradient["h"], unit),
    ]
    draw_matrices(items, f"back_step_{bench.cell}", on_select=select_unit)
    product = f"{format_operand(gradient[unit])}·{format_operand(slope[unit])} = "
    st.markdown(
        f"$\\delta_{{{t}}}$, unit {unit + 1}: "
        f"{'' if is_linear else product}**{format_number(delta[unit])}**  \n"
        f"$\\partial L/\\partial h_{{{t - 1}}}$, unit {unit + 1}: "
        f"{format_product(delta, transposed[:, unit])}"
    )


def _vector(symbol: str, values: Floats, unit: int, label: str = "") -> MatrixView:
    return MatrixView(symbol, formatted(values), column=unit, selectable=True, label=label)


def _weight_gradients(
    bench: Bench, forward_step: ForwardStep, step: BackwardStep, unit: int
) -> None:
    """What the step adds to the gradients of both kernels: products of a column and a row."""
    t, previous_h = step.t, next(iter(forward_step.previous_state.values()))
    st.markdown(
        rf"Step {t} adds $x_{{{t}}}^\top \delta_{{{t}}}$ to $\partial L/\partial W$, "
        rf"$h_{{{t - 1}}}^\top \delta_{{{t}}}$ to $\partial L/\partial U$, and $\delta_{{{t}}}$ "
        r"to $\partial L/\partial b$."
    )
    # A GRU's gates have an error of their own for what comes from the state: its last row.
    sources = {
        "kernel": (f"x_{t}", forward_step.inputs, step.delta[0]),
        "recurrent_kernel": (f"h_{t - 1}", previous_h, step.delta[-1]),
    }
    gates = bench.cell_type.gates
    column = None if gates else unit
    items: list[Item] = []
    lines = []
    for name, (symbol, vector, delta) in sources.items():
        letter, role = SYMBOLS[name], ROLES[name]
        added = formatted(step.gradients[name])
        items += [
            MatrixView(f"{symbol}ᵀ", formatted(vector.reshape(-1, 1)), role, row=0),
            Operator("·"),
            MatrixView(f"δ_{t}", formatted(delta), gates=gates, column=column),
            Operator("="),
            MatrixView(f"to ∂L/∂{letter}", added, role, gates=gates, column=column),
            Operator(""),
        ]
        for number, gate in enumerate(gates or ("",)):
            error = delta[number * bench.units + unit]
            part = f"{letter}_{gate}" if gate else letter
            lines.append(
                f"To $\\partial L/\\partial {part}$, row 1, column {unit + 1}: "
                f"{format_operand(vector[0])}·{format_operand(error)} = "
                f"{format_number(vector[0] * error)}"
            )
    draw_matrices(items[:-1], f"back_added_{bench.cell}", on_select=select_unit)
    st.markdown("  \n".join(lines))


def _sum(bench: Bench, backward_pass: BackwardPass, name: str) -> None:
    """What all steps add to one weight's gradient, and their sum."""
    letter, role = SYMBOLS[name], ROLES[name]
    items: list[Item] = []
    for step in reversed(backward_pass.steps):
        items += [
            MatrixView(f"step {step.t}", formatted(step.gradients[name]), role),
            Operator("+"),
        ]
    items[-1] = Operator("=")
    total, gates = formatted(backward_pass.gradients[name]), bench.cell_type.gates
    items.append(MatrixView(f"∂L/∂{letter}", total, role, gates=gates))
    with st.container(border=True):
        st.markdown(f"`{name}`")
        draw_matrices(items, f"back_sum_{bench.cell}_{name}")


def _what_to_look_at(backward_pass: BackwardPass) -> str:
    sizes = [
        float(np.abs(step.gradients["recurrent_kernel"]).sum())
        for step in reversed(backward_pass.steps)
    ]
    shares = ", ".join(f"step {t} adds {format_number(size)}" for t, size in enumerate(sizes, 1))
    return (
        f"Look at how much each step adds to ∂L/∂U, as a sum of sizes: {shares}. The same "
        "weights are used at every step, so every step counts for how they should change."
    )
