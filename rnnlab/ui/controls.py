"""Knobs as widgets: each knob's default, range and words come from `settings`, its value from the
URL or the visitor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.knobs import Knob, Value
from rnnlab.settings import KNOBS, Settings, knobs_for

OPEN = ("window", "cell", "units", "learning_rate")
"""The shared knobs that are always in sight, besides the rule and its own."""

TOPICS = {
    "data": ("More about the data", ":material/casino:"),
    "network": ("More about the network", ":material/hub:"),
    "training": ("More about the training", ":material/fitness_center:"),
}
MOST_IN_A_ROW = 5
MOST_ON_A_SLIDER = 1000


def training_knobs() -> dict[str, Value]:
    """Draw every knob of a training run, few open, the rest folded by topic; their values."""
    values = {"rule": _widget("rule", KNOBS["rule"])}
    knobs = knobs_for(str(values["rule"]))
    own = [name for name in knobs if name not in KNOBS]
    values |= _widgets(knobs, [*own, *OPEN])
    for topic, (title, icon) in TOPICS.items():
        folded = [name for name, one in knobs.items() if one.topic == topic and name not in values]
        with st.expander(title, icon=icon):
            values |= _widgets(knobs, folded)
    return values


def settings_or_sorry(values: dict[str, Value], own: OwnSeries | None) -> Settings | None:
    """The settings that these knobs make, or a sentence on why they make none.

    `own` is the visitor's own series, for the rule that is about it.
    """
    try:
        return replace(Settings.of(values), own=own) if own else Settings.of(values)
    except LabError as error:
        st.warning(str(error), icon=":material/tune:")
        return None


def train_buttons(settings: Settings, start: Callable[[Settings], None]) -> None:
    """The button that starts these settings, and one for the same with the next seed."""
    with st.container(horizontal=True):
        st.button(
            "Train",
            type="primary",
            icon=":material/play_arrow:",
            on_click=start,
            args=(settings,),
            width="stretch",
        )
        st.button(
            "Another seed",
            icon=":material/casino:",
            help="Train with other coin flips and other first weights.",
            on_click=_start_with_next_seed,
            args=(settings, start),
        )


def set_knobs(settings: Settings) -> None:
    """Turn every knob to these settings. Only before the widgets are drawn, or in a callback."""
    for name, value in settings.values.items():
        st.session_state[name] = value


def _widgets(knobs: dict[str, Knob], names: Iterable[str]) -> dict[str, Value]:
    return {name: _widget(name, knobs[name]) for name in names}


def _widget(name: str, knob: Knob) -> Value:
    """The widget that suits the knob, bound to the URL parameter of its name."""
    if knob.choices:
        return _choice(name, knob)
    if isinstance(knob.default, bool):
        return st.toggle(
            knob.label, value=knob.default, help=knob.help, key=name, bind="query-params"
        )
    if knob.high is not None and knob.high - (knob.low or 0) > MOST_ON_A_SLIDER * (knob.step or 1):
        number = st.number_input(
            knob.label,
            knob.low,
            knob.high,
            knob.default,
            step=knob.step or 1,
            help=knob.help,
            key=name,
            bind="query-params",
        )
        return knob.check(number)
    kind = type(knob.default)
    limits = (knob.low, knob.high, knob.default, knob.step or 1)
    chosen: Value = st.slider(  # type: ignore[call-overload]
        knob.label, *map(kind, limits), help=knob.help, key=name, bind="query-params"
    )
    return chosen


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
    return st.select_slider(
        knob.label,
        knob.choices,
        value=knob.default,
        help=knob.help,
        key=name,
        bind="query-params",
    )


def _start_with_next_seed(settings: Settings, start: Callable[[Settings], None]) -> None:
    highest = KNOBS["seed"].high
    seed = settings.seed + 1 if highest is None or settings.seed < highest else 0
    st.session_state["seed"] = seed
    start(replace(settings, seed=seed))
