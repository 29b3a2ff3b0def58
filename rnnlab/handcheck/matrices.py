"""Matrices as people type and share them: text, the cells in it, and the numbers in those.

In a link a matrix reads `1_0_2__2_1_3`: an underscore between numbers, two between rows. Spaces,
commas, semicolons and line breaks, as a person or a spreadsheet writes them, are taken too.
"""

from __future__ import annotations

import math
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


def cells(text: str) -> Cells:
    """The cells of a typed or shared matrix; empty ones between two separators are kept."""
    rows = [row.strip(" _\t") for row in re.split(r"\s*(?:__+|;|\r?\n)\s*", text.strip(" _\t\r\n"))]
    return tuple(tuple(_split(row)) for row in rows if row)


def text(rows: Sequence[Sequence[object]]) -> str:
    """Cells or numbers as a link holds them; `cells` reads it back.

    An empty cell becomes "?", and what would break the text into other cells is taken out.
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
                f"{label} has {len(rows[0])} numbers in row 1, but {len(row)} in row {number}.",
            )
    return tuple(
        tuple(
            _number(matrix, f"{label}, row {i}, column {j}", cell) for j, cell in enumerate(row, 1)
        )
        for i, row in enumerate(rows, 1)
    )


def _split(row: str) -> list[str]:
    separator = r"\s*,\s*|_" if "," in row or "_" in row else r"\s+"
    return [cell.strip() for cell in re.split(separator, row)]


def _word(cell: object) -> str:
    if isinstance(cell, float | int):
        return repr(float(cell)).removesuffix(".0")
    return re.sub(r"[\s_,;]+", "", str(cell))[:LONGEST] or "?"


def _number(matrix: str, place: str, cell: str) -> float:
    if cell in ("", "?"):
        raise MatrixError(matrix, f"{place} is empty: type a number there.")
    try:
        value = float(cell)
    except ValueError:
        quoted = cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…"
        raise MatrixError(matrix, f"{place} says “{quoted}”, which is no number.") from None
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise MatrixError(
            matrix, f"{place} must be between -{LARGEST:,.0f} and {LARGEST:,.0f}, but it is {cell}."
        )
    return value + 0.0  # -0.0 reads 0
