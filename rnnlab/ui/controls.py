"""Knobs as widgets: each knob's default, range and words come from `settings`, its value from the
URL or the visitor.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.knobs import Knob, Value
from rnnlab.rules import make_rule
from rnnlab.rules.series import OwnSeries
from rnnlab.settings import Settings
from rnnlab.ui import runs
from rnnlab.ui.markdown import escape_markdown

TOPICS = {
    "data": ("More about the data", ":material/casino:"),
    "network": ("More about the network", ":material/hub:"),
    "training": ("More about the training", ":material/fitness_center:"),
}
MOST_IN_A_ROW = 5
MOST_ON_A_SLIDER = 1000


def training_knobs(rule_name: str) -> dict[str, Value]:
    """Draw every knob of runs with this rule: what matters most to it open, the rest by topic."""
    knobs = {
        name: one for name, one in Settings.knobs({"rule": rule_name}).items() if name != "rule"
    }
    values: dict[str, Value] = {"rule": rule_name}
    values |= _widgets(knobs, make_rule(rule_name).main_knobs)
    for topic, (title, icon) in TOPICS.items():
        folded = [name for name, one in knobs.items() if one.topic == topic and name not in values]
        if folded:
            with st.expander(title, icon=icon):
                values |= _widgets(knobs, folded)
    return values


def choose_rule() -> str:
    """The widget of the first question: what is there to learn."""
    return str(widget("rule", Settings.all_knobs()["rule"]))


def settings_or_sorry(values: dict[str, Value], own: OwnSeries | None) -> Settings | None:
    """The settings that these knobs make, or a sentence on why they make none.

    `own` is the visitor's own series, for the rule that is about it.
    """
    try:
        return Settings.of(values, own=own)
    except LabError as error:
        st.warning(escape_markdown(str(error)), icon=":material/tune:")
        return None


def train_buttons(settings: Settings) -> None:
    """Start these settings, or one update of them, or the same with the next seed."""
    with st.container(horizontal=True):
        st.button(
            "Train",
            type="primary",
            icon=":material/play_arrow:",
            on_click=runs.start,
            args=(settings,),
            width="stretch",
        )
        st.button(
            "Step",
            icon=":material/step:",
            help="Do a single update. Press again for the next one.",
            on_click=runs.step,
            args=(settings,),
        )
        st.button(
            "Another seed",
            icon=":material/casino:",
            help="Train with other random numbers: for the data, and for the first weights.",
            on_click=_start_with_next_seed,
            args=(settings,),
        )


def _widgets(knobs: dict[str, Knob], names: Iterable[str]) -> dict[str, Value]:
    return {name: widget(name, knobs[name]) for name in names}


def widget(name: str, knob: Knob) -> Value:
    """The widget that suits the knob, bound to the URL parameter `name`."""
    if knob.choices:
        return _choice(name, knob)
    if isinstance(knob.default, bool):
        return st.toggle(
            knob.label, value=knob.default, help=knob.help, key=name, bind="query-params"
        )
    if isinstance(knob.default, str):
        return _text(name, knob)
    kind: type[Any] = type(knob.default)
    low, high, default, step = map(kind, (knob.low, knob.high, knob.default, knob.step or 1))
    number = st.slider if (high - low) / step <= MOST_ON_A_SLIDER else st.number_input
    infinite = number is st.number_input and _forget_infinity(name)
    bind: Literal["query-params"] | None = None if infinite else "query-params"
    chosen: Value = number(
        knob.label, low, high, default, step, help=knob.help, key=name, bind=bind
    )
    return chosen


def _forget_infinity(name: str) -> bool:
    """Take an infinite number out of the URL, if it holds one: at it Streamlit raises."""
    try:
        infinite = math.isinf(float(st.query_params.get(name, "")))
    except ValueError:
        return False
    if infinite:
        del st.query_params[name]
    return infinite


def _text(name: str, knob: Knob) -> str:
    """A line to type in: what is wrong with it is said later, and it is kept as it is."""
    return st.text_input(
        knob.label,
        value=str(knob.default),
        max_chars=knob.longest,
        help=knob.help,
        key=name,
        bind="query-params",
    )


def _choice(name: str, knob: Knob) -> Value:
    if len(knob.choices) == 1:
        return knob.choices[0]
    if len(knob.choices) <= MOST_IN_A_ROW:
        return (
            st.segmented_control(
                knob.label,
                knob.choices,
                default=knob.default,
                required=True,
                help=knob.help,
                key=name,
                bind="query-params",
            )
            or knob.default
        )
    if isinstance(knob.default, str):
        index = knob.choices.index(knob.default)
        return st.selectbox(
            knob.label, knob.choices, index, help=knob.help, key=name, bind="query-params"
        )
    return st.select_slider(
        knob.label,
        knob.choices,
        value=knob.default,
        help=knob.help,
        key=name,
        bind="query-params",
    )


def _start_with_next_seed(settings: Settings) -> None:
    highest = Settings.all_knobs()["seed"].high
    seed = settings.seed + 1 if highest is None or settings.seed < highest else 0
    st.session_state["seed"] = seed
    runs.start(replace(settings, seed=seed))
