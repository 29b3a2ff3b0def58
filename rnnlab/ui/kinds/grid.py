"""A map of runs as buttons that can be read, chosen and opened: a small component of our own.

Streamlit's table with a single-cell selection and a Vega-Lite heat map were tried instead: at 390
pixels the one hides 14 of 20 columns and the other's cells become unreadable, while this map turns;
and a table's cells can have no borders, so nothing could draw the edge.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from rnnlab.charts import roles
from rnnlab.kinds.maps import COIN, MapCell, RunMap
from rnnlab.ui.drawing import component

_COMPONENT = component(__file__, "map")


@dataclass(frozen=True)
class MapPicture:
    """What is drawn of a map: `losses` (nats) of the cells that are done, and which is chosen.

    `alt` says what it shows, and `hint` stands under it. Where windows are the rows, a line runs
    where they begin to hold a cause with its effect.
    """

    run_map: RunMap
    losses: Mapping[MapCell, float]
    alt: str
    hint: str = ""
    chosen: MapCell | None = None


def draw(
    picture: MapPicture,
    key: str,
    *,
    on_pick: Callable[[MapCell], None] | None = None,
    link: Callable[[MapCell], str] | None = None,
) -> None:
    """Draw it; a press picks a cell, and a second one follows the `link` to what it stands for."""
    run_map, chosen = picture.run_map, picture.chosen

    def picked() -> None:
        index = st.session_state[key]["picked"]
        if index is not None and on_pick is not None:
            on_pick(MapCell(run_map.rows[index[0]], run_map.columns[index[1]]))

    href = ""
    if link is not None and chosen is not None and chosen in picture.losses:
        href = link(chosen)
    _COMPONENT(
        key=key,
        data={**_data(picture), "still": on_pick is None, "link": href},
        on_picked_change=picked,
    )


def _data(picture: MapPicture) -> dict[str, Any]:
    """What the browser gets."""
    run_map, chosen = picture.run_map, picture.chosen
    return {
        "columns": [str(value) for value in run_map.columns],
        "rows": [run_map.row_title(value) for value in run_map.rows],
        "axis": run_map.column_title,
        "cells": [
            [_cell(picture, MapCell(row, column)) for column in run_map.columns]
            for row in run_map.rows
        ],
        "chosen": chosen and [run_map.rows.index(chosen.row), run_map.columns.index(chosen.column)],
        "alt": picture.alt,
        "hint": picture.hint,
        "turns": len(run_map.columns) > 2 * len(run_map.rows),
        "learnt": roles.PREDICTED,
        "edge": roles.TARGET,
    }


def _cell(picture: MapPicture, cell: MapCell) -> dict[str, Any]:
    loss = picture.losses.get(cell)
    text, share, state = "", 0.0, "not there yet"
    if loss is not None and not math.isfinite(loss):
        text, state = "!", "the weights ran away"
    elif loss is not None:
        text, state = f"{loss:.2f}".removeprefix("0"), f"loss {loss:.4f}"
        share = round(min(max(1 - loss / COIN, 0.0), 1.0), 3)
    windows = picture.run_map.row_knob == "window"
    return {
        "text": text,
        "share": share,
        "label": f"{picture.run_map.cell_title(cell)}: {state}",
        "empty": loss is None,
        "edge": windows and float(cell.row) == float(cell.column) + 1,
    }
