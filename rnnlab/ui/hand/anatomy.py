"""Shapes: a network as boxes, what flows between them, and how its parameters are counted."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from rnnlab.charts.anatomy import anatomy_alt, anatomy_chart, anatomy_table
from rnnlab.handcheck.anatomy import Anatomy, anatomy_sentence
from rnnlab.knobs import Knob, Value
from rnnlab.ui import controls, drawing

TITLE = "Shapes"
ICON = ":material/account_tree:"
PREFIX = "shape_"

ONLY_WITH = {"vocabulary": "embedding", "outputs": "dense"}
"""Knobs that mean something only where another one is on."""

FIRST = ("cell", "units", "layers", "bidirectional", "return_sequences")


def draw() -> None:
    """The network that the knobs make: picture, count and code."""
    knobs, picture = st.columns([1, 2], gap="large")
    with knobs:
        anatomy = _chosen()
    with picture:
        drawing.draw(
            drawing.spec(anatomy_chart, len(anatomy.parts)),
            anatomy_table(anatomy),
            key=f"shape_parts_{len(anatomy.parts)}",
            alt=anatomy_alt(anatomy),
        )
        st.caption(anatomy_sentence(anatomy))
    st.subheader("How its numbers are counted")
    st.table(_counts(anatomy))
    with st.expander("Every weight and its shape", icon=":material/data_array:"):
        st.table(_weights(anatomy))
    st.subheader("The same in Keras")
    st.code(anatomy.code, wrap_lines=True)


def _chosen() -> Anatomy:
    knobs = Anatomy.all_knobs()
    values: dict[str, Any] = _widgets({name: knobs[name] for name in FIRST}, {})
    with st.expander("What it reads, and what reads it", icon=":material/input:"):
        values |= _widgets({name: knobs[name] for name in knobs if name not in FIRST}, values)
    return Anatomy(**values)


def _widgets(knobs: dict[str, Knob], before: dict[str, Value]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, one in sorted(knobs.items(), key=lambda pair: pair[1].topic == "network"):
        switch = ONLY_WITH.get(name)
        if switch is None or {**before, **values}[switch]:
            values[name] = controls.widget(PREFIX + name, one)
    return values


def _counts(anatomy: Anatomy) -> pd.DataFrame:
    """One row a part with something to learn, and the total: to be read."""
    parts = [part for part in anatomy.parts if part.weights]
    rows = [(part.name, str(part.shape), part.formula) for part in parts]
    total = " + ".join(f"{part.parameters:,}" for part in parts)
    whole = f"{total} = {anatomy.parameters:,}" if len(parts) > 1 else total
    rows.append(("together", "", whole))
    return pd.DataFrame(rows, columns=["Layer", "Output", "Parameters"]).set_index("Layer")


def _weights(anatomy: Anatomy) -> pd.DataFrame:
    rows = [(part.name, name, str(shape)) for part in anatomy.parts for name, shape in part.weights]
    return pd.DataFrame(rows, columns=["Layer", "Weight", "Shape"]).set_index("Layer")
