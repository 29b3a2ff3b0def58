"""Its gates: how far each is open on average."""

from __future__ import annotations

import streamlit as st

from rnnlab import charts, insight
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.views.moment import Moment
from rnnlab.ui.views.pick import pick

TITLE = "Its gates"
ICON = ":material/valve:"


def fits(settings: Settings) -> bool:
    """Only some cells have gates."""
    return bool(insight.gates(settings.cell))


def draw(moment: Moment) -> None:
    """A lane for each gate, a point for each unit."""
    s = moment.settings
    layer = pick("Layer", range(1, s.layers + 1), "gates_layer")
    means = insight.gate_means(s, moment.weights, layer)
    drawing.draw(
        drawing.spec(charts.gate_means_chart, tuple(means)),
        charts.gate_means_table(means),
        key="gates",
        alt=f"How far the gates {', '.join(means)} are open, for each unit of layer {layer}.",
    )
    if s.bidirectional:
        st.caption(insight.ONE_DIRECTION)
    st.caption(insight.gates_sentence(s, means))
    with st.expander("What each gate does", icon=":material/functions:"):
        for formula in s.network.kind.equations.values():
            st.latex(formula)
    st.caption("Step by step you see them under “What it remembers”: pick a quantity there.")
