"""Matrices in the browser: to read, to edit, and to fill in, with the operators between them.

Streamlit's own table editor is a canvas that no colour can guide the eye through and that is hard
to use on a phone; so this is a small component of real input fields.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from rnnlab.handcheck.forward import format_number
from rnnlab.handcheck.marking import NOT_YET, RIGHT, UNREADABLE
from rnnlab.handcheck.matrices import TextRows
from rnnlab.ui.drawing import component

Role = Literal["input", "state", "bias", "target", "plain"]
"""Where numbers come from, which is their colour: see `matrices.css`."""

CSS_CLASSES = {RIGHT: "right", NOT_YET: "not-yet", UNREADABLE: "not-yet"}
"""How each mark of an answer is drawn."""

_COMPONENT = component(__file__, "line")


@dataclass(frozen=True)
class Operator:
    """What stands between two matrices, such as "+"; "" begins a new line."""

    sign: str

    @property
    def data(self) -> dict[str, Any]:
        """What the browser gets."""
        return {"sign": self.sign}


@dataclass(frozen=True)
class MatrixView:
    """One matrix as it is drawn.

    `gates` are heads over equally many columns each. `row` and `column` (from 0) are highlighted.
    In a `selectable` one a click selects a column. With a `name` it can be edited: the name comes
    back with the cells. `marks` are states of `rnnlab.handcheck.marking` and `descriptions` what
    they mean, cell by cell; `note` is a sentence under it.
    """

    symbol: str
    cells: TextRows
    role: Role = "plain"
    label: str = ""
    name: str = ""
    gates: tuple[str, ...] = ()
    row: int | None = None
    column: int | None = None
    selectable: bool = False
    marks: TextRows | None = None
    descriptions: TextRows | None = None
    note: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """What the browser gets."""
        columns = len(self.cells[0]) if self.cells else 0
        per_gate = columns // len(self.gates) if self.gates else 0
        classes = self.marks and [[CSS_CLASSES.get(m, "") for m in row] for row in self.marks]
        return {
            **{name: value for name, value in vars(self).items() if name != "gates"},
            "editable": bool(self.name),
            "heads": [(gate, per_gate) for gate in self.gates] or None,
            "gap": per_gate or None,
            "marks": classes,
        }


Item = MatrixView | Operator


@dataclass(frozen=True)
class Edit:
    """What a visitor typed: the matrix's name, and all its cells as they stand now."""

    name: str
    cells: TextRows


def draw_matrices(
    items: Sequence[Item],
    key: str,
    *,
    on_edit: Callable[[Edit], None] | None = None,
    on_select: Callable[[int], None] | None = None,
) -> None:
    """Draw matrices and operators in a line that wraps, and report edits and selected columns."""

    def edited() -> None:
        edit = st.session_state[key].edited
        if on_edit is not None and edit:
            cells = tuple(tuple(str(cell) for cell in row) for row in edit["cells"])
            on_edit(Edit(str(edit["name"]), cells))

    def selected() -> None:
        column = st.session_state[key].selected
        if on_select is not None and column is not None:
            on_select(int(column))

    _COMPONENT(
        key=key,
        data={"items": [item.data for item in items]},
        on_edited_change=edited,
        on_selected_change=selected,
    )


def formatted(values: Sequence[Sequence[float]] | NDArray[Any]) -> TextRows:
    """Numbers as cells; a vector is a matrix of one row."""
    rows = np.atleast_2d(np.asarray(values, dtype=np.float64))
    return cast(TextRows, tuple(tuple(format_number(value) for value in row) for row in rows))
