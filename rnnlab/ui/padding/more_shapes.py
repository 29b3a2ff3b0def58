"""Three more: a layer at every step, answers at every step, and a state that is handed on."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from rnnlab.charts.unequal import KEPT, MASKED, READ, unequal_chart, unequal_table
from rnnlab.lengths.keras_lines import PRELUDE, SHAPES
from rnnlab.ui import drawing
from rnnlab.ui.padding.in_keras import lines_of

TITLE = "Three more"
ICON = ":material/view_week:"
WORDS = (
    "layer",
    "loss",
    "mask",
    "padding",
    "state",
)


class Lane(NamedTuple):
    """One row of a picture: numbers by step, how many of them are real, and what becomes of each.

    The step `handed_on`, from 1, is what something else begins with.
    """

    name: str
    numbers: tuple[int, ...]
    real: int
    handed_on: tuple[int, ...] = ()

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The text and the kind of each cell."""
        return [
            (str(number), KEPT if k in self.handed_on else READ if k <= self.real else MASKED)
            for k, number in enumerate(self.numbers, 1)
        ]


PICTURES: dict[str, tuple[Lane, ...]] = {
    "time_distributed": (
        Lane("sentence 1", (1, 2, 4), 3),
        Lane("sentence 2", (4, 9, 0), 2),
        Lane("their sums", (7, 13), 2, handed_on=(1, 2)),
    ),
    "many_to_many": (
        Lane("sequence 1", (1, 2, 4), 3),
        Lane("its answers", (1, 3, 7), 3),
        Lane("sequence 2", (3, 9, 0), 2),
        Lane("its answers, too", (3, 12, 12), 2),
    ),
    "return_state": (
        Lane("encoder reads", (1, 2, 4, 9, 9), 3),
        Lane("its state", (1, 3, 7, 7, 7), 3, handed_on=(5,)),
        Lane("decoder reads", (1, 1), 2),
        Lane("its state, from 7 on", (8, 9), 2),
    ),
}
"""The numbers of `SHAPES`, step by step."""


def draw() -> None:
    """A picture, its lines of Keras, and what to look at, for each."""
    st.header("What else has unequal lengths?")
    st.markdown(
        "Squares are read, crosses are under the mask, and diamonds go on to what comes next. "
        "Look in each picture how a cross changes no number to the right of it."
    )
    with st.expander("The lines before each of them", icon=":material/vertical_align_top:"):
        st.code(PRELUDE, language="python")
    for lines in SHAPES:
        lanes = PICTURES[lines.name]
        names = tuple(lane.name for lane in lanes)
        with st.container(border=True):
            picture, code = st.columns(2, gap="large")
            with picture:
                drawing.draw(
                    drawing.spec(unequal_chart, names, max(len(lane.numbers) for lane in lanes)),
                    unequal_table([(lane.name, lane.cells) for lane in lanes]),
                    key=f"shape_{lines.name}",
                    alt="; ".join(f"{lane.name}: {_in_words(lane)}" for lane in lanes),
                )
            with code:
                lines_of(lines)


def _in_words(lane: Lane) -> str:
    masked = len(lane.numbers) - lane.real
    numbers = ", ".join(map(str, lane.numbers))
    return f"{numbers}, the last {masked} under the mask" if masked else numbers
