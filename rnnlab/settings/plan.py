"""A plan of a run: its settings, where it pauses, and how its learning rate changes on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from rnnlab.settings.run import Settings


@dataclass(frozen=True)
class Plan:
    """A run, or a part of it from its start: equal plans give the same curve to the last digit.

    It pauses after update `until`, at the latest when it is done. `rates` are the changes of the
    learning rate on the way: (updates done before, new rate), in that order.
    """

    settings: Settings
    rates: tuple[tuple[int, float], ...] = ()
    until: int | None = None

    @property
    def end(self) -> int:
        """After how many updates this plan is done."""
        steps = self.settings.updates
        return steps if self.until is None else min(self.until, steps)

    @property
    def peak_bytes(self) -> int:
        """The most bytes of memory that a worker takes for the run."""
        return self.settings.peak_bytes

    @property
    def held_bytes(self) -> int:
        """The most that it still has while others have their turns."""
        return self.settings.held_bytes

    @property
    def private(self) -> bool:
        """Whether it holds what a visitor has typed or uploaded."""
        return self.settings.private

    def rate(self, step: int) -> float:
        """The learning rate of the update that comes after `step` updates."""
        rates = [
            self.settings.learning_rate,
            *(rate for update, rate in self.rates if update <= step),
        ]
        return rates[-1]

    def turned(self, step: int, rate: float) -> Self:
        """The same run, but with another learning rate after `step` updates, and to its end.

        Raises `SettingError` for a rate that the lab does not offer.
        """
        rate = float(Settings.all_knobs()["learning_rate"].check(rate))
        return replace(self, rates=(*self.rates_before(step), (step, rate)), until=None)

    def rates_before(self, step: int) -> tuple[tuple[int, float], ...]:
        """The changes that matter in the first `step` updates."""
        return tuple(change for change in self.rates if change[0] < step)
