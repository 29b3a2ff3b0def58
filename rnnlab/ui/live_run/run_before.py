"""The run that was on show before, which stays as a pale curve under the new one."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, Generic, cast

from rnnlab.knobs import Configuration
from rnnlab.ui.live_run.run import LiveRun, Report, RunSlot, Task
from rnnlab.ui.live_run.watching import turned


@dataclass(frozen=True)
class RunBefore(Generic[Task, Report]):
    """What was asked for, and what was reported, without weights."""

    task: Task
    progress: tuple[Report, ...]


def keep(slot: RunSlot[Task, Report], task: Task) -> None:
    """Keep the run on show, which one of this other task is about to take the place of."""
    run = slot.on_show()
    if run is None or run.task == task or not (progress := run.snapshot().progress):
        return
    brief = tuple(report.brief() for report in progress)
    _state(slot)[_key(slot)] = RunBefore(run.task, brief)


def before(
    slot: RunSlot[Task, Report], run: LiveRun[Task, Report] | None
) -> RunBefore[Task, Report] | None:
    """The run before this one, if there was one and it is not the same."""
    kept = cast("RunBefore[Task, Report] | None", _state(slot).get(_key(slot)))
    return kept if kept is not None and run is not None and kept.task != run.task else None


def sentence(earlier: Configuration, now: Configuration, otherwise: str) -> str:
    """What the pale curve is, by the knobs that were turned since; `otherwise` where none was."""
    return f"The grey curve is the run before. Other now: {turned(earlier, now, otherwise)}."


def _state(slot: RunSlot[Any, Any]) -> MutableMapping[Any, Any]:
    return slot.state()


def _key(slot: RunSlot[Any, Any]) -> tuple[str, Any]:
    return ("before", slot.key)
