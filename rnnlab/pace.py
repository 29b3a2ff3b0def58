"""How long a run will take, before it runs."""

from __future__ import annotations

from rnnlab.settings import Settings

STARTING = 1.0
"""Seconds that every run needs: for compiling, and for telling some hundred points."""

UPDATE = 1.4e-6
STEP = 0.25e-6
PRODUCT = 0.27e-9
"""Seconds for an update, for each of its steps in each layer, and for each product in it."""


def seconds(settings: Settings) -> float:
    """About how many seconds a run takes on a computer of 2026; measured ones correct it."""
    s = settings
    update = UPDATE + s.shape[0] * s.layers * STEP + s.work_per_update * PRODUCT
    return STARTING + s.updates * update
