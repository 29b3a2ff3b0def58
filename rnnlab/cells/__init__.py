"""The recurrent cells, one per file: equations, NumPy, engine, weights as in Keras.

A new cell is a new file here, with a `CELL`; `FAST`, for fast inference, is optional.
"""

from __future__ import annotations

import importlib
import pkgutil

from rnnlab.cells.cell import Cell
from rnnlab.cells.fast import FastCell, FastLayer, StackedWeights, StepByStep
from rnnlab.errors import SettingError

_modules = [
    importlib.import_module(f"{__name__}.{file.name}") for file in pkgutil.iter_modules(__path__)
]
_cells: dict[Cell, type[FastCell] | None] = {
    module.CELL: getattr(module, "FAST", None) for module in _modules if hasattr(module, "CELL")
}
CELLS: dict[str, Cell] = {cell.name: cell for cell in sorted(_cells, key=lambda cell: cell.order)}


def cell(name: str) -> Cell:
    """The cell called `name`; a `SettingError` that lists the cells if there is none."""
    if name not in CELLS:
        raise SettingError(f"There is no cell called {name!r}; the lab has {', '.join(CELLS)}.")
    return CELLS[name]


def fast_layer(
    name: str, weights: StackedWeights, n_rows: int, units: int, activation: str
) -> FastLayer:
    """A layer of this cell for fast inference: its own, or one that takes its NumPy step."""
    fast = _cells[cell(name)]
    if fast is None:
        return StepByStep(cell(name), weights, n_rows, units, activation)
    return fast(weights, n_rows, activation)


__all__ = ["CELLS", "Cell", "cell", "fast_layer"]
