"""Memory, written out: the loop that a recurrent network is, what it keeps, and for how long."""

from __future__ import annotations

from functools import partial

import streamlit as st

from rnnlab.cells.cell import Floats
from rnnlab.charts.hand_check import (
    distances_chart,
    distances_table,
    state_map_chart,
    state_map_table,
)
from rnnlab.handcheck import written_out as loops
from rnnlab.handcheck.programs import loop_program, repaired_program
from rnnlab.handcheck.written_out import ARTICLE_BUGS, ArticleBug, KerasStates, Loop
from rnnlab.knobs import Knob
from rnnlab.ui import answers, drawing
from rnnlab.ui.knobs import Panel, widget

TITLE = "Memory, written out"
ICON = ":material/all_inclusive:"
WORDS = (
    "activation",
    "input",
    "recurrent kernel",
    "state",
    "time step",
    "unit",
    "weight",
)
WORK = "rnnlab.keras_models.hand_check:keras_states"
PREFIX = "memory_"

CHANGE = Knob(
    1.0,
    "Add to the first input",
    "This is added to each of the 32 numbers of the first input. All later inputs stay as they "
    "are.",
    "data",
    low=0.1,
    high=2.0,
    step=0.1,
)
N_UNITS = Knob(16, "Units shown", "How many of the 64 rows.", "network", choices=(16, loops.UNITS))


def draw() -> None:
    """The loop, its states as a picture, how a first input fades, and the article's bugs."""
    knobs, picture = st.columns([1, 2], gap="large")
    with knobs:
        loop, n_units, change = _chosen()
    states = loops.states_of(loop)
    with picture:
        drawing.draw(
            drawing.spec(state_map_chart, loops.TIMESTEPS, n_units),
            state_map_table(states, n_units),
            key=f"memory_states_{n_units}",
            alt=f"The state of {n_units} units over {loops.TIMESTEPS} time steps, as shades.",
        )
        st.caption(loops.states_sentence(states, n_units))
        _draw_fading(loop, change)
        answers.show(WORK, loop, KerasStates, partial(_draw_keras, states))
    _draw_code(loop)
    _draw_bugs()


def _chosen() -> tuple[Loop, int, float]:
    """The loop that the knobs make, how many units to show, and the change of the first input."""
    panel = Panel(Loop, PREFIX)
    panel.standing()
    loop = Loop.of(panel.draw())
    change = widget(f"{PREFIX}change", CHANGE)
    units = widget(f"{PREFIX}units", N_UNITS)
    return loop, int(units), float(change)


def _draw_fading(loop: Loop, change: float) -> None:
    st.header("How long does it remember its first input?")
    distances = loops.fading_distances(loop, change)
    drawing.draw(
        drawing.spec(distances_chart, loops.TIMESTEPS, loops.VISIBLE),
        distances_table(distances),
        key="memory_fading",
        alt="How far apart two runs are, step by step, that differ in the first input only.",
    )
    st.caption(loops.fading_sentence(distances, change))


def _draw_keras(states: Floats, answer: KerasStates | None, reason: str) -> None:
    if answer is None:
        st.markdown(f":material/hourglass: Keras beside it: {reason}")
    else:
        st.markdown(f":material/balance: {loops.keras_sentence(states, answer.states)}")


def _draw_code(loop: Loop) -> None:
    st.header("All of it, in NumPy")
    st.markdown(
        "This program makes the picture above; copy it and run it. The one line inside the loop "
        "is the network."
    )
    st.code(loop_program(loop), wrap_lines=True)


def _draw_bugs() -> None:
    st.header("Why the article's version does not run")
    st.markdown(
        "Each box begins with lines of the article (望月从良, “Coding Disney”, 2018) and with what "
        "Python answers when it runs them here and now. Can you repair them before you read on?"
    )
    for number, bug in enumerate(ARTICLE_BUGS, start=1):
        with st.container(border=True):
            st.markdown(f"**{number}. {bug.title}**")
            _draw_bug(bug)
    with st.expander("The whole program, repaired", icon=":material/build:"):
        st.code(repaired_program(), wrap_lines=True)


def _draw_bug(bug: ArticleBug) -> None:
    printed, repaired = st.columns(2)
    with printed:
        st.code(bug.excerpt, wrap_lines=True)
        st.markdown(f":material/terminal: `{bug.printed_outcome}`")
    with repaired:
        st.code(bug.repaired, wrap_lines=True)
        st.markdown(f":material/terminal: `{bug.repaired_outcome}`")
    st.caption(bug.why)
