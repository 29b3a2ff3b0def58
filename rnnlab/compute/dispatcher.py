"""The one thread between the board and the cluster: queue, second attempts, lost connections.

The board keeps its own queue, and a cluster gets no more jobs than it has threads, because Dask
blames every task of a worker that dies, also those that only waited there. A job on its second
attempt runs alone, so that a second death has one suspect.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, Event, Thread
from typing import Any
from uuid import uuid4

from rnnlab.compute.job import Job, Standing
from rnnlab.compute.line import KilledError, Line, LineLostError, Order
from rnnlab.errors import ComputeError, LabError

logger = logging.getLogger(__name__)

NO_WORKER = "The cluster has no worker at the moment; this begins as soon as one is back."
LAST_TICK = 2.8  # seconds that closing may take


@dataclass
class Task:
    """One attempt at a job on the cluster; `run` is the id of the run whose events count."""

    job: Job
    id: str = field(default_factory=lambda: f"rnnlab-{uuid4().hex}")
    worker: str | None = None
    run: str | None = None
    release: Callable[[], None] = lambda: None


class Dispatcher:
    """Brings waiting jobs to the cluster and news back. `changed` guards all of it."""

    def __init__(
        self,
        connect: Callable[[], Line],
        changed: Condition,
        tidy: Callable[[], None],
        tick: float,
    ):
        self.trouble: str | None = None
        self._connect_to = connect
        self._changed = changed
        self._tidy = tidy
        self._tick = min(tick, 0.25)
        self._topic = f"rnnlab-{uuid4().hex}"
        self._queue: list[Job] = []
        self._tasks: dict[str, Task] = {}
        self._line: Line | None = None
        self._threads: int | None = None
        self._wanted = self._lost = self._closing = False
        self._wake = Event()
        self._thread: Thread | None = None

    def open(self) -> None:
        """Want a connection."""
        if self._closing:
            return
        self._wanted = True
        if self._thread is None:
            self._thread = Thread(target=self._live, name="dispatcher", daemon=True)
            self._thread.start()
        self._wake.set()

    def close(self) -> None:
        """Stop every job and let go of the cluster."""
        with self._changed:
            self._closing = True
            for job in [*self._queue, *(task.job for task in self._tasks.values())]:
                if not job.ended:
                    job.end("stopped", "It was stopped because the lab was closed.")
            self._queue.clear()
            self._tasks.clear()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(LAST_TICK)

    def add(self, job: Job) -> None:
        """Put a new job at the end of the queue."""
        if self._closing:
            job.end("failed", "The lab is closed.")
            return
        self._queue.append(job)
        self.open()

    def stop(self, job: Job, message: str | None = None) -> None:
        """End a job that waits or runs; a running one gets its result when the worker sends it."""
        job.end("stopped", message)
        if job in self._queue:
            self._queue.remove(job)
        for task in list(self._tasks.values()):
            if task.job is job:
                self._stop_task(task)

    def standing(self, job: Job) -> Standing:
        """Where a waiting job stands."""
        if self._line is None:
            return Standing("starting", None, job.message)
        message = job.message or (NO_WORKER if self._threads == 0 else None)
        return Standing("waiting", self._queue.index(job) + 1, message)

    def _stop_task(self, task: Task) -> None:
        if task.worker is not None and self._line is not None:
            self._line.request_stop(task.id, task.worker)
        else:
            self._tasks.pop(task.id, None)
            task.release()

    def _live(self) -> None:
        while not self._closing:
            self._wake.clear()
            if self._line is None:
                if self._wanted:
                    self._connect()
            elif self._lost or not self._line.alive():
                self._give_up_line(self._line)
            else:
                self._submit_all(self._line)
            with self._changed:
                self._tidy()
            if not (self._closing or (self._line is None and self._wanted)):
                self._wake.wait(self._tick)
        if self._line is not None:
            self._line.close()

    def _connect(self) -> None:
        line, trouble = None, None
        try:
            line = self._connect_to()
            line.listen(self._topic, self._hear)
        except ComputeError as problem:
            trouble = str(problem)
        except Exception as problem:
            logger.exception("Connecting to the compute side failed.")
            trouble = f"The compute side cannot be reached ({type(problem).__name__}: {problem})."
        with self._changed:
            self._line, self.trouble = line, trouble
            self._wanted = self._lost = False
            self._threads = None
            if trouble is not None:
                for job in self._queue:
                    job.end("failed", trouble)
                self._queue.clear()

    def _give_up_line(self, line: Line) -> None:
        with self._changed:
            tasks, self._tasks = list(self._tasks.values()), {}
            self._line, self._lost = None, False
            self.trouble = f"The connection to {line.name} was lost."
            for task in tasks:
                if task.job.ended:
                    continue
                if line.own:
                    self._killed(task.job)
                else:
                    task.job.end("failed", f"The connection to {line.name} was lost on the way.")
            self._wanted = bool(self._queue)
        line.close()

    def _submit_all(self, line: Line) -> None:
        while (task := self._next_task(line)) is not None:
            order = Order(task.job.work, task.job.parcel, task.id)
            try:
                release = line.submit(order, self._topic, self._settle)
            except Exception as problem:
                self._settle(task.id, None, LineLostError(str(problem)))
                return
            with self._changed:
                task.release = release
                if task.job.ended or task.id not in self._tasks:
                    self._stop_task(task)

    def _next_task(self, line: Line) -> Task | None:
        if not self._queue or self._lost:
            return None
        try:
            threads = line.threads()
        except LineLostError:
            self._lost = True
            self._wake.set()
            return None
        with self._changed:
            self._threads = threads
            if not self._queue:
                return None
            others = self._tasks.values()
            alone = self._queue[0].attempt > 1 or any(task.job.attempt > 1 for task in others)
            if len(others) >= (min(threads, 1) if alone else threads):
                return None
            task = Task(self._queue.pop(0))
            task.job.state = "running"
            self._tasks[task.id] = task
            return task

    def _hear(self, message: dict[str, Any]) -> None:
        events = [pickle.loads(packed) for packed in message["events"]]  # noqa: S301 (our workers)
        with self._changed:
            task = self._tasks.get(message["job"])
            if task is None:
                return
            if message["run"] != task.run:
                self._began(task, message)
            if not task.job.ended:
                task.job.tell(events)

    def _began(self, task: Task, message: dict[str, Any]) -> None:
        """Note a run's first message; a cluster of its own mind runs a killed task again."""
        rerun = task.run is not None
        task.run, task.worker = message["run"], message["worker"]
        if rerun and not task.job.ended:
            task.job.killed()
        if task.job.ended:
            task.worker = None if rerun else task.worker
            self._stop_task(task)

    def _settle(self, job_id: str, result: Any, problem: Exception | None) -> None:
        with self._changed:
            if isinstance(problem, LineLostError):
                self._lost = True
            elif (task := self._tasks.pop(job_id, None)) is not None:
                self._finish(task.job, result, problem)
        self._wake.set()

    def _finish(self, job: Job, result: Any, problem: Exception | None) -> None:
        if job.ended:
            job.result = result
        elif problem is None:
            job.end("done", result=result)
        elif isinstance(problem, KilledError):
            self._killed(job)
        elif isinstance(problem, LabError):
            job.end("failed", str(problem))
        else:
            logger.error("%s failed.", job.work, exc_info=problem)
            job.end("failed", f"It could not be run ({type(problem).__name__}: {problem}).")

    def _killed(self, job: Job) -> None:
        if job.killed():
            job.state = "waiting"
            self._queue.insert(0, job)
