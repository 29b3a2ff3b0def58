"""How long a run will take, before it runs."""

from __future__ import annotations

from rnnlab.settings import Settings

COMPILING = 0.6
"""Seconds until the first update of an architecture that nobody has trained before."""

CALL = 2e-6
LOOP = 0.25e-6
PRODUCT = 0.55e-9
"""Seconds: for an update, for each of its steps and layers there and back, and for a product."""


def seconds(settings: Settings) -> float:
    """About how many seconds a run takes on a computer of 2026; measured ones correct it."""
    s = settings
    places = s.shape[0] * s.layers
    update = CALL + places * LOOP + s.work_per_update * PRODUCT
    return COMPILING + s.updates * update
