"""The window that the network read last: inputs, targets, and its probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rnnlab.charts.bit_predictions import last_window_chart, last_window_table
from rnnlab.progress import TrainingProgress
from rnnlab.rules import BitRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.training.run import Moment

TITLE = "Last window"
ICON = ":material/view_column:"
ORDER = 10


def fits(settings: Settings) -> bool:
    """Where there are bits to look at."""
    return isinstance(settings.data, BitRule)


def draw(moment: Moment) -> None:
    """The window before that moment."""
    show(moment.settings, [p for p in moment.progress if p.step <= max(moment.step, 1)])


def show(settings: Settings, progress: Sequence[TrainingProgress]) -> None:
    """The first rows of the last window, if it is one of bits."""
    window = progress[-1].last_window if progress else None
    rule = settings.data
    if window is None or not isinstance(rule, BitRule):
        return
    uncertain = rule.best_loss() > 0
    drawing.draw(
        drawing.spec(last_window_chart, *window.inputs.shape, with_truth=uncertain),
        last_window_table(window, with_truth=uncertain),
        key="last_window",
        alt="Inputs, targets and predicted probabilities of a 1 in the last window.",
    )
    st.caption(
        "Compare each green cell with the grey one below it: the network's probability of a 1, "
        "and the true one by the rule. Where that is .5, nobody can know."
        if uncertain
        else (
            "Compare each green cell, the network's probability of a 1, with the orange one "
            "above it: the target. It has learnt the rule when they agree."
        )
    )
