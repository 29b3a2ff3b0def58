"""How large a run may be, so that a class can share one server."""

from __future__ import annotations

from typing import Protocol

from rnnlab.errors import SettingError
from rnnlab.rules import BitRule, Rule

MOST_BITS = 10_000_000
MOST_UPDATES = 500_000
MOST_WORK = 6e11
"""Products of one run: about ten minutes on two cores."""


class Sized(Protocol):
    """What is asked of settings here."""

    @property
    def rows(self) -> int:
        """Sequences side by side."""

    @property
    def length(self) -> int:
        """Bits of each."""

    @property
    def window(self) -> int:
        """Steps of one update."""

    @property
    def networks(self) -> int:
        """Networks side by side."""

    @property
    def data(self) -> Rule:
        """The rule that makes the data."""

    @property
    def updates(self) -> int:
        """How many updates the run does."""

    @property
    def work_per_update(self) -> int:
        """Products of one update, about."""


def check_size(settings: Sized) -> None:
    """Raise a `SettingError` if a run would be too large, or would do nothing at all."""
    s = settings
    if s.updates == 0:
        raise SettingError(
            f"A window of {s.window} steps does not fit into rows of {s.length} bits."
            if isinstance(s.data, BitRule)
            else f"There are fewer samples than the {s.rows} rows that one update takes."
        )
    bits = s.rows * s.length * s.networks
    if isinstance(s.data, BitRule) and bits > MOST_BITS:
        raise SettingError(
            f"Rows times bits a row times networks may be at most {MOST_BITS:,}, "
            f"but it is {bits:,}."
        )
    if s.updates > MOST_UPDATES:
        raise SettingError(
            f"One run may do at most {MOST_UPDATES:,} updates, but these settings ask for "
            f"{s.updates:,}: take fewer epochs or a longer window."
        )
    check_work(s.updates * s.work_per_update, MOST_WORK, "run", "take fewer epochs, rows or units")


def check_work(products: float, limit: float, what: str, remedy: str) -> None:
    """Raise a `SettingError` if a run, or `what` it is called, needs more products than allowed."""
    share = products / limit
    if share > 1:
        raise SettingError(
            f"These settings ask for {share:.1f} times the work that one {what} may do: {remedy}."
        )
