"""The machine of a rule, drawn."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.machine_picture import (
    machine_alt,
    machine_chart,
    machine_table,
    states_table,
)
from rnnlab.rules.machine import MachineRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing


def draw_machine(settings: Settings, key: str) -> None:
    """Its states and where each bit leads, if the rule is one."""
    rule = settings.data
    if not isinstance(rule, MachineRule):
        return
    machine = rule.machine()
    drawing.draw(
        drawing.spec(machine_chart), machine_table(machine), key=key, alt=machine_alt(machine)
    )
    st.caption(
        "Begin at any state and follow a line with each bit, to the dot at its end. The numbers "
        "are those of the table."
    )
    st.dataframe(states_table(machine), hide_index=True)
