"""What it remembers: the units over time, below the inputs, targets and predictions."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnnlab.charts.states import data_lanes, states_chart, states_table
from rnnlab.insight.states import ONE_DIRECTION, excerpt_of, quantities, states_sentence
from rnnlab.insight.weights import colour_limit
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.training.run import Moment

TITLE = "What it remembers"
ICON = ":material/grid_on:"
ORDER = 40


def fits(_settings: Settings) -> bool:
    """Every network remembers something."""
    return True


def draw(moment: Moment) -> None:
    """The heat map of one quantity of the cell, its output first."""
    s = moment.settings
    with st.container(horizontal=True):
        layer = choose_option("Layer", range(1, s.layers + 1), "states_layer")
        symbol = choose_option("Quantity", quantities(s.cell), "states_symbol")
        samples = range(1, 1 if s.network.classes else 4)
        sample = choose_option("Test sample", samples, "states_sample") - 1 if samples else 0
    excerpt = excerpt_of(s, moment.weights, sample=sample)
    values = excerpt.layers[layer - 1][symbol]
    limit = 1.0 if np.abs(values).max() <= 1 else colour_limit(values)
    drawing.draw(
        drawing.spec(states_chart, excerpt.n_steps, s.units, data_lanes(excerpt), limit, symbol),
        states_table(excerpt, layer, symbol),
        key="states",
        alt=f"{symbol} of every unit of layer {layer} over {excerpt.n_steps} time steps.",
    )
    if s.bidirectional:
        st.caption(ONE_DIRECTION)
    st.caption(states_sentence(s, moment.weights, excerpt, layer, symbol))
