"""Charts written once and drawn often: writing one takes far longer than sending it its rows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from rnnlab import charts
from rnnlab.bounds import Bounds
from rnnlab.charts.table import TABLE

Spec = dict[str, Any]


def draw(spec: Spec, table: pd.DataFrame, *, key: str, alt: str) -> None:
    """Draw a chart with its table. While only rows change, the picture stays where it is."""
    datasets = {**spec.get("datasets", {}), TABLE: table}
    st.vega_lite_chart(spec={**spec, "datasets": datasets}, key=key, alt=alt)


@st.cache_data(max_entries=200, show_spinner=False)
def loss_curve(bounds: Bounds, updates_per_epoch: int, epochs: int, *, log: bool) -> Spec:
    """`charts.loss_curve`, to be drawn with a `charts.run_table`."""
    return charts.loss_curve(bounds, updates_per_epoch, epochs, log=log).to_dict()


@st.cache_data(max_entries=200, show_spinner=False)
def glimpse(n_rows: int, n_steps: int, *, with_truth: bool) -> Spec:
    """`charts.glimpse_chart`, to be drawn with a `charts.glimpse_table`."""
    return charts.glimpse_chart(n_rows, n_steps, with_truth=with_truth).to_dict()
