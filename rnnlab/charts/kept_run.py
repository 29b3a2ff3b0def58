"""A run that stays after others have followed: what is kept of it, its name, all in one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from rnnlab.bounds import Bounds, epoch_means
from rnnlab.charts.setting_differences import OWN, changes, full_name
from rnnlab.files.formulas import harmless
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings

MOST_POINTS = 300
"""Of one curve; a longer one is thinned out."""

MOST_PALE_POINTS = 120
"""Of one that lies under a new curve, and is sent along with that."""

UNITS = {True: "nats", False: "squared error"}
"""What a loss is measured in: of bits, and of numbers."""


@dataclass(frozen=True, eq=False)
class KeptRun:
    """What is kept of a run of the training page.

    `plan` pauses where the run has stopped. `curve` has a row for each point: update, loss; of a
    long one every so many-th, and the last. `loss` is the mean over its last epoch, `beside` what
    to hold it against: the best possible on bits, the simplest way on numbers. `name` says what
    differs from the run before, `given` is what the visitor calls it instead.
    """

    number: int
    plan: Plan
    step: int
    loss: float
    beside: tuple[str, float]
    updates_per_epoch: int
    curve: pd.DataFrame
    name: str
    given: str = ""

    @classmethod
    def of(
        cls,
        plan: Plan,
        progress: Sequence[TrainingProgress],
        number: int = 1,
        before: KeptRun | None = None,
    ) -> KeptRun:
        """What is kept of the run of this plan that has come so far, after the run `before`."""
        step, settings = progress[-1].step, plan.settings
        bounds = Bounds.of(settings)
        beside = ("best possible", bounds.best) if bounds.bits else bounds.lines[0]
        name = full_name(settings) if before is None else changes(before.settings, settings)
        return cls(
            number,
            # Copied, since settings also hold the data that they have made.
            Plan(replace(settings), plan.rates_before(step), _until(plan, step)),
            step,
            epoch_means(progress).loss,
            beside,
            settings.updates_per_epoch,
            thinned([point.step for point in progress], [point.loss for point in progress]),
            name,
        )

    @property
    def settings(self) -> Settings:
        """Its settings."""
        return self.plan.settings

    @property
    def unit(self) -> str:
        """What its loss is measured in; others do not belong on the same axis."""
        return UNITS[self.settings.network.classes]

    @property
    def complete(self) -> bool:
        """Whether it has come to its end."""
        return self.plan.until is None

    @property
    def title(self) -> str:
        """What it is called: by its visitor, or by what differs and what was done on the way."""
        if self.given:
            return self.given
        turns = [f"learning rate {rate:g} from {step:,} on" for step, rate in self.plan.rates]
        stop = [] if self.complete else [f"stopped after {self.step:,}"]
        parts = [*filter(None, [self.name]), *turns, *stop]
        return ", ".join(parts) or "the same again"

    @property
    def label(self) -> str:
        """Its number and its title: no two runs have the same one."""
        return f"{self.number} · {self.title}"

    @property
    def result(self) -> str:
        """Its loss, and what to hold it against."""
        label, loss = self.beside
        return f"{self.loss:.4g} ({label}: {loss:.4g})"

    @cached_property
    def pale(self) -> tuple[tuple[int, float], ...]:
        """Its curve as it lies under a new one: (update, loss), thinner and to five digits."""
        finite = self.curve.dropna()
        points = zip(finite["update"].tolist(), finite["loss"].tolist(), strict=True)
        every = max(-(-len(finite) // MOST_PALE_POINTS), 1)
        thin = [*points][::-every][::-1]
        return tuple((update, float(f"{loss:.5g}")) for update, loss in thin)

    def begins(self, plan: Plan, step: int) -> bool:
        """Whether these very points are the first ones of the plan's first `step` updates."""
        if self.settings != plan.settings or self.step > step:
            return False
        return plan.rates_before(self.step) == self.plan.rates_before(self.step)

    def covers(self, plan: Plan) -> bool:
        """Whether all points of the plan are among its own."""
        if self.settings != plan.settings or self.step < plan.end:
            return False
        return plan.rates_before(plan.end) == self.plan.rates_before(plan.end)


def thinned(updates: Sequence[int], losses: Sequence[float]) -> pd.DataFrame:
    """One row a point: update, loss. Of many points every so many-th, from the end."""
    every = max(-(-len(updates) // MOST_POINTS), 1)
    kept = slice(None, None, -every)  # copied, so that nothing else is held
    columns = {"update": np.array(updates, np.int32), "loss": np.array(losses)}
    return pd.DataFrame({name: column[kept][::-1].copy() for name, column in columns.items()})


def incomparable(run: KeptRun, other: KeptRun | Settings) -> str:
    """Why two curves do not belong into one picture: half a sentence about the first; or ""."""
    settings = other.settings if isinstance(other, KeptRun) else other
    if run.settings.network.classes != settings.network.classes:
        unit = UNITS[settings.network.classes]
        return f"its loss is measured in {run.unit}, and this one in {unit}"
    return ""


def another_question(run: KeptRun, settings: Settings) -> str:
    """Why a run says nothing about what other settings ask: half a sentence; or ""."""
    if reason := incomparable(run, settings):
        return reason
    if run.settings.rule != settings.rule:
        return "it learnt another rule"
    return "it learnt another series of numbers" if run.settings.own != settings.own else ""


def runs_csv(runs: Sequence[KeptRun]) -> bytes:
    """All runs in one file: a row a point, beside its run's name and every setting.

    A point's loss is the mean over the updates since the point before. Settings are called as in
    links; what a run's rule does not have is empty. UTF-8 with the mark by which Excel knows it; a
    name that a spreadsheet would take for a formula begins with an apostrophe.
    """
    tables = []
    for run in runs:
        updates = run.curve["update"]
        columns: dict[str, Any] = {"run": run.number, "name": run.title, "update": updates}
        columns |= {"epoch": updates / run.updates_per_epoch, "loss": run.curve["loss"]}
        columns |= run.settings.values
        if run.settings.own is not None:
            columns[OWN.lower()] = run.settings.own.name
        words = {name: harmless(value) for name, value in columns.items() if isinstance(value, str)}
        tables.append(pd.DataFrame(columns | words, index=run.curve.index))
    text = pd.concat(tables, ignore_index=True).to_csv(index=False)
    return text.encode("utf-8-sig", errors="replace")


def _until(plan: Plan, step: int) -> int | None:
    return None if step >= plan.settings.updates else step
