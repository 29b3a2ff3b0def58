"""The run before as a pale curve under the new one, where the two can be compared."""

from __future__ import annotations

from rnnlab.charts.kept_run import KeptRun, another_question
from rnnlab.charts.loss_curve import EarlierCurve
from rnnlab.settings import Plan, Settings
from rnnlab.ui.training import kept_runs
from rnnlab.ui.training.run import TrainingRun

LONGEST_LABEL = 32
"""Characters."""


def curves(run: TrainingRun | None, settings: Settings) -> tuple[EarlierCurve, ...]:
    """The pale curve under this run, or under the empty picture of these settings; if any."""
    before = _before(run, settings)
    if before is None or another_question(before, _shown(run, settings).settings):
        return ()
    label = before.label
    if len(label) > LONGEST_LABEL:
        label = f"{label[: LONGEST_LABEL - 1]}…"
    return (EarlierCurve(label, before.pale),) if before.pale else ()


def why_not(run: TrainingRun | None, settings: Settings) -> str:
    """Why there is none, in a sentence; "" where there is one, or was no run before."""
    before = _before(run, settings)
    reason = before and another_question(before, _shown(run, settings).settings)
    if before is None or not reason:
        return ""
    return f"Run {before.number}, the one before, does not lie under the new curve: {reason}."


def _before(run: TrainingRun | None, settings: Settings) -> KeptRun | None:
    return kept_runs.of_visitor().before(_shown(run, settings))


def _shown(run: TrainingRun | None, settings: Settings) -> Plan:
    return Plan(settings) if run is None else run.task
