"""Matrices as people type and share them: text, its cells, and the numbers in those.

In a link a matrix reads `1_0_2__2_1_3`: an underscore between numbers, two between rows. Spaces,
commas, semicolons and line breaks, as a person or a spreadsheet writes them, are accepted too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rnnlab.errors import SettingError

TextRows = tuple[tuple[str, ...], ...]
"""The text of each cell, row by row, whether it is a number or not."""

Rows = tuple[tuple[float, ...], ...]
"""The numbers of a matrix, row by row; all rows have the same length."""

LARGEST = 1e6
"""The largest absolute value that a cell may hold."""

MAX_CELL_LENGTH = 60
"""Characters of a cell that an error message quotes, and that a link keeps."""


class MatrixError(SettingError):
    """A cell or a size that cannot be used; `matrix` is the field's name, such as "kernel"."""

    def __init__(self, matrix: str, message: str) -> None:
        super().__init__(message)
        self.matrix = matrix

    def __reduce__(self) -> tuple[type[MatrixError], tuple[str, str]]:
        return type(self), (self.matrix, str(self))


def parse_cells(text: str) -> TextRows:
    """The cells of a typed or shared matrix; an empty cell between two separators is kept."""
    rows = [row.strip(" _\t") for row in re.split(r"__+|;|\r?\n", text.strip(" _\t\r\n"))]
    return tuple(cells for row in rows if (cells := _split(row)))


def format_link(rows: Sequence[Sequence[object]]) -> str:
    """Cells or numbers as a link holds them; `parse_cells` reads it back.

    An empty cell becomes "?". Separators within a cell become a dot, so that "0,5" is reported as
    no number instead of being read as two.
    """
    return "__".join("_".join(_link_cell(cell) for cell in row) for row in rows)


def parse_numbers(matrix: str, label: str, rows: TextRows) -> Rows:
    """The numbers in the cells; a `MatrixError` names the first cell that holds none.

    `label` is what the page calls the matrix.
    """
    if not rows:
        raise MatrixError(matrix, f"{label} is empty: it needs at least one number.")
    for i, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise MatrixError(
                matrix,
                f"{label} has {len(rows[0])} number{'s' if len(rows[0]) != 1 else ''} in row 1, "
                f"but {len(row)} in row {i}.",
            )
    return tuple(
        tuple(_number(matrix, label, (i, j), cell) for j, cell in enumerate(row, 1))
        for i, row in enumerate(rows, 1)
    )


def resized(rows: TextRows, shape: tuple[int, int], groups: int = 1) -> TextRows:
    """The matrix cut to (rows, columns) or padded with zeros, at its lower and right end.

    The columns are `groups` blocks side by side, such as gates; each block is cut or padded.
    """
    n_rows, n_columns = shape[0], shape[1] // groups
    width = max(map(len, rows), default=0) // groups

    def cell(i: int, group: int, j: int) -> str:
        row = rows[i] if i < len(rows) else ()
        column = group * width + j
        return row[column] if j < width and column < len(row) else "0"

    return tuple(
        tuple(cell(i, group, j) for group in range(groups) for j in range(n_columns))
        for i in range(n_rows)
    )


def _split(row: str) -> tuple[str, ...]:
    """The cells of one row, none if it is blank."""
    if "," in row or "_" in row:
        return tuple(cell.strip() for cell in row.replace(",", "_").split("_"))
    return tuple(row.split())


def _link_cell(cell: object) -> str:
    if isinstance(cell, float | int):
        return repr(float(cell)).removesuffix(".0")
    return re.sub(r"[\s_,;]+", "·", str(cell).strip())[:MAX_CELL_LENGTH] or "?"


def _number(matrix: str, label: str, index: tuple[int, int], cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = None
    if value is not None and abs(value) <= LARGEST:
        return value + 0.0  # -0.0 reads 0
    raise MatrixError(matrix, f"{label}, row {index[0]}, column {index[1]} {_problem(cell, value)}")


def _problem(cell: str, value: float | None) -> str:
    """What is wrong with a cell: it is empty, no number (None), too large or nan."""
    if cell in ("", "?"):
        return "is empty: type a number there."
    if value is None:
        return f"says “{_quoted(cell)}”, which is no number."
    return f"must be between -{LARGEST:,.0f} and {LARGEST:,.0f}, but it is {_quoted(cell)}."


def _quoted(cell: str) -> str:
    """A cell shortened for a sentence, and without invisible characters."""
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in cell)
    return text if len(text) <= MAX_CELL_LENGTH else f"{text[:MAX_CELL_LENGTH]}…"
