"""On its own: the forecast that reads its own predictions."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.predictions import series_chart, series_table, value_domain
from rnnlab.insight.predictions import forecast, forecast_sentence
from rnnlab.rules.series import SeriesRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.training.run import Moment

TITLE = "On its own"
ICON = ":material/move_down:"
ORDER = 30


def fits(settings: Settings) -> bool:
    """Where a series goes on."""
    return isinstance(settings.data, SeriesRule)


def draw(moment: Moment) -> None:
    """The real series, and where the network goes when nobody corrects it."""
    series = forecast(moment.settings, moment.weights)
    drawing.draw(
        drawing.own_spec(series_chart, len(series.real), value_domain(series.real), alone=True),
        series_table(series),
        key="forecast",
        alt=f"A forecast of {len(series.real)} steps that reads its own predictions.",
    )
    st.caption(forecast_sentence(series))
