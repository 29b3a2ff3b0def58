"""Charts written once and drawn often: writing one takes far longer than sending it its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec

import altair as alt
import pandas as pd
import streamlit as st

from rnnlab import charts
from rnnlab.charts.table import TABLE

Spec = dict[str, Any]
What = ParamSpec("What")


def draw(spec: Spec, table: pd.DataFrame, *, key: str, alt: str) -> None:
    """Draw a chart with its table. While only rows change, the picture stays where it is."""
    datasets = {**spec.get("datasets", {}), TABLE: table}
    st.vega_lite_chart(spec={**spec, "datasets": datasets}, key=key, alt=alt)


def spec(
    chart: Callable[What, alt.LayerChart | alt.FacetChart],
    *args: What.args,
    **options: What.kwargs,
) -> Spec:
    """What a function of `rnnlab.charts` gives for these arguments, as Vega-Lite."""
    return _written(chart.__name__, args, options)


@st.cache_data(max_entries=300, show_spinner=False)
def _written(name: str, args: tuple[Any, ...], options: dict[str, Any]) -> Spec:
    chart: alt.LayerChart = getattr(charts, name)(*args, **options)
    return chart.to_dict()
