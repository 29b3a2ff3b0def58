"""Pictures on a page: charts of `rnnlab.charts`, and components of the lab's own.

A chart is written once and drawn often: writing one takes far longer than sending it its rows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import Any, ParamSpec

import pandas as pd
import streamlit as st

from rnnlab.charts.elements import TABLE, Chart
from rnnlab.ui.scripts import loader

Spec = dict[str, Any]
Arguments = ParamSpec("Arguments")


def draw(spec: Spec, table: pd.DataFrame, *, key: str, alt: str, **selection: Any) -> None:
    """Draw a chart with its table. While only rows change, the picture stays where it is.

    `selection` are `on_select` and `selection_mode`, where the page follows what is clicked.
    """
    filled = {**spec, "datasets": {**spec.get("datasets", {}), TABLE: table}}
    st.vega_lite_chart(spec=filled, key=key, alt=alt, **selection)


def spec(
    chart: Callable[Arguments, Chart], *args: Arguments.args, **options: Arguments.kwargs
) -> Spec:
    """What a function of `rnnlab.charts` gives for these arguments, as Vega-Lite.

    Written once for all visitors. The key is the function's full name, and its arguments by type
    and value: they are names, numbers, tuples and flat frozen values.
    """
    return _written(chart, args, options)


def own_spec(
    chart: Callable[Arguments, Chart], *args: Arguments.args, **options: Arguments.kwargs
) -> Spec:
    """The same, written for this session alone: of what a visitor has typed or uploaded."""
    return _written_for_session(chart, args, options)


def component(
    module_file: str, root_class: str, *before: Path, height: int = 0
) -> Callable[..., Any]:
    """The component of the module `module_file`: grid.py has its grid.css and grid.js beside it.

    It draws into one empty element of the class `root_class`, for which `height` pixels are kept
    free until then; its script follows those in `before`.
    """
    source = Path(module_file)
    parts = (*before, source.with_suffix(".js"))
    script = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    style = source.with_suffix(".css").read_text(encoding="utf-8")
    free = f' style="min-height: {height}px"' if height else ""
    return st.components.v2.component(
        f"rnnlab_{source.stem}",
        html=f'<div class="{root_class}"{free}></div>',
        js=loader(script, style),
    )


def _full_name(chart: FunctionType) -> str:
    return f"{chart.__module__}.{chart.__qualname__}"


@st.cache_data(max_entries=300, show_spinner=False, hash_funcs={FunctionType: _full_name})
def _written(chart: Callable[..., Chart], args: tuple[Any, ...], options: dict[str, Any]) -> Spec:
    written: Spec = chart(*args, **options).to_dict()
    return written


@st.cache_data(
    max_entries=30, show_spinner=False, hash_funcs={FunctionType: _full_name}, scope="session"
)
def _written_for_session(
    chart: Callable[..., Chart], args: tuple[Any, ...], options: dict[str, Any]
) -> Spec:
    written: Spec = chart(*args, **options).to_dict()
    return written
