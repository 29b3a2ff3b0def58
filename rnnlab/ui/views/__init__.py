"""What can be seen of a network after its training, one view a file.

A view is a module with a `TITLE`, an `ICON`, `fits(settings)` and `draw(moment)`; `VIEWS` has them
in the order of a student's questions.
"""

from __future__ import annotations

from types import ModuleType

from rnnlab.settings import Settings
from rnnlab.ui.views import (
    chances,
    compare,
    forecast,
    gates,
    last_window,
    memory,
    predictions,
    states,
    take_away,
    weights,
)

VIEWS: tuple[ModuleType, ...] = (
    last_window,
    predictions,
    forecast,
    states,
    gates,
    chances,
    memory,
    weights,
    compare,
    take_away,
)


def fitting(settings: Settings) -> dict[str, ModuleType]:
    """The views that have something to show for these settings, by title."""
    return {view.TITLE: view for view in VIEWS if view.fits(settings)}
