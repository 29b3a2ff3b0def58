"""The recurrent cells, one per file: equations, one step and its way back, weights as in Keras.

A new cell is a new file here with a `CELL`, and one of the same name in `rnnlab.engine.cells`.
"""

from __future__ import annotations

import importlib
import pkgutil

from rnnlab.cells.cell import Cell
from rnnlab.errors import SettingError

_modules = [
    importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
]
_found: list[Cell] = [module.CELL for module in _modules if hasattr(module, "CELL")]
CELLS: dict[str, Cell] = {each.name: each for each in sorted(_found, key=lambda each: each.order)}


def cell(name: str) -> Cell:
    """The cell called `name`; a `SettingError` that lists the cells if there is none."""
    if name not in CELLS:
        raise SettingError(f"There is no cell called {name!r}; the lab has {', '.join(CELLS)}.")
    return CELLS[name]


__all__ = ["CELLS", "Cell", "cell"]
