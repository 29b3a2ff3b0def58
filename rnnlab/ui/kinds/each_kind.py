"""The kinds of network: each unrolled, with its equations, its size, and what it is good for."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from rnnlab.handcheck.equations import with_latex_activation
from rnnlab.kinds.equations import network_equations
from rnnlab.kinds.kinds import KINDS, Comparison, NetworkKind
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.knobs import Knob
from rnnlab.settings import knobs as shared
from rnnlab.ui import address, links
from rnnlab.ui.kinds import unrolled
from rnnlab.ui.knobs import widget

TITLE = "The kinds"
ICON = ":material/category:"
WORDS = (
    "best possible",
    "bit",
    "cause",
    "chance",
    "dropout",
    "epoch",
    "fresh bits",
    "gate",
    "gradient",
    "input",
    "kernel",
    "layer",
    "learnt by heart",
    "loss",
    "mean squared error",
    "nat",
    "parameter",
    "recurrent kernel",
    "seed",
    "softmax",
    "state",
    "time step",
    "unit",
    "update",
    "weight",
    "window",
)

STEPS, UNITS = "kind_steps", "kind_units"


def draw() -> None:
    """One kind at a time."""
    by_title = {kind.title: kind for kind in KINDS}
    address.link("kind", Knob(KINDS[0].title, "Kind", "", "network", choices=tuple(by_title)))
    chosen = st.segmented_control(
        "Kind",
        list(by_title),
        default=KINDS[0].title,
        required=True,
        label_visibility="collapsed",
        key="kind",
        persist_state="session",
    )
    kind = by_title.get(chosen or "", KINDS[0])
    picture, tasks = st.columns(2, gap="large")
    with picture:
        _picture(kind)
        st.markdown(kind.sentence)
    with tasks:
        _comparison(kind.wins, "Where it wins", ":material/thumb_up:")
        _comparison(kind.loses, "Where it does not", ":material/thumb_down:")
    equations, size = st.columns(2, gap="large")
    with equations:
        _equations(kind)
    with size:
        _count(kind)


def _picture(kind: NetworkKind) -> None:
    drawn = st.container()
    steps = int(widget(STEPS, Unrolled.all_knobs()["steps"]))
    with drawn:
        unrolled.draw(replace(kind.unrolled, steps=steps), f"unrolled_{kind.name}", kind.title)
    if kind.unrolled.dropout:
        st.caption(
            "Dotted arrows: while it trains, a share of these numbers is hidden, different ones at "
            "each update. Nothing is ever hidden between time steps."
        )


def _equations(kind: NetworkKind) -> None:
    st.markdown("**What happens at each step**")
    lines = network_equations(kind.cell, kind.unrolled)
    named = (with_latex_activation(line, str(shared.ACTIVATION.default)) for line in lines)
    equations = (line.replace("=", "&=", 1) for line in named)
    st.latex(r"\begin{aligned}" + r"\\".join(equations) + r"\end{aligned}")
    st.caption(_explained(kind.unrolled))


def _explained(picture: Unrolled) -> str:
    """What the letters of the equations are."""
    words = ["x is the input, h the state, y the chances of the two classes."]
    if picture.bidirectional:
        words.append("g is the state of the layer that reads backwards; its weights have a stroke.")
    if picture.layers > 1:
        words.append("The numbers in brackets count the layers from below.")
    if picture.dropout:
        words.append(
            "m is 0 where a number is hidden, and a little more than 1 elsewhere, to make up for "
            "that. After training it is 1 everywhere."
        )
    return " ".join(words)


def _count(kind: NetworkKind) -> None:
    units = int(widget(UNITS, shared.UNITS))
    model = kind.sequential_model(units)
    rows = [(layer.name, layer.formula) for layer in model.summary if layer.weights]
    st.table(pd.DataFrame(rows, columns=["Layer", "Parameters"]).set_index("Layer"))
    st.caption(
        f"{model.parameters:,} parameters, if one number comes in at each step and there are two "
        "classes to choose from. The number of steps makes no difference."
    )


def _comparison(comparison: Comparison, title: str, icon: str) -> None:
    with st.container(border=True):
        st.markdown(f"{icon} **{title}: {comparison.task}**")
        st.markdown(comparison.sentence)
        st.caption(comparison.conditions)
        links_to_both = st.container(horizontal=True)
        for name, settings in (
            (comparison.name, comparison.settings),
            (comparison.other, comparison.against),
        ):
            with links_to_both:
                links.settings_link(
                    links.TRAINING_PAGE, settings, f"Train: {name}", ":material/play_circle:"
                )
