"""Longer strings: whether it holds on lengths that it was never trained on."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.longer import LOSS, RIGHT, by_step_chart, by_step_table, highest_loss
from rnnlab.insight.longer import FARTHEST, TIMES, by_step, by_step_sentence
from rnnlab.rules import BitRule
from rnnlab.rules.letters import LetterRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.training.run import Moment

TITLE = "Longer strings"
ICON = ":material/straighten:"
ORDER = 76
MEASURES = {"Loss": LOSS, "Right guesses": RIGHT}


def fits(settings: Settings) -> bool:
    """Where a series can go on, and it reads in one direction."""
    return isinstance(settings.data, BitRule | LetterRule) and not settings.bidirectional


def draw(moment: Moment) -> None:
    """The network beside the best possible, by the step since the beginning."""
    s = moment.settings
    lengths = {f"{TIMES} windows": TIMES * s.window}
    if lengths[f"{TIMES} windows"] < FARTHEST:
        lengths[f"{FARTHEST:,} steps"] = FARTHEST
    with st.container(horizontal=True):
        shown = choose_option("Measured by", tuple(MEASURES), "longer_measure")
        length = lengths[choose_option("Reads on for", tuple(lengths), "longer_length")]
    comparison, measure = by_step(s, moment.weights, length=length), MEASURES[shown]
    high = highest_loss(comparison) if measure == LOSS else 1.0
    drawing.draw(
        drawing.spec(by_step_chart, comparison.length, comparison.window, measure, high),
        by_step_table(comparison),
        key=f"longer_{measure}_{length}",
        alt=f"{shown} by step, up to step {comparison.length:,}, beside the best possible; it was "
        f"trained on windows of {comparison.window}.",
    )
    st.caption(by_step_sentence(comparison, carried=s.carry_state))
    st.caption(
        "It reads on from a state of zero and is never set back. Look to the right of the dashed "
        "line: no window of the training was that long."
    )
