"""How many students machines of 2, 4 and 8 cores carry: `python -m tests.benchmarks.capacity`.

A simulation from costs that are measured on this machine first: what each run of the classroom's
students takes, with and without the interpreter's lock, and what a knob, a click, a message and a
look take in the server. In the simulation, as in `tests.benchmarks.classroom`, everybody presses
Train within five seconds and turns a knob within the second after that. Cores are shared in ticks:

- scripts of the server share one interpreter, so one core at most, which they get before workers;
- runs share what is left in turns, equally; those in one process share its lock, too;
- nothing is compiled: as for a second class on the same machine.

It prints, by cores and students, what the classroom's benchmark measures, and the column of this
machine's own number of cores can be held against it.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import thread_time

import numpy as np
import psutil

from rnnlab import compilation_cache
from rnnlab.compute.embedded import TENSORFLOW
from rnnlab.settings import Plan, Settings
from rnnlab.ui.live_run.pace import BUSY, SLOWEST_NEWS, SMALL
from tests.lab import Lab, running_lab
from tests.student import QUESTIONS, WIDTHS, Student, settings_of

TICK = 0.005  # seconds
CLICKS_WITHIN = 5.0
CORES = (2, 4, 8)
STUDENTS = (12, 30, 60, 100)
KINDS = len(QUESTIONS) * len(WIDTHS)


@dataclass(frozen=True)
class Run:
    """The seconds of a core that a run takes, chunk by chunk, and the share under the lock."""

    chunks: tuple[float, ...]
    locked: float


@dataclass(frozen=True)
class Costs:
    """All that was measured; the server's are seconds of its interpreter for one of each."""

    runs: tuple[Run, ...]
    knob: float
    click: float
    message: float


@dataclass
class Learner:
    """A student in the simulation: when they click, and when what happens."""

    run: Run
    clicks_at: float
    turns_at: float
    done: float = 0.0
    started: bool = False
    first_point: float | None = None
    finished: float | None = None
    answered: float | None = None

    def advance(self, seconds: float, now: float) -> None:
        """Let the run have so much of a core."""
        self.done += seconds
        if self.first_point is None and self.done >= self.run.chunks[0]:
            self.first_point = now
        if self.done >= sum(self.run.chunks):
            self.finished = now


@dataclass
class Script:
    """Work of the server that somebody waits for."""

    left: float
    learner: Learner
    clicks: bool


@dataclass
class Machine:
    """A machine with so many cores, `costs`, and `processes` that compute."""

    cores: int
    costs: Costs
    processes: int = 1
    now: float = 0.0
    scripts: list[Script] = field(default_factory=list)

    def hold(self, n_students: int) -> list[Learner]:
        """A lesson to its end."""
        rng = np.random.default_rng(n_students)
        places = rng.permutation(n_students)
        learners = [
            Learner(
                self.costs.runs[number % len(self.costs.runs)],
                CLICKS_WITHIN * (places[number] + 0.5) / n_students,
                CLICKS_WITHIN + rng.random(),
            )
            for number in range(n_students)
        ]
        while any(None in (each.finished, each.answered) for each in learners):
            self._tick(learners)
        return learners

    def _tick(self, learners: list[Learner]) -> None:
        before, self.now = self.now, self.now + TICK
        for learner in learners:
            if before <= learner.clicks_at < self.now:
                self.scripts.append(Script(self.costs.click, learner, clicks=True))
            if before <= learner.turns_at < self.now:
                self.scripts.append(Script(self.costs.knob, learner, clicks=False))
        active = [each for each in learners if each.started and each.finished is None]
        left = self.cores * TICK - self._serve(len(active))
        self._compute(active, left)

    def _serve(self, n_watched: int) -> float:
        """The seconds of a core that the server takes: pictures, then scripts in equal shares."""
        pictures = min(SMALL * BUSY, n_watched * self.costs.message / SLOWEST_NEWS) * TICK
        budget = TICK - pictures
        for script in self.scripts:
            script.left -= budget / len(self.scripts)
        for script in [script for script in self.scripts if script.left <= 0]:
            self.scripts.remove(script)
            if script.clicks:
                script.learner.started = True
            else:
                script.learner.answered = self.now
        return TICK if self.scripts else pictures

    def _compute(self, active: Sequence[Learner], seconds: float) -> None:
        """Equal shares; those without a first point come before the others."""
        fresh = [each for each in active if each.first_point is None]
        turn = fresh or list(active)
        if not turn:
            return
        locked = float(np.mean([each.run.locked for each in turn]))
        most = min(seconds, len(turn) * TICK, self.processes * TICK / max(locked, 1e-9))
        for learner in turn:
            learner.advance(most / len(turn), self.now)


def measure_runs() -> tuple[Run, ...]:
    """What each of the classroom's runs takes on one core, in a process without pages."""
    os.environ |= TENSORFLOW | compilation_cache.environment()
    from rnnlab.engine.graphs import FunctionGraph
    from rnnlab.training import train

    free = 0.0
    call = FunctionGraph.__call__

    def timed(self: FunctionGraph, *arguments: object) -> object:
        nonlocal free
        started = thread_time()
        try:
            return call(self, *arguments)
        finally:
            free += thread_time() - started

    FunctionGraph.__call__ = timed  # type: ignore[method-assign,assignment]
    runs = []
    for number in range(KINDS):
        settings = settings_of(number)
        for _ in train(Plan(settings)):  # compiles
            break
        free, again = 0.0, replace(settings, seed=settings.seed + 500)
        ends = [thread_time(), *(thread_time() for _ in train(Plan(again)))]
        total = ends[-1] - ends[0]
        runs.append(Run(tuple(np.diff(ends).tolist()), 1 - free / total))
    FunctionGraph.__call__ = call  # type: ignore[method-assign]
    return tuple(runs)


async def measure_server(lab: Lab) -> tuple[float, float, float]:
    """The seconds of the server for a knob while a run is live, for a click, and for a message."""
    server = psutil.Process(lab.process.pid)

    def taken() -> float:
        times = server.cpu_times()
        return times.user + times.system

    long = Settings.of({"rule": "lags", "epochs": 300, "seed": 77})
    clicks = []
    for number in range(5):
        student = Student(lab.url, replace(long, seed=77 + number))
        await student.arrive()
        before = taken()
        await student.train()
        await student.until(lambda watched=student: watched.points, 60)
        clicks.append(taken() - before)
        if number < 4:
            await student.press("Stop")
            await student.close()
    click = float(np.median(clicks))
    before, n_points = taken(), len(student.points)
    await asyncio.sleep(10)
    watching, messages = taken() - before, len(student.points) - n_points
    before = taken()
    for number in range(40):
        await student.turn_units(6 + number % 2)
    knob = (taken() - before) / 40
    await student.close()
    return knob, click, watching / max(messages, 1)


def main() -> None:
    """Measure, simulate, print."""
    with tempfile.TemporaryDirectory() as name, running_lab(Path(name)) as lab:
        knob, click, message = asyncio.run(measure_server(lab))
    costs = Costs(measure_runs(), knob, click, message)
    total = [sum(run.chunks) for run in costs.runs]
    locked = [run.locked for run in costs.runs]
    print(
        f"Measured here: runs {min(total):.2f} to {max(total):.2f} s, {np.mean(total):.2f} s on "
        f"average, {min(locked):.0%} to {max(locked):.0%} of it under the lock; a knob "
        f"{1000 * knob:.0f} ms, a click {1000 * click:.0f} ms, a message {1000 * message:.1f} ms.\n"
    )
    print("| cores | students | first point | knob while all train | last Done |")
    print("|---|---|---|---|---|")
    for cores in CORES:
        for n_students in STUDENTS:
            learners = Machine(cores, costs).hold(n_students)
            first = _three(each.first_point - each.clicks_at for each in learners)
            knobs = _three(each.answered - each.turns_at for each in learners)
            last = max(each.finished for each in learners)
            print(f"| {cores} | {n_students} | {first} | {knobs} | {last:.0f} |")


def _three(values: Iterable[float]) -> str:
    numbers = list(values)
    parts = (np.median(numbers), np.percentile(numbers, 95), max(numbers))
    return " / ".join(f"{part:.2f}" for part in parts)


if __name__ == "__main__":
    main()
