"""Its gates: how far each is open on average."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.states import gate_means_chart, gate_means_table
from rnnlab.handcheck.equations import with_latex_activation
from rnnlab.insight.states import ONE_DIRECTION, gate_means, gates, gates_sentence
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.training.run import Moment

TITLE = "Its gates"
ICON = ":material/valve:"
ORDER = 50


def fits(settings: Settings) -> bool:
    """Only some cells have gates."""
    return bool(gates(settings.cell))


def draw(moment: Moment) -> None:
    """A lane for each gate, a point for each unit."""
    s = moment.settings
    layer = choose_option("Layer", range(1, s.layers + 1), "gates_layer")
    means = gate_means(s, moment.weights, layer)
    drawing.draw(
        drawing.spec(gate_means_chart, tuple(means)),
        gate_means_table(means),
        key="gates",
        alt=f"How far the gates {', '.join(means)} are open, for each unit of layer {layer}.",
    )
    if s.bidirectional:
        st.caption(ONE_DIRECTION)
    st.caption(gates_sentence(s, means))
    with st.expander("What each gate does", icon=":material/functions:"):
        for formula in s.network.cell_type.equations.values():
            st.latex(with_latex_activation(formula, s.activation))
    st.caption("Step by step you see them under “What it remembers”: pick a quantity there.")
