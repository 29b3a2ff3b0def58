"""A kind of network, and a task that it is measured on."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.bounds import Bounds
from rnnlab.handcheck.sequential import SequentialModel
from rnnlab.kinds.measured import Measured, measured
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.settings import Settings


@dataclass(frozen=True)
class Task:
    """Something to learn, for one kind of network (`settings`) and another one (`against`).

    `what` names the task, `name` and `other` the two, `why` says what makes the difference. With
    `fresh` it is judged by what the networks lose on data that they were not trained on.
    """

    what: str
    name: str
    other: str
    settings: Settings
    against: Settings
    why: str
    fresh: bool = False

    @property
    def losses(self) -> tuple[float, float]:
        """What was measured of this kind, and of the other."""
        return self._loss(self.settings), self._loss(self.against)

    @property
    def sentence(self) -> str:
        """What was measured, in words."""
        mine, others = self.losses
        unit = "nats" if self.settings.network.classes else "mean squared error"
        return f"{self.name} **{mine:.2g}**, {self.other} **{others:.2g}** {unit}. {self.why}"

    @property
    def conditions(self) -> str:
        """How it was measured."""
        s = self.settings
        many = f"mean of {s.networks} networks" if s.networks > 1 else f"seed {s.seed}"
        where = "on fresh data, after" if self.fresh else "in the last of"
        return (
            f"{s.network.parameters:,} parameters against {self.against.network.parameters:,}; "
            f"{where} {s.epochs:,} epochs; {many}{self._learnt()}."
        )

    def _learnt(self) -> str:
        """How many of each have learnt more than half, where some have not."""
        counts = [
            sum(map(Bounds.of(one).learnt, found.losses))
            for one in (self.settings, self.against)
            if (found := measured(one)) is not None and found.losses
        ]
        if len(counts) < 2 or min(counts) == self.settings.networks:
            return ""
        mine, others = counts
        return f", of which {mine} have learnt more than half, against {others}"

    def _loss(self, settings: Settings) -> float:
        found = measured(settings) or Measured(float("nan"))
        return found.fresh if self.fresh and found.fresh is not None else found.loss


@dataclass(frozen=True)
class Kind:
    """A kind of network: its cell, how it is put together, and what it is good for."""

    name: str
    title: str
    sentence: str
    cell: str
    unrolled: Unrolled
    wins: Task
    loses: Task

    def sequential_model(self, units: int) -> SequentialModel:
        """The network with so many units, reading a number a step and choosing of two classes."""
        return SequentialModel(
            cell=self.cell,
            units=units,
            layers=self.unrolled.layers,
            bidirectional=self.unrolled.bidirectional,
            return_sequences=self.unrolled.answers == "each step",
            dense=True,
            outputs=2,
            embedding=False,
            features=1,
            timesteps=self.unrolled.steps,
            batch=1,
        )
