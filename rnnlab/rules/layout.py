"""How a series is cut, as the articles do: first into rows, then into windows of time."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError

Kind = TypeVar("Kind", bound=np.generic)


def into_rows(series: NDArray[Kind], rows: int) -> NDArray[Kind]:
    """The series as `rows` equal pieces below each other; a view of shape (rows, length).

    Row 0 is the beginning of the series, and each row goes on where the row above it ends. A
    `SettingError` if something would be left over: ask the rule for rows * length bits.
    """
    if rows < 1 or len(series) % rows:
        raise SettingError(f"A series of {len(series)} bits cannot be cut into {rows} equal rows.")
    return series.reshape(rows, -1)


def into_windows(rows: NDArray[Kind], window: int) -> NDArray[Kind]:
    """The rows, shape (rows, length), as windows that follow each other in time.

    A view of shape (length // window, rows, window): each window holds the same `window` steps of
    every row. What is left at the end of the rows and fills no window is dropped.
    """
    n_rows, length = rows.shape
    if not 1 <= window <= length:
        raise SettingError(
            f"A window must lie between 1 and {length} steps, the length of a row, "
            f"but it is {window}."
        )
    n_windows = length // window
    return rows[:, : n_windows * window].reshape(n_rows, n_windows, window).swapaxes(0, 1)
