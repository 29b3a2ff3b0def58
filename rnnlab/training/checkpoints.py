"""Where runs of this process can go on, so that a stop, a step or a turned dial costs no time.

Only a cache: a plan says everything, and without a checkpoint its run begins at the beginning and
gives the same curve.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from threading import Lock

from rnnlab.engine import Carry, Chunk
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan
from rnnlab.training.story import Story

RUNS = 8
MOMENTS = 16
BYTES = 8e6
"""How many runs are kept, at how many of their latest chunks, and what these may weigh a run."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A run after `step` updates: all that the next update needs, and what was told."""

    plan: Plan
    step: int
    carry: Carry
    told: list[TrainingProgress]
    chunks: list[Chunk]
    length: int
    """How much of `told` and `chunks`, which the run goes on to fill, belongs to this moment."""

    def story(self, plan: Plan) -> Story:
        """The story up to here, to be gone on with as another plan says."""
        return Story(plan, self.told[: self.length], self.chunks[: self.length])


class Checkpoints:
    """The latest moments of the latest runs."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._runs: OrderedDict[object, deque[Checkpoint]] = OrderedDict()

    def latest(self, plan: Plan) -> Checkpoint | None:
        """The furthest moment from which this plan can go on."""
        with self._lock:
            fitting = [
                one
                for moments in self._runs.values()
                for one in moments
                if one.step < plan.end and plan.agrees(one.plan, one.step)
            ]
        return max(fitting, key=lambda one: one.step, default=None)

    def keep(self, plan: Plan, step: int, carry: Carry, story: Story) -> None:
        """Note where a run is."""
        weight = sum(4 * int(tensor.shape.num_elements()) for tensor in carry)
        here = Checkpoint(plan, step, carry, story.told, story.chunks, len(story.told))
        key = (plan.settings, plan.rates_before(step))
        with self._lock:
            moments = self._runs.pop(key, None)
            if moments is None:
                most = int(max(1, min(MOMENTS, BYTES // weight)))
                moments = deque(maxlen=most)
            moments.append(here)
            self._runs[key] = moments
            while len(self._runs) > RUNS:
                self._runs.popitem(last=False)
