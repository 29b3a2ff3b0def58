"""How large a run may be on a server that a class shares, and how long it will take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnnlab.errors import SettingError
from rnnlab.rules import StreamRule

if TYPE_CHECKING:
    from rnnlab.settings.run import Settings

MAX_BITS = 10_000_000
MAX_UPDATES = 500_000
MAX_PRODUCTS = 6e11
"""Multiplications of one run: about ten minutes on two cores."""

SECONDS_TO_START = 1.0
"""What every run needs: for compiling, and for recording some hundred points."""

SECONDS_PER_UPDATE = 1.4e-6
SECONDS_PER_STEP = 0.25e-6
SECONDS_PER_PRODUCT = 0.27e-9
"""For an update, for each of its time steps in each layer, and for each product in it."""


def check_size(settings: Settings) -> None:
    """Raise a `SettingError` if a run would be too large, or would do nothing at all."""
    s = settings
    if s.updates == 0:
        raise SettingError(
            f"A window of {s.window} steps does not fit into rows of {s.length} "
            f"{s.data.consists_of}."
            if isinstance(s.data, StreamRule)
            else f"There are fewer samples than the {s.rows} rows that one update takes."
        )
    bits = s.rows * s.length * s.networks
    if isinstance(s.data, StreamRule) and bits > MAX_BITS:
        raise SettingError(
            f"Rows times {s.data.consists_of} a row times networks may be at most {MAX_BITS:,}, "
            f"but it is {bits:,}."
        )
    if s.updates > MAX_UPDATES:
        raise SettingError(
            f"One run may do at most {MAX_UPDATES:,} updates, but these settings ask for "
            f"{s.updates:,}: take fewer epochs or a longer window."
        )
    check_work(
        s.updates * s.work_per_update, MAX_PRODUCTS, "run", "take fewer epochs, rows or units"
    )


def check_work(products: float, limit: float, name: str, remedy: str) -> None:
    """Raise a `SettingError` if a run, called `name`, takes more products than `limit`."""
    share = products / limit
    if share > 1:
        raise SettingError(
            f"These settings ask for {share:.1f} times the work that one {name} may do: {remedy}."
        )


def seconds(settings: Settings) -> float:
    """About how many seconds a run takes on a computer of 2026; measured ones correct it."""
    s = settings
    update = (
        SECONDS_PER_UPDATE
        + s.shape[0] * s.layers * SECONDS_PER_STEP
        + s.work_per_update * SECONDS_PER_PRODUCT
    )
    return SECONDS_TO_START + s.updates * update
