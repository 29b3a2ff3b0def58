"""What it says: its answers to samples it is tested on."""

from __future__ import annotations

import streamlit as st

from rnnlab.cells.cell import Weights
from rnnlab.charts.predictions import (
    answers_table,
    errors_table,
    series_chart,
    series_table,
    value_domain,
)
from rnnlab.insight.answers import answers, answers_sentence
from rnnlab.insight.forecast import Told, told, told_sentence
from rnnlab.rules import BitRule
from rnnlab.rules.series import SeriesRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.views.moment import Moment

TITLE = "What it says"
ICON = ":material/query_stats:"


def fits(settings: Settings) -> bool:
    """Where the answer is a number."""
    return not isinstance(settings.data, BitRule)


def draw(moment: Moment) -> None:
    """What it says at that moment."""
    show(moment.settings, moment.weights)


def show(settings: Settings, weights: Weights) -> None:
    """A line for a series; a table for a few samples."""
    if isinstance(settings.data, SeriesRule):
        _series(told(settings, weights))
    else:
        found = answers(settings, weights)
        st.dataframe(answers_table(found), hide_index=True)
        st.caption(answers_sentence(found))


def _series(found: Told) -> None:
    drawing.draw(
        drawing.spec(series_chart, len(found.real), value_domain(found.real)),
        series_table(found),
        key="series",
        alt=f"Real and predicted values of {len(found.real)} test points.",
    )
    st.caption(told_sentence(found))
    st.dataframe(errors_table(found), hide_index=True)
