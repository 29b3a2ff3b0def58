"""Switch parts off: what a unit or a past input is worth, measured and foretold."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.ablation import ablation_table, changes_chart, changes_domain, changes_table
from rnnlab.insight.ablation import (
    MEAN,
    OFF,
    Ablation,
    TurnedInputs,
    ablation,
    ablation_sentence,
    turned_inputs,
    turned_sentence,
)
from rnnlab.insight.states import ONE_DIRECTION
from rnnlab.rules import BitRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.training.run import Moment

TITLE = "Switch parts off"
ICON = ":material/power_settings_new:"
ORDER = 74
UNIT_OFF, UNIT_HELD, TURNED = "A unit off", "A unit held at its mean", "An input turned around"
INSTEAD = {UNIT_OFF: OFF, UNIT_HELD: MEAN}


def fits(_settings: Settings) -> bool:
    """Every network has units."""
    return True


def draw(moment: Moment) -> None:
    """Two bars for each unit, or for each step back."""
    s = moment.settings
    turns = isinstance(s.data, BitRule) and s.shape[0] > 1
    kind = choose_option("What to change", (*INSTEAD, *([TURNED] if turns else [])), "ablate")
    if kind == TURNED:
        measured = turned_inputs(s, moment.weights)
        _bars(s, measured, "the input of each step back is turned around")
        st.caption(turned_sentence(measured))
        return
    layer = choose_option("Layer", range(1, s.layers + 1), "ablate_layer")
    without = ablation(s, moment.weights, layer, INSTEAD[kind])
    _bars(s, without, f"{kind.lower()}, for each unit of layer {layer}")
    if s.bidirectional:
        st.caption(ONE_DIRECTION)
    st.caption(ablation_sentence(without, INSTEAD[kind]))
    with st.expander("In numbers", icon=":material/table:"):
        st.dataframe(ablation_table(without), hide_index=True)


def _bars(settings: Settings, measured: Ablation | TurnedInputs, what: str) -> None:
    unit_of_loss = "nats" if settings.network.classes else "mean squared error"
    of_units = isinstance(measured, Ablation)
    drawing.draw(
        drawing.spec(
            changes_chart,
            len(measured.changes),
            changes_domain(measured),
            unit_of_loss,
            of_units=of_units,
        ),
        changes_table(measured),
        key=f"ablation_{of_units}",
        alt=f"Change of the loss, measured and foretold by the gradient, where {what}.",
    )
