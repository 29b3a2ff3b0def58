"""The controls of a run: its rule, data and knobs, what it will cost, the buttons that start it."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from statistics import median

import streamlit as st

from rnnlab.knobs import Value
from rnnlab.rules import make_rule
from rnnlab.rules.own_series import OwnSeries
from rnnlab.rules.series import OwnSeriesRule
from rnnlab.settings import Settings, limits
from rnnlab.settings.fitting import fit_rows
from rnnlab.ui import address
from rnnlab.ui.knobs import Fold, Panel, widget
from rnnlab.ui.training import own_file
from rnnlab.ui.training import run as runs

FOLDS = (
    Fold("More about the data", ":material/casino:", "data"),
    Fold("More about the network", ":material/hub:", "network"),
    Fold("More about the training", ":material/fitness_center:", "training"),
)
MEASURED_RUNS = 20


def choose_rule() -> str:
    """The widget of the first question: what is there to learn."""
    return str(widget("rule", Settings.all_knobs()["rule"]))


def own_series(rule_name: str) -> OwnSeries | None:
    """The visitor's series, if this rule is about one and there is one; else the way to give it."""
    if not isinstance(make_rule(rule_name), OwnSeriesRule):
        return None
    return own_file.ask()


def choose_knobs(rule_name: str) -> dict[str, Value]:
    """Draw every knob of runs with this rule: its main ones open, the rest folded by topic."""
    panel = Panel(Settings, fixed={"rule": rule_name})
    return panel.draw(make_rule(rule_name).main_knobs, *FOLDS)


def make(values: Mapping[str, Value], own: OwnSeries | None) -> Settings | None:
    """The settings that these values make, or a sentence on why they make none.

    For a short series the rows are lowered, and that is said.
    """
    if own is not None:
        values, sentence = fit_rows(values, own)
        if sentence is not None:
            st.info(sentence, icon=":material/tune:")
    return Panel(Settings).make(values, own=own)


def show_buttons(settings: Settings) -> None:
    """Start these settings, or one update of them, or the same with the next seed."""
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
    if address.can_turn("seed"):
        st.button(
            "With other luck",
            icon=":material/casino:",
            help="Train with other data and other first weights: the next seed.",
            on_click=_start_with_next_seed,
            args=(settings,),
        )


def _start_with_next_seed(settings: Settings) -> None:
    highest = Settings.all_knobs()["seed"].high
    seed = settings.seed + 1 if highest is None or settings.seed < highest else 0
    st.session_state["seed"] = seed
    runs.start(replace(settings, seed=seed))


def show_cost(settings: Settings) -> None:
    """One line before the buttons: numbers to learn, updates, and about how long it will take."""
    networks = f"{settings.networks} networks of " if settings.networks > 1 else ""
    seconds = limits.seconds(settings) * median(_ratios() or [1.0])
    st.caption(
        f"{networks}{settings.network.parameters:,} parameters · {settings.updates:,} updates · "
        f"about {_duration(seconds)}"
    )


def note_duration(settings: Settings, seconds: float) -> None:
    """Remember how long a run took, so that the time of the next one is estimated better."""
    _ratios().append(seconds / limits.seconds(settings))


@st.cache_resource(show_spinner=False)
def _ratios() -> deque[float]:
    """Measured time by expected time of this server's latest runs."""
    return deque(maxlen=MEASURED_RUNS)


def _duration(seconds: float) -> str:
    if seconds < 10:
        return f"{max(1, round(seconds))} s"
    if seconds < 90:
        return f"{round(seconds, -1):.0f} s"
    return f"{seconds / 60:.0f} minutes"
