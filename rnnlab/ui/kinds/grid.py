"""A map of runs as buttons that can be read, chosen and opened: a small component of our own."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from rnnlab.charts import roles
from rnnlab.kinds.maps import COIN, MapCell, RunMap
from rnnlab.ui.component import component

_COMPONENT = component(__file__, "map")


@dataclass(frozen=True)
class Picture:
    """What is drawn of a map: `losses` (nats) of the cells that are known, and which is chosen.

    With `edge` a line runs where windows begin to hold a cause with its effect. `alt` says what it
    shows, `words` stand under it. A map that is `still` cannot be pressed.
    """

    map: RunMap
    losses: Mapping[MapCell, float]
    alt: str
    words: str = ""
    chosen: MapCell | None = None
    edge: bool = False
    still: bool = False


def draw(
    picture: Picture,
    key: str,
    *,
    on_pick: Callable[[MapCell], None] | None = None,
    on_open: Callable[[MapCell], None] | None = None,
) -> None:
    """Draw it, and tell which cell is chosen, and which is opened."""
    one = picture.map

    def place(told: str) -> MapCell | None:
        found = st.session_state[key][told]
        return None if found is None else MapCell(one.rows[found[0]], one.columns[found[1]])

    def picked() -> None:
        found = place("picked")
        if found is not None and on_pick is not None:
            on_pick(found)

    def opened() -> None:
        found = place("opened")
        if found is not None and on_open is not None:
            on_open(found)

    _COMPONENT(key=key, data=_told(picture), on_picked_change=picked, on_opened_change=opened)


def _told(picture: Picture) -> dict[str, Any]:
    """As the browser is told."""
    one, chosen = picture.map, picture.chosen
    at = [one.rows.index(chosen.row), one.columns.index(chosen.column)] if chosen else None
    return {
        "columns": [str(value) for value in one.columns],
        "rows": [one.row_title(value) for value in one.rows],
        "axis": one.column_title,
        "cells": [[_cell(picture, MapCell(row, to)) for to in one.columns] for row in one.rows],
        "chosen": at,
        "alt": picture.alt,
        "words": picture.words,
        "turns": len(one.columns) > 2 * len(one.rows),
        "still": picture.still,
        "learnt": roles.PREDICTED,
        "edge": roles.TARGET,
    }


def _cell(picture: Picture, place: MapCell) -> dict[str, Any]:
    loss, title = picture.losses.get(place), picture.map.cell_title(place)
    edges = _edges(picture.map, place) if picture.edge else []
    text, share, words = "", 0.0, "not there yet"
    if loss is not None and not math.isfinite(loss):
        text, words = "!", "the weights ran away"
    elif loss is not None:
        text, words = short(loss), f"loss {loss:.4f}"
        share = round(min(max(1 - loss / COIN, 0.0), 1.0), 3)
    return {
        "text": text,
        "share": share,
        "words": f"{title}: {words}",
        "empty": loss is None,
        "edges": edges,
    }


def short(loss: float) -> str:
    """A loss in the room of a cell: .69"""
    return f"{loss:.2f}".removeprefix("0")


def _edges(one: RunMap, place: MapCell) -> list[str]:
    """Which sides of a cell lie on the line from which a window holds cause and effect."""
    last = float(place.row) == float(place.column) + 1
    return ["edge-top", "edge-right"] if last and one.row_knob == "window" else []
