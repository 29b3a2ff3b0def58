"""Its weights: what each is called, how many numbers it has, and how it changed."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.weights import matrix_chart, matrix_table, weights_table
from rnnlab.insight.weights import (
    colour_limit,
    gates_of,
    weight_matrix,
    weight_rows,
    weights_sentence,
)
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.training.run import Moment

TITLE = "Its weights"
ICON = ":material/data_array:"
ORDER = 80


def fits(settings: Settings) -> bool:
    """Every network has weights."""
    return settings.units > 0


def draw(moment: Moment) -> None:
    """One matrix before training and now; below it the count of all."""
    network = moment.settings.network
    with st.container(horizontal=True):
        name = choose_option("Weight", tuple(network.shapes), "weights_name")
        gate = choose_option("Part", gates_of(network, name), f"weights_part_{network.cell}")
    matrix = weight_matrix(network, name, moment.first, moment.weights, gate)
    symbol = next(row.symbol for row in weight_rows(network) if row.name == name)
    n_rows, n_columns = matrix.after.shape
    drawing.draw(
        drawing.spec(matrix_chart, n_rows, n_columns, colour_limit(matrix), symbol),
        matrix_table(matrix),
        key="matrix",
        alt=f"The weight {name} before training and now, as shades.",
    )
    st.caption(weights_sentence(network, moment.first, moment.weights))
    st.dataframe(weights_table(network), hide_index=True)
