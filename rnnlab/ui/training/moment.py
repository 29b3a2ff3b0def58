"""A network at one moment of its training: what every view is given."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.cells.cell import Weights
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings


@dataclass(frozen=True, eq=False)
class Moment:
    """The first network of a run: its `weights` after `step` updates, and `first` before any.

    `progress` are all points of the run; the last one has the whole history as soon as it is there.
    """

    plan: Plan
    first: Weights
    weights: Weights
    step: int
    progress: tuple[TrainingProgress, ...]

    @property
    def settings(self) -> Settings:
        """The settings of the run."""
        return self.plan.settings
