"""The recurrent cells, one per file: equations, one step and its way back, weights as in Keras.

A new cell is a new file here with a `CELL`, and one of the same name in `rnnlab.engine.cells`.
"""

from __future__ import annotations

import importlib
import pkgutil

from rnnlab.cells.cell import Cell
from rnnlab.errors import SettingError

CELLS: dict[str, Cell] = {}
for _module in pkgutil.iter_modules(__path__):
    _found = getattr(importlib.import_module(f"{__name__}.{_module.name}"), "CELL", None)
    if _found is not None:
        CELLS[_found.name] = _found


def cell(name: str) -> Cell:
    """The cell called `name`; a `SettingError` that lists the cells if there is none."""
    if name not in CELLS:
        raise SettingError(f"There is no cell called {name!r}; the lab has {', '.join(CELLS)}.")
    return CELLS[name]


__all__ = ["CELLS", "Cell", "cell"]
