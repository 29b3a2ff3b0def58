"""The history of a run: when it reports, what it has reported, and where it can go on."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from threading import Lock

import numpy as np

from rnnlab.cells.cell import Weights
from rnnlab.engine import Chunk, TrainStates
from rnnlab.errors import TrainingError
from rnnlab.progress import LastWindow, TrainingProgress
from rnnlab.settings import Plan, Settings

POINTS = 250
"""About how many chunks, and so points on the curve, a run has."""

POINTS_OF_FIRST_EPOCH = 40

PRODUCTS_PER_CHUNK = 1.5e8
"""The most products in one chunk: about 0.1 s, so that a stop soon takes effect."""

MAX_SNAPSHOTS = 50
BYTES_OF_SNAPSHOTS = 4e6
"""The most that all of a run's snapshots may weigh together; they travel while it goes on."""

MAX_RUNS = 128
CHECKPOINTS_PER_RUN = 16
BYTES_PER_RUN = 8e6
BYTES_OF_CHECKPOINTS = 64e6
"""How many runs have checkpoints, at how many of their latest chunks, of how many bytes a run, and
of all together: a class that trains in turns has a run a head."""


class History:
    """The progress of one run, event by event; it may go on from where another one was.

    `states` are what the next update needs, None at the beginning of a run.
    """

    def __init__(
        self,
        plan: Plan,
        events: list[TrainingProgress],
        chunks: list[Chunk],
        states: TrainStates | None = None,
    ) -> None:
        self.plan = plan
        self.events = events
        self.chunks = chunks
        self.states = states
        self._seconds_of = {"data": 0.0, "compile": 0.0, "updates": 0.0}
        earlier = events[-1].seconds if events else 0.0
        self._started = time.perf_counter() - earlier
        bytes_of_weights = 4 * plan.settings.network.parameters
        self._n_snapshots = int(min(MAX_SNAPSHOTS, max(2, BYTES_OF_SNAPSHOTS // bytes_of_weights)))

    @property
    def step(self) -> int:
        """How many updates are done."""
        return self.events[-1].step if self.events else 0

    def chunks_ahead(self, capacity: int) -> list[tuple[int, int]]:
        """The updates still to do, from one to before another, with a report after each chunk."""
        changes = {step for step, _ in self.plan.rates}
        ends = {*chunk_ends(self.plan.settings, capacity), *changes, self.plan.end}
        ahead = sorted(end for end in ends if self.step < end <= self.plan.end)
        return list(pairwise([self.step, *ahead]))

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Count the time of this block as a part of the run's."""
        started = time.perf_counter()
        yield
        self._seconds_of[part] += time.perf_counter() - started

    def is_moment(self, step: int, n_moments: int) -> bool:
        """Whether the chunk that brings the run to `step` updates holds one of so many moments.

        Most of them are early; the end is one.
        """
        done, end = (self._moments_until(of, n_moments) for of in (self.step, step))
        return done < end or (n_moments > 0 and step >= self.plan.end)

    def record(
        self,
        step: int,
        chunk: Chunk,
        weights: Weights,
        last_window: LastWindow | None,
        held_out: tuple[float, ...] = (),
    ) -> TrainingProgress:
        """The progress after a chunk that brought the run to `step` updates.

        Raises `TrainingError` if a loss or a weight is not a number.
        """
        s = self.plan.settings
        _check_finite(self.plan, chunk, weights, step)
        self.chunks.append(chunk)
        progress = TrainingProgress(
            step=step,
            steps=s.updates,
            epochs=s.epochs,
            loss=float(chunk.losses.mean()),
            max_loss=float(chunk.losses.max()),
            accuracy=float(chunk.accuracies.mean()) if s.network.classes else None,
            seconds=time.perf_counter() - self._started,
            last_window=last_window,
            losses=tuple(chunk.losses.mean(axis=0).tolist()),
            held_out=held_out,
            learning_rate=self.plan.rate(step - 1),
            snapshot=self._moments_until(self.step, self._n_snapshots)
            < self._moments_until(step, self._n_snapshots),
            weights=weights,
        )
        self.events.append(progress.brief())
        return self._complete(progress) if step >= self.plan.end else progress

    def _complete(self, last: TrainingProgress) -> TrainingProgress:
        history = {"loss": np.concatenate([chunk.losses for chunk in self.chunks])}
        if last.accuracy is not None:
            history["accuracy"] = np.concatenate([chunk.accuracies for chunk in self.chunks])
        return replace(last, history=history, parts=dict(self._seconds_of))

    def _moments_until(self, step: int, n_moments: int) -> int:
        """How many of them there should be after so many updates."""
        return int(n_moments * np.sqrt(step / self.plan.settings.updates))


def chunk_ends(settings: Settings, capacity: int) -> list[int]:
    """After how many updates each chunk of a run ends: equal parts of epochs, never too large.

    The first epoch, in which most is learnt, has more of them, and the run begins with tiny ones.
    Where there are more epochs than points, a chunk holds several epochs.
    """
    n, total = settings.updates_per_epoch, settings.updates
    largest = min(capacity, max(1, int(PRODUCTS_PER_CHUNK / settings.work_per_update)))
    if settings.epochs > POINTS:
        return _tiny_first(total, min(largest, max(1, total // POINTS)))
    first = min(largest, max(1, total // max(POINTS, POINTS_OF_FIRST_EPOCH * settings.epochs)))
    later = _equal(0, n, min(largest, max(1, total // POINTS)))
    return _tiny_first(n, first) + [
        epoch * n + end for epoch in range(1, settings.epochs) for end in later
    ]


def _tiny_first(total: int, largest: int) -> list[int]:
    """1, 3, 7, … while that is below the largest chunk, then equal ones."""
    ends = [0]
    while ends[-1] + 1 <= largest and 2 * ends[-1] + 1 < total:
        ends.append(2 * ends[-1] + 1)
    return ends[1:] + _equal(ends[-1], total, largest)


def _equal(start: int, end: int, largest: int) -> list[int]:
    parts = -(-(end - start) // largest)
    rounded: list[int] = np.linspace(start, end, parts + 1).round().astype(int).tolist()
    return rounded[1:]


def _check_finite(plan: Plan, chunk: Chunk, weights: Weights, step: int) -> None:
    """Raise if a loss of the chunk, or a weight after it, is not a number."""
    bad = np.logical_not(np.isfinite(chunk.losses).all(axis=1))
    if bad.any():
        step += int(bad.argmax()) + 1 - bad.size
    elif all(np.isfinite(value).all() for value in weights.values()):
        return
    raise TrainingError(
        f"At update {step:,} the loss stopped being a number: the weights ran away. Try a "
        f"learning rate below {plan.rate(step - 1):g}, clip the gradients, or take the activation "
        "tanh."
    )


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A run after `step` updates: all that the next update needs, and what was reported.

    It is of the run whose settings have this `digest` and whose learning rate has changed so far as
    `rates` say. Of `events` and `chunks`, which the run goes on to fill, the first `length` belong
    to it.
    """

    digest: bytes
    rates: tuple[tuple[int, float], ...]
    step: int
    states: TrainStates
    events: list[TrainingProgress]
    chunks: list[Chunk]
    length: int

    @cached_property
    def n_bytes(self) -> int:
        """How many the states take."""
        tensors = (tensor for state in self.states for tensor in state)
        return sum(4 * int(tensor.shape.num_elements()) for tensor in tensors)


def _digest(settings: Settings) -> bytes:
    return hashlib.sha256(repr(settings).encode()).digest()


class Checkpoints:
    """The latest checkpoints of the latest runs: a stop, or a turned knob, then costs no time.

    Only a cache: a plan says everything, and without a checkpoint its run begins at the beginning
    and gives the same curve. It outlives its visitors, so it holds nothing that they have typed or
    uploaded: settings are told apart by a digest.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._runs: OrderedDict[tuple[bytes, object], deque[Checkpoint]] = OrderedDict()

    def history(self, plan: Plan) -> History:
        """The history of this plan so far: up to the latest checkpoint that it agrees with."""
        digest = _digest(plan.settings)
        with self._lock:
            agreeing = [
                checkpoint
                for checkpoints in self._runs.values()
                for checkpoint in checkpoints
                if checkpoint.step < plan.end
                and checkpoint.digest == digest
                and checkpoint.rates == plan.rates_before(checkpoint.step)
            ]
        if not agreeing:
            return History(plan, [], [])
        latest = max(agreeing, key=lambda checkpoint: checkpoint.step)
        events, chunks = latest.events[: latest.length], latest.chunks[: latest.length]
        return History(plan, events, chunks, latest.states)

    def save(self, history: History, states: TrainStates) -> None:
        """Keep where this run is now."""
        plan, step, n_events = history.plan, history.step, len(history.events)
        key = (_digest(plan.settings), plan.rates_before(step))
        checkpoint = Checkpoint(*key, step, states, history.events, history.chunks, n_events)
        with self._lock:
            checkpoints = self._runs.pop(key, None)
            if checkpoints is None:
                most = max(1, min(CHECKPOINTS_PER_RUN, BYTES_PER_RUN // checkpoint.n_bytes))
                checkpoints = deque(maxlen=int(most))
            checkpoints.append(checkpoint)
            self._runs[key] = checkpoints
            n_bytes = sum(len(kept) * kept[0].n_bytes for kept in self._runs.values())
            while len(self._runs) > MAX_RUNS or (
                n_bytes > BYTES_OF_CHECKPOINTS and len(self._runs) > 1
            ):
                _, oldest = self._runs.popitem(last=False)
                n_bytes -= len(oldest) * oldest[0].n_bytes

    def forget(self, settings: Settings) -> None:
        """Drop every checkpoint of runs with these settings."""
        digest = _digest(settings)
        with self._lock:
            for key in [key for key in self._runs if key[0] == digest]:
                del self._runs[key]
