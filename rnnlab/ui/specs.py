"""Charts as specifications, made once: writing one takes far longer than sending its rows."""

from __future__ import annotations

from typing import Any

import streamlit as st

from rnnlab import charts
from rnnlab.bounds import Bounds


@st.cache_data(max_entries=200, show_spinner=False)
def loss_curve(bounds: Bounds, updates_per_epoch: int, epochs: int) -> dict[str, Any]:
    """`charts.loss_curve`, to be drawn with a `charts.run_table`."""
    return charts.loss_curve(bounds, updates_per_epoch, epochs).to_dict()


@st.cache_data(max_entries=200, show_spinner=False)
def glimpse(n_rows: int, n_steps: int, *, with_truth: bool) -> dict[str, Any]:
    """`charts.glimpse_chart`, to be drawn with a `charts.glimpse_table`."""
    return charts.glimpse_chart(n_rows, n_steps, with_truth=with_truth).to_dict()
