"""The machine inside: the trained network as a state machine, beside that of the rule."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnnlab.charts.machine_inside import automaton_table, pasts_table, units_chart, units_table
from rnnlab.charts.machine_picture import machine_alt, machine_chart
from rnnlab.insight.automaton import Automaton
from rnnlab.insight.machine_in_words import as_machine, pasts, sentence, state_sentence
from rnnlab.insight.machine_inside import MachineInside, machine_inside
from rnnlab.insight.weights import colour_limit
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.state_machine import Machine
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.training.run import Moment

TITLE = "The machine inside"
ICON = ":material/account_tree:"
ORDER = 78
CHART, STATE = "machine_inside", "inside_state"


def fits(settings: Settings) -> bool:
    """Where the rule is a machine, and the network reads as it does: forward."""
    return isinstance(settings.data, MachineRule) and not settings.bidirectional


def draw(moment: Moment) -> None:
    """Two machines beside each other, and one state of the network's."""
    inside = machine_inside(moment.settings, moment.weights)
    of_network, of_rule = st.columns(2)
    with of_network:
        st.markdown("**In the network**")
        if inside.extracted is None:
            st.caption("None of few states was found.")
        else:
            drawn = as_machine(inside.extracted, next_bit=inside.next_bit)
            clicks = {"on_select": _take_click, "selection_mode": "clicked"}
            _machine(inside.extracted, drawn, CHART, **clicks)
    with of_rule:
        st.markdown("**Of the rule**")
        drawn = as_machine(inside.rule, next_bit=inside.next_bit, names=inside.names)
        _machine(inside.rule, drawn, "machine_of_the_rule")
    st.caption(sentence(inside))
    if inside.extracted is not None:
        _state(inside, len(inside.extracted.answers))
    st.caption(
        "Two pasts are one state if the network answers alike whatever comes after them. What it "
        "answers is asked for as Weiss, Goldberg & Yahav (2018) do."
    )


def _machine(automaton: Automaton, drawn: Machine, key: str, **selection: object) -> None:
    table = automaton_table(automaton, drawn)
    drawing.draw(drawing.spec(machine_chart), table, key=key, alt=machine_alt(drawn), **selection)


def _state(inside: MachineInside, n_states: int) -> None:
    """One state: where it lies among the units, and what leads there."""
    state = int(choose_option("State of the network (or click one)", range(1, n_states + 1), STATE))
    known = pasts(inside, state - 1)
    if not known:
        st.caption(f"No string of the rule has led to state {state}.")
        return
    limit = 1.0 if np.abs(inside.units).max() <= 1 else colour_limit(inside.units)
    drawing.draw(
        drawing.spec(units_chart, inside.units.shape[-1], limit),
        units_table(inside, state - 1),
        key="machine_units",
        alt=f"What each unit says in state {state}, beside what it says in all states.",
    )
    st.caption(
        f"{state_sentence(inside, state - 1)} Look for units whose blue bar is short and lies "
        f"apart: they hold state {state}. Below are the last bits that most often led there."
    )
    st.dataframe(
        pasts_table(known),
        hide_index=True,
        column_config={"share of visits": st.column_config.NumberColumn(format="percent")},
    )


def _take_click() -> None:
    """Look at the state that was clicked."""
    clicked = st.session_state[CHART].selection.get("clicked")
    if clicked and clicked[-1].get("number"):
        st.session_state[STATE] = int(clicked[-1]["number"])
