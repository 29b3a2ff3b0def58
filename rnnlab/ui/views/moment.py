"""A network at one moment of its training: what every view is given."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.cells.cell import Weights
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings


@dataclass(frozen=True, eq=False)
class Moment:
    """The first network of a run: its `weights` after `step` updates, and `first` before any.

    `progress` are all points of the run, `result` its last event with the whole history, as soon
    as there is one.
    """

    plan: Plan
    first: Weights
    weights: Weights
    step: int
    progress: tuple[TrainingProgress, ...]
    result: TrainingProgress | None

    @property
    def settings(self) -> Settings:
        """The settings of the run."""
        return self.plan.settings
