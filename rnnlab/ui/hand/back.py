"""The way back: the loss, what each step adds to each gradient, their sum, and three witnesses."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnnlab.cells.cell import Floats
from rnnlab.handcheck.backward import Backward, backward
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.forward import forward, number
from rnnlab.ui.hand import controls, unit, witnesses
from rnnlab.ui.hand.matrices import Item, Role, Shown, Sign, line, written
from rnnlab.ui.hand.step_back import draw_step
from rnnlab.ui.place import place

TITLE = "The way back"
ICON = ":material/west:"

WEIGHTS: dict[str, tuple[str, Role]] = {
    "kernel": ("W", "input"),
    "recurrent_kernel": ("U", "state"),
    "bias": ("b", "bias"),
}


def draw() -> None:
    """The loss, one step of backpropagation through time, the sum over all, and witnesses."""
    bench = controls.bench()
    back = backward(bench)
    st.subheader("What is wrong at the end")
    _loss(bench, back)
    st.subheader("Step by step, backwards")
    last = bench.timesteps
    t = place("hand_step_back", "Time step", 1, last, at_first=last)
    draw_step(bench, forward(bench)[t - 1], back.steps[last - t], unit.choose(bench.units))
    st.subheader("Added up over the steps")
    for name in bench.weights:
        _sum(bench, back, name)
    st.caption(_what_to_look_at(back))
    st.subheader("Three witnesses")
    st.markdown(
        "NumPy goes back by the formulas above. TensorFlow differentiates Keras' layer. Finite "
        "differences only try: each weight a little up, a little down, and what the loss does."
    )
    witnesses.of_gradients(bench, back.total)


def _loss(bench: Bench, back: Backward) -> None:
    """Half the squared distance from the target, and its gradient: what is wrong."""
    last = bench.timesteps
    output: Floats = forward(bench)[-1].output
    with st.container(border=True):
        st.markdown(
            rf"$L = \tfrac12 \lVert h_{{{last}}} - y \rVert^2 \qquad "
            rf"\dfrac{{\partial L}}{{\partial h_{{{last}}}}} = h_{{{last}}} - y$"
        )
        items: list[Item] = [
            Shown(f"h_{last}", written(output), "state"),
            Sign("−"),
            Shown("y", written(bench.wanted), "target", label="target"),
            Sign("="),
            Shown(f"∂L/∂h_{last}", written(back.error)),
        ]
        line(items, "back_loss")
        squares = " + ".join(f"({number(one)})²" for one in back.error)
        st.markdown(f"$L$: ½ ({squares}) = **{number(back.loss)}**")


def _sum(bench: Bench, back: Backward, name: str) -> None:
    """The contributions of all steps to one weight's gradient, and their sum."""
    letter, role = WEIGHTS[name]
    items: list[Item] = []
    for step in reversed(back.steps):
        items += [Shown(f"step {step.t}", written(step.weights[name]), role), Sign("+")]
    items[-1] = Sign("=")
    items.append(Shown(f"∂L/∂{letter}", written(back.total[name]), role, gates=bench.kind.gates))
    with st.container(border=True):
        st.markdown(f"`{name}`")
        line(items, f"back_sum_{bench.cell}_{name}")


def _what_to_look_at(back: Backward) -> str:
    sizes = [float(np.abs(step.weights["recurrent_kernel"]).sum()) for step in reversed(back.steps)]
    told = ", ".join(f"step {t} adds {number(size)}" for t, size in enumerate(sizes, 1))
    return (
        f"Look at how much each step adds to ∂L/∂U, as a sum of sizes: {told}. The same weights "
        "are used at every step, so every step has a say in how they should change."
    )
