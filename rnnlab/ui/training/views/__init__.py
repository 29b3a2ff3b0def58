"""What can be seen of a network after its training: a view a file, found by looking.

A view is a module with a `TITLE`, an `ICON`, an `ORDER`, `fits(settings)` and `draw(moment)`. By
`ORDER` the views stand in the order of a student's questions.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from rnnlab.settings import Settings

_modules = (importlib.import_module(f"{__name__}.{x.name}") for x in pkgutil.iter_modules(__path__))
VIEWS: tuple[ModuleType, ...] = tuple(sorted(_modules, key=lambda view: view.ORDER))


def fitting(settings: Settings) -> dict[str, ModuleType]:
    """The views that have something to show for these settings, by title."""
    return {view.TITLE: view for view in VIEWS if view.fits(settings)}
