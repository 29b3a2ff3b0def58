"""What it says: its answers to samples it is tested on."""

from __future__ import annotations

import streamlit as st

from rnnlab import charts, insight
from rnnlab.cells.cell import Weights
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
        _series(insight.told(settings, weights))
    else:
        found = insight.answers(settings, weights)
        st.dataframe(charts.answers_table(found), hide_index=True)
        st.caption(insight.answers_sentence(found))


def _series(found: insight.Told) -> None:
    drawing.draw(
        drawing.spec(charts.series_chart, len(found.real), charts.value_domain(found.real)),
        charts.series_table(found),
        key="series",
        alt=f"Real and predicted values of {len(found.real)} test points.",
    )
    st.caption(insight.told_sentence(found))
    st.dataframe(charts.errors_table(found), hide_index=True)
