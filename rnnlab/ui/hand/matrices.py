"""Matrices in the browser: to read, to edit, and to fill in, with the signs between them.

Streamlit's own table editor is a canvas that no colour can guide the eye through and that is hard
to use on a phone; so this is a small component of real input fields.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from rnnlab.handcheck.forward import number
from rnnlab.handcheck.marking import NOT_YET, RIGHT, UNREADABLE
from rnnlab.handcheck.matrices import Cells
from rnnlab.ui.component import component

Role = Literal["input", "state", "bias", "target", "plain"]
"""Where numbers come from, which is their colour: see `matrices.css`."""

_COMPONENT = component(__file__, "line")


@dataclass(frozen=True)
class Sign:
    """What stands between two matrices, such as "+"; "" begins a new line."""

    sign: str

    @property
    def data(self) -> dict[str, Any]:
        """As the browser is told."""
        return {"sign": self.sign}


@dataclass(frozen=True)
class Shown:
    """One matrix as it is shown.

    `gates` are heads over equally many columns each. `row` and `column` (from 0) are lit. With
    `pick` a click on a column tells which. With a `name` it can be edited: the name comes back with
    the cells. `marks` are states of `rnnlab.handcheck.marking` and `words` what they mean, cell by
    cell; `note` is a sentence under it.
    """

    symbol: str
    cells: Cells
    role: Role = "plain"
    label: str = ""
    name: str = ""
    gates: tuple[str, ...] = ()
    row: int | None = None
    column: int | None = None
    pick: bool = False
    marks: Cells | None = None
    words: Cells | None = None
    note: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """As the browser is told."""
        columns = len(self.cells[0]) if self.cells else 0
        per_gate = columns // len(self.gates) if self.gates else 0
        return {
            "symbol": self.symbol,
            "label": self.label,
            "name": self.name,
            "role": self.role,
            "cells": self.cells,
            "editable": bool(self.name),
            "heads": [(gate, per_gate) for gate in self.gates] or None,
            "gap": per_gate or None,
            "row": self.row,
            "column": self.column,
            "pick": self.pick,
            "marks": self.marks and [[CLASSES.get(mark, "") for mark in row] for row in self.marks],
            "words": self.words,
            "note": self.note,
        }


Item = Shown | Sign

CLASSES = {RIGHT: "right", NOT_YET: "not-yet", UNREADABLE: "not-yet"}
"""How each mark of an answer is drawn."""


@dataclass(frozen=True)
class Edit:
    """What a visitor typed: the matrix, and all its cells as they stand now."""

    name: str
    cells: Cells = field(default=())


def line(
    items: Sequence[Item],
    key: str,
    *,
    on_edit: Callable[[Edit], None] | None = None,
    on_pick: Callable[[int], None] | None = None,
) -> None:
    """Draw matrices and signs in a line that wraps, and tell what is done with them."""

    def edited() -> None:
        told = st.session_state[key].edited
        if on_edit is not None and told:
            cells = tuple(tuple(str(cell) for cell in row) for row in told["cells"])
            on_edit(Edit(str(told["name"]), cells))

    def picked() -> None:
        column = st.session_state[key].picked
        if on_pick is not None and column is not None:
            on_pick(int(column))

    _COMPONENT(
        key=key,
        data={"items": [item.data for item in items]},
        on_edited_change=edited,
        on_picked_change=picked,
    )


def written(values: Sequence[Sequence[float]] | NDArray[Any]) -> Cells:
    """Numbers as cells; a vector is a matrix of one row."""
    rows = np.atleast_2d(np.asarray(values, dtype=np.float64))
    return cast(Cells, tuple(tuple(number(float(one)) for one in row) for row in rows))
