"""The one thread between the store and the cluster: queue, second attempts, lost connections.

The store keeps its own queue, and a cluster gets no more jobs than it has threads, because Dask
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

from rnnlab.compute.connection import ClusterConnection, ConnectionLostError, KilledError, Task
from rnnlab.compute.job import Job, QueuePosition
from rnnlab.errors import ComputeError, LabError

logger = logging.getLogger(__name__)

NO_WORKER = "The cluster has no worker at the moment; this begins as soon as one is back."
CLOSE_TIMEOUT = 2.8  # seconds that closing may take


@dataclass
class Attempt:
    """One attempt at a job on the cluster; `run` is the id of the run whose events count."""

    job: Job
    id: str = field(default_factory=lambda: f"rnnlab-{uuid4().hex}")
    worker: str | None = None
    run: str | None = None
    release: Callable[[], None] = lambda: None


class Dispatcher:
    """Brings waiting jobs to the cluster and their events back. `changed` guards all of it."""

    def __init__(
        self,
        connect: Callable[[], ClusterConnection],
        changed: Condition,
        tidy: Callable[[], None],
        tick: float,
    ):
        self.trouble: str | None = None
        self._new_connection = connect
        self._changed = changed
        self._tidy = tidy
        self._tick = min(tick, 0.25)
        self._topic = f"rnnlab-{uuid4().hex}"
        self._queue: list[Job] = []
        self._attempts: dict[str, Attempt] = {}
        self._connection: ClusterConnection | None = None
        self._threads: int | None = None
        self._connect_wanted = self._lost = self._closing = False
        self._wake = Event()
        self._thread: Thread | None = None

    def open(self) -> None:
        """Connect, in the background, if there is no connection."""
        if self._closing:
            return
        self._connect_wanted = True
        if self._thread is None:
            self._thread = Thread(target=self._run, name="dispatcher", daemon=True)
            self._thread.start()
        self._wake.set()

    def close(self) -> None:
        """Stop every job and disconnect."""
        with self._changed:
            self._closing = True
            for job in [*self._queue, *(attempt.job for attempt in self._attempts.values())]:
                if not job.ended:
                    job.end("stopped", "It was stopped because the lab was closed.")
            self._queue.clear()
            self._attempts.clear()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(CLOSE_TIMEOUT)

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
        for attempt in list(self._attempts.values()):
            if attempt.job is job:
                self._stop_attempt(attempt)

    def queue_position(self, job: Job) -> QueuePosition:
        """Where a waiting job is in the queue."""
        if self._connection is None:
            return QueuePosition("starting", None, job.message)
        message = job.message or (NO_WORKER if self._threads == 0 else None)
        return QueuePosition("waiting", self._queue.index(job) + 1, message)

    def _stop_attempt(self, attempt: Attempt) -> None:
        if attempt.worker is not None and self._connection is not None:
            self._connection.request_stop(attempt.id, attempt.worker)
        else:
            self._attempts.pop(attempt.id, None)
            attempt.release()

    def _run(self) -> None:
        while not self._closing:
            self._wake.clear()
            if self._connection is None:
                if self._connect_wanted:
                    self._connect()
            elif self._lost or not self._connection.alive():
                self._give_up_connection(self._connection)
            else:
                self._submit_all(self._connection)
            with self._changed:
                self._tidy()
            if not (self._closing or (self._connection is None and self._connect_wanted)):
                self._wake.wait(self._tick)
        if self._connection is not None:
            self._connection.close()

    def _connect(self) -> None:
        connection, trouble = None, None
        try:
            connection = self._new_connection()
            connection.subscribe(self._topic, self._receive)
        except ComputeError as problem:
            trouble = str(problem)
        except Exception as problem:
            logger.exception("Connecting to the compute side failed.")
            trouble = f"The compute side cannot be reached ({type(problem).__name__}: {problem})."
        with self._changed:
            self._connection, self.trouble = connection, trouble
            self._connect_wanted = self._lost = False
            self._threads = None
            if trouble is not None:
                for job in self._queue:
                    job.end("failed", trouble)
                self._queue.clear()

    def _give_up_connection(self, connection: ClusterConnection) -> None:
        with self._changed:
            attempts, self._attempts = list(self._attempts.values()), {}
            self._connection, self._lost = None, False
            self.trouble = f"The connection to {connection.name} was lost."
            for attempt in attempts:
                if attempt.job.ended:
                    continue
                if connection.own:
                    self._killed(attempt.job)
                else:
                    attempt.job.end(
                        "failed", f"The connection to {connection.name} was lost on the way."
                    )
            self._connect_wanted = bool(self._queue)
        connection.close()

    def _submit_all(self, connection: ClusterConnection) -> None:
        while (attempt := self._next_attempt(connection)) is not None:
            task = Task(attempt.job.work, attempt.job.payload, attempt.id)
            try:
                release = connection.submit(task, self._topic, self._on_end)
            except Exception as problem:
                self._on_end(attempt.id, None, ConnectionLostError(str(problem)))
                return
            with self._changed:
                attempt.release = release
                if attempt.job.ended or attempt.id not in self._attempts:
                    self._stop_attempt(attempt)

    def _next_attempt(self, connection: ClusterConnection) -> Attempt | None:
        if not self._queue or self._lost:
            return None
        try:
            threads = connection.threads()
        except ConnectionLostError:
            self._lost = True
            self._wake.set()
            return None
        with self._changed:
            self._threads = threads
            if not self._queue:
                return None
            others = self._attempts.values()
            alone = self._queue[0].attempt > 1 or any(attempt.job.attempt > 1 for attempt in others)
            if len(others) >= (min(threads, 1) if alone else threads):
                return None
            attempt = Attempt(self._queue.pop(0))
            attempt.job.state = "running"
            self._attempts[attempt.id] = attempt
            return attempt

    def _receive(self, message: dict[str, Any]) -> None:
        events = [pickle.loads(packed) for packed in message["events"]]  # noqa: S301 (our workers)
        with self._changed:
            attempt = self._attempts.get(message["job"])
            if attempt is None:
                return
            if message["run"] != attempt.run:
                self._note_new_run(attempt, message)
            if not attempt.job.ended:
                attempt.job.record(events)

    def _note_new_run(self, attempt: Attempt, message: dict[str, Any]) -> None:
        """Note a run's first message; a cluster that is not our own may run a killed task again."""
        rerun = attempt.run is not None
        attempt.run, attempt.worker = message["run"], message["worker"]
        if rerun and not attempt.job.ended:
            attempt.job.killed()
        if attempt.job.ended:
            attempt.worker = None if rerun else attempt.worker
            self._stop_attempt(attempt)

    def _on_end(self, attempt_id: str, result: Any, problem: Exception | None) -> None:
        with self._changed:
            if isinstance(problem, ConnectionLostError):
                self._lost = True
            elif (attempt := self._attempts.pop(attempt_id, None)) is not None:
                self._finish(attempt.job, result, problem)
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
