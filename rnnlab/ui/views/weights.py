"""Its weights: what each is called, how many numbers it has, and how it changed."""

from __future__ import annotations

import streamlit as st

from rnnlab import charts, insight
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.views.moment import Moment
from rnnlab.ui.views.pick import pick

TITLE = "Its weights"
ICON = ":material/data_array:"


def fits(settings: Settings) -> bool:
    """Every network has weights."""
    return settings.units > 0


def draw(moment: Moment) -> None:
    """One matrix before training and now; below it the count of all."""
    network = moment.settings.network
    with st.container(horizontal=True):
        name = pick("Weight", tuple(network.shapes), "weights_name")
        part = pick("Part", insight.parts(network, name), f"weights_part_{network.cell}")
    matrix = insight.matrix(network, name, moment.first, moment.weights, part)
    symbol = next(row.symbol for row in insight.weight_rows(network) if row.name == name)
    n_rows, n_columns = matrix.after.shape
    drawing.draw(
        drawing.spec(charts.matrix_chart, n_rows, n_columns, insight.colour_limit(matrix), symbol),
        charts.matrix_table(matrix),
        key="matrix",
        alt=f"The weight {name} before training and now, as shades.",
    )
    st.caption(insight.weights_sentence(network, moment.first, moment.weights))
    st.dataframe(charts.weights_table(network), hide_index=True)
