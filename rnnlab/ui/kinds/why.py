"""Why it forgets: how much gradient is left so many steps back, before and after training."""

from __future__ import annotations

import streamlit as st

from rnnlab.cells import CELLS
from rnnlab.charts.memory import SHARE, SIZE, gradient_decay_chart, gradient_decay_table
from rnnlab.kinds.maps import MEMORY, MapCell
from rnnlab.kinds.measured import WHEN, gradient_sentence
from rnnlab.progress import RunFinished
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option, choose_position
from rnnlab.ui.kinds import map_run
from rnnlab.ui.kinds.map_run import MapRun, MapSnapshot
from rnnlab.ui.live_run.stream import Feed
from rnnlab.ui.live_run.watching import stage, ticker, watch_run

TITLE = "Why it forgets"
ICON = ":material/trending_down:"
WORDS = (
    "bit",
    "cause",
    "fresh bits",
    "gate",
    "gradient",
    "input",
    "kernel",
    "loss",
    "nat",
    "recurrent kernel",
    "state",
    "window",
)

Y_AXES = {"Size": SIZE, "Share of the whole": SHARE}

CAUTION = (
    "Here, as in Keras, the first recurrent kernel of a SimpleRNN turns the state without "
    "shrinking it, so hardly anything is lost on the way back. The forget gate of a "
    "new LSTM is about 73% open and the gates of a new GRU are half open, so what they hold, and "
    "its gradient, shrinks at every step until training opens the gates. An echo needs every bit, "
    "in order. Gates help where a network may choose what to keep."
)


def draw() -> None:
    """A line for each kind: the share of the gradient by steps back."""
    st.header("How much of the gradient is left?")
    st.markdown(
        "A network can learn from an input only if a gradient reaches it. The lines show how "
        "large the gradient still is at each number of steps back: the mean over 100 windows "
        "of fresh data. Look how far the lines have fallen at the cause: when training begins, "
        "the network has nothing else to learn from."
    )

    def draw_lines(_: MapRun | None, snapshot: MapSnapshot, feed: Feed[RunFinished] | None) -> None:
        _lines()
        if stage(snapshot):
            ticker(feed)

    map_run.follow(MEMORY)
    watch_run(map_run.slot(MEMORY), draw_lines)


def _lines() -> None:
    """The chosen networks, drawn anew while they are trained."""
    delay = choose_position("echo_back", "Networks for an echo with this delay", 1, 20, default=15)
    by_cell = {cell: map_run.gradient(MEMORY, MapCell(cell, delay)) for cell in CELLS}
    gradients = {cell: gradient for cell, gradient in by_cell.items() if gradient is not None}
    if not gradients:
        st.info(
            "These networks are not trained yet: see “How far back?”. Stay here, and their lines "
            "appear as soon as they are."
        )
        return
    n_lags = max(len(gradient.first) for gradient in gradients.values())
    y = Y_AXES[choose_option("Show", tuple(Y_AXES), "fall_of")]
    for when, column in zip(WHEN, st.columns(2), strict=True):
        with column:
            drawing.draw(
                drawing.spec(gradient_decay_chart, n_lags, delay, when, y),
                gradient_decay_table(gradients),
                key=f"fall_{when}_{y}_{n_lags}_{delay}",
                alt=f"Gradient by steps back, {when}, for each kind of network. "
                f"{gradient_sentence(gradients, delay)}",
            )
    st.markdown(gradient_sentence(gradients, delay))
    st.caption(CAUTION)
