"""Matrices as people type, paste and share them: text, its cells, and the numbers in those.

In a link a matrix reads `1_0_2__2_1_3`: an underscore between numbers, two between rows. Spaces,
tabs, commas, semicolons and line breaks, as a person or a spreadsheet writes them, are accepted
too, and the brackets that Python and NumPy print.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rnnlab.errors import SettingError

TextRows = tuple[tuple[str, ...], ...]
"""The text of each cell, row by row, whether it is a number or not."""

Rows = tuple[tuple[float, ...], ...]
"""The numbers of a matrix, row by row; all rows have the same length."""

Place = tuple[int, int, int]
"""Where a cell stands: its row, its block of columns (such as a gate), its column in there."""

LARGEST = 1e6
"""The largest absolute value that a cell may hold."""

MAX_CELL_LENGTH = 60
"""Characters of a cell that an error message quotes, and that a link keeps."""


_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_FRACTION = re.compile(r"([^/]+)/([^/]+)")
_DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+")


class MatrixError(SettingError):
    """A cell or a size that cannot be used; `matrix` is the field's name, such as "kernel"."""

    def __init__(self, matrix: str, message: str) -> None:
        super().__init__(message)
        self.matrix = matrix

    def __reduce__(self) -> tuple[type[MatrixError], tuple[str, str]]:
        return type(self), (self.matrix, str(self))


def parse_cells(text: str) -> TextRows:
    """The cells of a typed, pasted or shared matrix; an empty one between two separators is kept.

    Where something stands in brackets, each innermost pair holds a row: "[[1. 2.]\\n [3. 4.]]".
    """
    if bracketed := _BRACKETED.findall(text):
        rows = [" ".join(row.split()).rstrip(",") for row in bracketed]
    else:
        rows = re.split(r"__+|;|\r?\n", text.strip(" _\t\r\n"))
    # A tab at an end is an empty cell of a spreadsheet where there are others in the row.
    return tuple(cells for row in rows if (cells := _split(row.strip(" _"))))


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


def cells_by_place(rows: TextRows, groups: int = 1) -> dict[Place, str]:
    """Each cell of a matrix whose columns are `groups` blocks side by side, such as gates."""
    width = max(max(map(len, rows), default=0) // groups, 1)
    return {
        (i, *divmod(column, width)): cell
        for i, row in enumerate(rows)
        for column, cell in enumerate(row)
    }


def resized(
    rows: TextRows, shape: tuple[int, int], groups: int = 1, kept: Mapping[Place, str] | None = None
) -> TextRows:
    """The matrix cut or padded to (rows, columns), in each of its `groups` blocks of columns.

    What is new at its lower and right end takes the cells `kept` from before, else zeros.
    """
    cells = {**(kept or {}), **cells_by_place(rows, groups)}
    return tuple(
        tuple(
            cells.get((i, group, j), "0")
            for group in range(groups)
            for j in range(shape[1] // groups)
        )
        for i in range(shape[0])
    )


def _split(row: str) -> tuple[str, ...]:
    """The cells of one row, none if it is blank."""
    if not row.strip():
        return ()
    if "\t" in row:
        return tuple(_with_point(cell.strip()) for cell in row.split("\t"))
    words = row.split()
    commas = [word for word in words if "," in word]
    decimal = len(words) > 1 and all(_DECIMAL_COMMA.fullmatch(word) for word in commas)
    if "_" not in row and (not commas or decimal):
        return tuple(map(_with_point, words))
    return tuple(cell.strip() for cell in row.replace(",", "_").split("_"))


def _with_point(cell: str) -> str:
    """0.5 for 0,5."""
    return cell.replace(",", ".") if _DECIMAL_COMMA.fullmatch(cell) else cell


def _link_cell(cell: object) -> str:
    if isinstance(cell, float | int):
        return repr(float(cell)).removesuffix(".0")
    text = "/".join(map(str.strip, str(cell).split("/")))
    return re.sub(r"[\s_,;\[\]]+", "·", text)[:MAX_CELL_LENGTH] or "?"


def read_number(cell: str) -> float | None:
    """The number that a cell says, as a point or as a fraction: "1/3" is one.

    None if it says none; what lies out of bounds is for others to judge.
    """
    text = cell.strip().replace("−", "-")
    try:
        if fraction := _FRACTION.fullmatch(text):
            return float(fraction[1]) / float(fraction[2])
        return float(text)
    except (ValueError, ZeroDivisionError):
        return None


def _number(matrix: str, label: str, index: tuple[int, int], cell: str) -> float:
    value = read_number(cell)
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
