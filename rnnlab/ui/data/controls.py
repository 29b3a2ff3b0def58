"""The knobs of the data, which the training page has too: what is chosen here is trained there."""

from __future__ import annotations

import streamlit as st

from rnnlab.knobs import Knob, Value
from rnnlab.rules import make_rule
from rnnlab.settings import Settings
from rnnlab.ui import upload
from rnnlab.ui.data import own_rule
from rnnlab.ui.knobs import Panel, widget
from rnnlab.ui.training.controls import choose_rule

SHARED = ("window", "rows", "length", "carry_state", "noise", "seed")
"""The knobs of every run that change what can be seen of its data."""


def chosen() -> Settings | None:
    """Draw the knobs; the settings of a run on these data, or None and a sentence if none fits.

    Knobs that have no widget here keep what the training page made them.
    """
    left, right = st.columns([1, 2], gap="medium")
    with left:
        name = choose_rule()
    values: dict[str, Value] = {"rule": name}
    with right:
        series = upload.own_series(name)
        values |= {
            key: _widget(name, key, knob) for key, knob in make_rule(name).all_knobs().items()
        }
    with st.expander("More about the data", icon=":material/casino:"):
        knobs = Settings.knobs(values)
        values |= {key: widget(key, knobs[key]) for key in SHARED if key in knobs}
    kept = {
        key: st.session_state[key]
        for key in knobs
        if key in Settings.all_knobs() and key not in values and key in st.session_state
    }
    return Panel(Settings).make({**kept, **values}, own=series)


def _widget(rule_name: str, name: str, knob: Knob) -> Value:
    """The widget of a rule's own knob; a rule that is typed has an editor."""
    editor = rule_name == own_rule.RULE and name == own_rule.KNOB
    return own_rule.edit(name, knob) if editor else widget(name, knob)
