"""Matrices as people type and share them: text, the cells in it, and the numbers in those.

In a link a matrix reads `1_0_2__2_1_3`: an underscore between numbers, two between rows. Spaces,
commas, semicolons and line breaks, as a person or a spreadsheet writes them, are taken too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rnnlab.errors import SettingError

Cells = tuple[tuple[str, ...], ...]
"""What stands in each cell, row by row, whether it is a number or not."""

Matrix = tuple[tuple[float, ...], ...]
"""Numbers, row by row; every row is equally long."""

LARGEST = 1e6
"""The largest number a cell may hold, either way."""

LONGEST = 60
"""Characters of a cell that a sentence quotes, and that a text keeps."""


class MatrixError(SettingError):
    """A cell or a size that cannot be used; `matrix` says in which matrix, e.g. "kernel"."""

    def __init__(self, matrix: str, message: str) -> None:
        super().__init__(message)
        self.matrix = matrix

    def __reduce__(self) -> tuple[type[MatrixError], tuple[str, str]]:
        return type(self), (self.matrix, str(self))


def cells(text: str) -> Cells:
    """The cells of a typed or shared matrix; empty ones between two separators are kept."""
    rows = [row.strip(" _\t") for row in re.split(r"__+|;|\r?\n", text.strip(" _\t\r\n"))]
    return tuple(found for row in rows if (found := _split(row)))


def text(rows: Sequence[Sequence[object]]) -> str:
    """Cells or numbers as a link holds them; `cells` reads it back.

    An empty cell becomes "?". What would break a cell in two becomes a dot in it, so that "0,5" is
    no number then, rather than another one.
    """
    return "__".join("_".join(_word(cell) for cell in row) for row in rows)


def numbers(matrix: str, label: str, rows: Cells) -> Matrix:
    """The numbers in the cells; a `MatrixError` that names the first cell that holds none.

    `label` is what the page calls the matrix.
    """
    if not rows:
        raise MatrixError(matrix, f"{label} is empty: it needs at least one number.")
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise MatrixError(
                matrix,
                f"{label} has {len(rows[0])} number{'s' if len(rows[0]) != 1 else ''} in row 1, "
                f"but {len(row)} in row {number}.",
            )
    return tuple(
        tuple(_number(matrix, label, (i, j), cell) for j, cell in enumerate(row, 1))
        for i, row in enumerate(rows, 1)
    )


def resized(rows: Cells, shape: tuple[int, int], groups: int = 1) -> Cells:
    """The matrix cut to (rows, columns), or filled up with zeros, at its lower and right end.

    Of `groups` of columns side by side, such as gates, each is cut or filled up for itself.
    """
    n_rows, n_columns = shape[0], shape[1] // groups
    wide = max(map(len, rows), default=0) // groups

    def cell(i: int, group: int, j: int) -> str:
        row = rows[i] if i < len(rows) else ()
        place = group * wide + j
        return row[place] if j < wide and place < len(row) else "0"

    return tuple(
        tuple(cell(i, group, j) for group in range(groups) for j in range(n_columns))
        for i in range(n_rows)
    )


def _split(row: str) -> tuple[str, ...]:
    """The cells of one row, none if it is blank."""
    if "," in row or "_" in row:
        return tuple(cell.strip() for cell in row.replace(",", "_").split("_"))
    return tuple(row.split())


def _word(cell: object) -> str:
    if isinstance(cell, float | int):
        return repr(float(cell)).removesuffix(".0")
    return re.sub(r"[\s_,;]+", "·", str(cell).strip())[:LONGEST] or "?"


def _number(matrix: str, label: str, place: tuple[int, int], cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = None
    if value is not None and abs(value) <= LARGEST:
        return value + 0.0  # -0.0 reads 0
    raise MatrixError(matrix, f"{label}, row {place[0]}, column {place[1]} {_fault(cell, value)}")


def _fault(cell: str, value: float | None) -> str:
    """What is wrong with a cell: it is empty, no number (None), or too large (or nan)."""
    if cell in ("", "?"):
        return "is empty: type a number there."
    if value is None:
        return f"says “{_quoted(cell)}”, which is no number."
    return f"must be between -{LARGEST:,.0f} and {LARGEST:,.0f}, but it is {_quoted(cell)}."


def _quoted(cell: str) -> str:
    """A cell as a sentence can hold it: not too long, and without characters nobody sees."""
    seen = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in cell)
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"
