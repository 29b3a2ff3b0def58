"""What it says: its predictions for samples that it is tested on."""

from __future__ import annotations

import streamlit as st

from rnnlab.cells.cell import Weights
from rnnlab.charts.predictions import (
    answered_chart,
    answered_table,
    answers_table,
    errors_table,
    series_chart,
    series_table,
    shifts_table,
    value_domain,
)
from rnnlab.insight.answered import Answered, answered, answered_sentence
from rnnlab.insight.predictions import (
    OneStepAhead,
    answers,
    answers_sentence,
    one_step_ahead,
    one_step_sentence,
)
from rnnlab.insight.shifts import ShiftErrors, shift_errors, shifts_sentence
from rnnlab.rules import SampleRule
from rnnlab.rules.series import SeriesRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.training.run import Moment

TITLE = "What it says"
ICON = ":material/query_stats:"
ORDER = 20
ERROR = "root mean squared error"


def fits(settings: Settings) -> bool:
    """Where a prediction is a number."""
    return isinstance(settings.data, SampleRule)


def draw(moment: Moment) -> None:
    """Its predictions at that moment."""
    show(moment.settings, moment.weights)


def show(settings: Settings, weights: Weights) -> None:
    """A line for a series; points for many samples, a table for a few."""
    if isinstance(settings.data, SeriesRule):
        _series(one_step_ahead(settings, weights))
    elif settings.sample_rule.holds_out:
        _samples(answered(settings, weights))
    else:
        few = answers(settings, weights)
        st.dataframe(answers_table(few), hide_index=True)
        st.caption(answers_sentence(few))


def _samples(many: Answered) -> None:
    drawing.draw(
        drawing.spec(answered_chart, value_domain(many.targets)),
        answered_table(many),
        key="answered",
        alt=f"Real and predicted values of {len(many.targets)} test samples.",
    )
    st.caption(answered_sentence(many))


def _series(series: OneStepAhead) -> None:
    drawing.draw(
        drawing.own_spec(series_chart, len(series.real), value_domain(series.real)),
        series_table(series),
        key="series",
        alt=f"Real and predicted values of {len(series.real)} test points.",
    )
    st.caption(one_step_sentence(series))
    st.dataframe(errors_table(series), hide_index=True)
    shifts = shift_errors(series.real, series.predicted)
    if shifts is not None:
        _shifts(shifts)


def _shifts(shifts: ShiftErrors) -> None:
    st.markdown("**Does it come late?**")
    bars = st.column_config.ProgressColumn(
        format="%.4g", min_value=0, max_value=max(shifts.errors.values()) or 1.0
    )
    st.dataframe(shifts_table(shifts), hide_index=True, column_config={ERROR: bars})
    st.caption(shifts_sentence(shifts))
