"""Shapes: a network as boxes, what flows between them, and how its parameters are counted."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.charts.hand_check import layers_alt, layers_chart, layers_table
from rnnlab.handcheck.sequential import SequentialModel, summary_sentence
from rnnlab.ui import drawing
from rnnlab.ui.knobs import Fold, Panel

TITLE = "Shapes"
ICON = ":material/account_tree:"
WORDS = (
    "bias",
    "dense layer",
    "embedding",
    "gate",
    "kernel",
    "layer",
    "parameter",
    "recurrent kernel",
    "time step",
    "unit",
    "weight",
)

PANEL = Panel(SequentialModel, "shape_")
MAIN_KNOBS = ("cell", "units", "layers", "bidirectional", "return_sequences")


def draw() -> None:
    """The network that the knobs make: picture, count and code."""
    knobs, picture = st.columns([1, 2], gap="large")
    with knobs:
        model = _chosen()
    with picture:
        drawing.draw(
            drawing.spec(layers_chart, len(model.summary)),
            layers_table(model),
            key=f"shape_parts_{len(model.summary)}",
            alt=layers_alt(model),
        )
        st.caption(summary_sentence(model))
    st.header("How its numbers are counted")
    st.table(_counts(model))
    with st.expander("Every weight and its shape", icon=":material/data_array:"):
        st.table(_weights(model))
    st.header("The same in Keras")
    st.code(model.code, wrap_lines=True)


def _chosen() -> SequentialModel:
    PANEL.standing()
    fold = Fold("What it reads, and what reads it", ":material/input:")
    return SequentialModel.of(PANEL.draw(MAIN_KNOBS, fold))


def _counts(model: SequentialModel) -> pd.DataFrame:
    """One row for each layer with something to learn, and the total."""
    learning = [layer for layer in model.summary if layer.weights]
    rows = [(layer.name, str(layer.shape), layer.formula) for layer in learning]
    terms = " + ".join(f"{layer.parameters:,}" for layer in learning)
    total = f"{terms} = {model.parameters:,}" if len(learning) > 1 else terms
    rows.append(("together", "", total))
    return pd.DataFrame(rows, columns=["Layer", "Output", "Parameters"]).set_index("Layer")


def _weights(model: SequentialModel) -> pd.DataFrame:
    rows = [
        (layer.name, name, str(shape)) for layer in model.summary for name, shape in layer.weights
    ]
    return pd.DataFrame(rows, columns=["Layer", "Weight", "Shape"]).set_index("Layer")
