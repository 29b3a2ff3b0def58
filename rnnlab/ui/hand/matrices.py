"""Matrices in the browser: to read, to edit, and to fill in, with the operators between them.

Streamlit's own table editor is a canvas that no colour can guide the eye through and that is hard
to use on a phone; so this is a small component of real input fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from rnnlab.handcheck.forward import format_number
from rnnlab.handcheck.marking import NOT_YET, RIGHT, UNREADABLE
from rnnlab.handcheck.matrices import TextRows, parse_cells
from rnnlab.ui.drawing import component

Role = Literal["input", "state", "bias", "target", "plain"]
"""Where numbers come from, which is their colour: see `matrices.css`."""

LONGEST_PASTE = 5000
"""Characters of a pasted table; those of the largest bench, with all their digits."""

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
    back with the cells, or with all cells of the matrix of shape `whole` that it is a part of.
    `marks` are states of `rnnlab.handcheck.marking` and `descriptions` what they mean, cell by
    cell; `note` is a sentence under it. A screen reader calls it `spoken`, with its first row
    after `rows_before` others. A number that changes lights up as the `wave`-th after its cause.
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
    whole: tuple[int, int] | None = None
    spoken: str = ""
    rows_before: int = 0
    wave: int = 0

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
    """Draw matrices and operators in a line that wraps; report edits, pastes, selected columns."""
    remark_key = f"{key}_remark"  # the name of a matrix, and what is said of a paste into it
    about, remark = st.session_state.get(remark_key, ("", ""))

    def edited() -> None:
        edit = st.session_state[key].edited
        if on_edit is not None and edit:
            st.session_state.pop(remark_key, None)
            cells = tuple(tuple(str(cell) for cell in row) for row in edit["cells"])
            on_edit(Edit(str(edit["name"]), cells))

    def pasted() -> None:
        paste = st.session_state[key].pasted
        if on_edit is None or not paste:
            return
        for item in items:
            if isinstance(item, MatrixView) and item.name == paste["name"]:
                sentence = _paste(item, paste, on_edit)
                st.session_state[remark_key] = (item.name, sentence)

    def selected() -> None:
        column = st.session_state[key].selected
        if on_select is not None and column is not None:
            on_select(int(column))

    _COMPONENT(
        key=key,
        data={"items": [_with_remark(item, about, remark).data for item in items]},
        on_edited_change=edited,
        on_pasted_change=pasted,
        on_selected_change=selected,
    )


def _with_remark(item: Item, about: str, remark: str) -> Item:
    """The matrix that a remark is about, with the remark under it."""
    if isinstance(item, MatrixView) and remark and item.name == about:
        return replace(item, note=item.note or remark)
    return item


def _paste(view: MatrixView, paste: Mapping[str, Any], on_edit: Callable[[Edit], None]) -> str:
    """Put a pasted table into a matrix from the cell on that it was pasted at, if it fits.

    A table of the size of all of it goes there. Else nothing changes, and the sentence says why.
    """
    table = parse_cells(str(paste["text"])[:LONGEST_PASTE])
    shape = (len(table), max(map(len, table), default=0))
    rows, columns = len(view.cells), len(view.cells[0])
    top, left = int(paste["row"]), int(paste["column"])
    if not table:
        return ""
    if view.whole == shape or shape == (rows, columns):
        on_edit(Edit(view.name, table))
    elif top + shape[0] <= rows and left + shape[1] <= columns:
        cells = [list(row) for row in view.cells]
        for line, row in zip(cells[top:], table, strict=False):
            line[left : left + len(row)] = row
        on_edit(Edit(view.name, tuple(map(tuple, cells))))
    else:
        room = (rows - top, columns - left)
        return (
            f"You pasted {_size(shape)}, but from this cell on there is room for {_size(room)}. "
            "Nothing was changed: choose other sizes first, or paste a part."
        )
    return ""


def _size(shape: tuple[int, int]) -> str:
    """3 × 2 numbers."""
    return f"{shape[0]} × {shape[1]} numbers"


def formatted(values: Sequence[Sequence[float]] | NDArray[Any]) -> TextRows:
    """Numbers as cells; a vector is a matrix of one row."""
    rows = np.atleast_2d(np.asarray(values, dtype=np.float64))
    return cast(TextRows, tuple(tuple(format_number(value) for value in row) for row in rows))
