"""Runs as a test wants them, without any training."""

from __future__ import annotations

from dataclasses import replace

from rnnlab.charts.kept_run import KeptRun
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings


def points(settings: Settings, *losses: float, end: int | None = None) -> list[TrainingProgress]:
    """Reports of these losses, evenly spaced up to update `end`, or else to the run's last one."""
    end = end or settings.updates
    return [
        TrainingProgress(
            step=round(end * number / len(losses)),
            steps=settings.updates,
            epochs=settings.epochs,
            seconds=float(number),
            loss=loss,
            max_loss=loss,
            accuracy=0.5 if settings.network.classes else None,
            learning_rate=settings.learning_rate,
        )
        for number, loss in enumerate(losses, start=1)
    ]


def kept_run(
    settings: Settings,
    *losses: float,
    number: int = 1,
    given: str = "",
    end: int | None = None,
    before: KeptRun | None = None,
    rates: tuple[tuple[int, float], ...] = (),
) -> KeptRun:
    """What is kept of a run that has reported these losses."""
    progress = points(settings, *(losses or (0.5,)), end=end)
    run = KeptRun.of(Plan(settings, rates), progress, number, before)
    return replace(run, given=given)
