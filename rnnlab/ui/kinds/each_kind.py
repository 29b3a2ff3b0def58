"""The kinds of network: each unrolled, with its equations, its size, and what it is good for."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from rnnlab.cells import cell
from rnnlab.kinds.kind import Kind, Task
from rnnlab.kinds.kinds import KINDS
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.ui import links
from rnnlab.ui.kinds import unrolled
from rnnlab.ui.knobs import widget

TITLE = "The kinds"
ICON = ":material/category:"

STEPS, UNITS = "kind_steps", "kind_units"


def draw() -> None:
    """One kind at a time."""
    by_title = {one.title: one for one in KINDS}
    chosen = st.segmented_control(
        "Kind",
        list(by_title),
        default=KINDS[0].title,
        required=True,
        label_visibility="collapsed",
        key="kind",
        bind="query-params",
    )
    kind = by_title.get(chosen or "", KINDS[0])
    st.markdown(kind.sentence)
    picture, size = st.columns([3, 2], gap="large")
    with picture:
        _picture(kind)
    with size:
        _equations(kind)
        _count(kind)
    wins, loses = st.columns(2)
    with wins:
        _task(kind.wins, "Where it wins", ":material/thumb_up:")
    with loses:
        _task(kind.loses, "Where it does not", ":material/thumb_down:")


def _picture(kind: Kind) -> None:
    steps = int(widget(STEPS, Unrolled.all_knobs()["steps"]))
    shown = replace(kind.unrolled, steps=steps)
    unrolled.draw(shown, f"unrolled_{kind.name}", kind.title)
    if kind.unrolled.dropout:
        st.caption(
            "Dotted arrows: in training a share of these numbers is hidden, other ones at each "
            "update. Never between time steps."
        )


def _equations(kind: Kind) -> None:
    st.markdown("**What happens at each step**")
    st.latex(
        r"\begin{aligned}"
        + r"\\".join(one.replace("=", "&=", 1) for one in cell(kind.cell).equations.values())
        + r"\end{aligned}"
    )


def _count(kind: Kind) -> None:
    units = st.slider("Units", 1, 64, 6, key=UNITS, bind="query-params")
    model = kind.sequential_model(units)
    rows = [(layer.name, layer.formula) for layer in model.summary if layer.weights]
    st.table(pd.DataFrame(rows, columns=["Layer", "Parameters"]).set_index("Layer"))
    st.caption(
        f"{model.parameters:,} numbers to learn, for one number in at each step and two "
        "classes out; however many steps there are."
    )


def _task(task: Task, title: str, icon: str) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(f"{icon} **{title}: {task.what}**")
        st.markdown(task.sentence)
        st.caption(task.conditions)
        links.settings_link(
            links.TRAINING_PAGE, task.settings, f"Train: {task.name}", ":material/play_circle:"
        )
        links.settings_link(
            links.TRAINING_PAGE, task.against, f"Train: {task.other}", ":material/play_circle:"
        )
