"""Shapes: a network as boxes, what flows between them, and how its parameters are counted."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.charts.anatomy import anatomy_alt, anatomy_chart, anatomy_table
from rnnlab.handcheck.anatomy import Anatomy, anatomy_sentence
from rnnlab.ui import drawing
from rnnlab.ui.knobs import Fold, Panel

TITLE = "Shapes"
ICON = ":material/account_tree:"

PANEL = Panel(Anatomy, "shape_")
MAIN_KNOBS = ("cell", "units", "layers", "bidirectional", "return_sequences")


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
    PANEL.standing()
    fold = Fold("What it reads, and what reads it", ":material/input:")
    return Anatomy.of(PANEL.draw(MAIN_KNOBS, fold))


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
