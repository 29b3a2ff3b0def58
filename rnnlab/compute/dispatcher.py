"""The one thread between the store and the cluster: sends jobs, brings back what they report.

Jobs share their worker, and when that dies they all die. A death counts only against a job that was
alone in its process; of those that died together, those that had hardly begun are the suspects,
which run before all others, without them, until they are past where they died.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable
from threading import Event, RLock, Thread
from typing import Any
from uuid import uuid4

from rnnlab.compute.admission import Queue
from rnnlab.compute.attempt import Attempt
from rnnlab.compute.connection import (
    ClusterConnection,
    ConnectionLostError,
    KilledError,
    Task,
    Worker,
)
from rnnlab.compute.full_disk import full_disk
from rnnlab.compute.job import Job, QueuePosition
from rnnlab.compute.wishes import Wishes
from rnnlab.errors import ComputeError

logger = logging.getLogger(__name__)

NO_WORKER = "The cluster has no worker at the moment; this begins as soon as one is back."
CLOSE_TIMEOUT = 2.8  # seconds that closing may take
MAX_LOSSES = 5  # times in a row that our own cluster may be lost


class Dispatcher:
    """Brings waiting jobs to the cluster and their events back. `lock` guards all of it."""

    def __init__(
        self,
        connect: Callable[[], ClusterConnection],
        lock: RLock,
        tidy: Callable[[], None],
        tick: float,
    ):
        self.trouble: str | None = None
        self.sharing = 0
        self.wishes = Wishes()
        self._new_connection = connect
        self._lock = lock
        self._tidy = tidy
        self._tick = min(tick, 0.25)
        self._topic = f"rnnlab-{uuid4().hex}"
        self._queue = Queue()
        self._attempts: dict[str, Attempt] = {}
        self._connection: ClusterConnection | None = None
        self._workers: dict[str, Worker] | None = None
        self._losses = 0
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
        with self._lock:
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
        self._queue.add(job)
        self.open()

    def stop(self, job: Job, message: str | None = None) -> None:
        """End a job that waits or runs; a running one gets its result when the worker sends it."""
        job.end("stopped", message)
        self._queue.remove(job)
        for attempt in list(self._attempts.values()):
            if attempt.job is job:
                self._stop_attempt(attempt)

    def forget(self, job: Job) -> None:
        """Let the workers keep nothing of a job that has ended."""
        if self._connection is not None:
            self._connection.forget(job.work, job.payload)

    def queue_position(self, job: Job) -> QueuePosition:
        """Where a waiting job is in the queue."""
        if self._connection is None:
            return QueuePosition("starting", None, job.message)
        message = job.message or (NO_WORKER if self._workers == {} else None)
        return QueuePosition("waiting", self._queue.place(job, self._attempts.values()), message)

    def count_visitors(self) -> None:
        """Bring up to date how many visitors share the cluster."""
        live = (job for job in (*self._queue, *(a.job for a in self._attempts.values())))
        self.sharing = len({job.visitor for job in live if not job.ended})

    def _stop_attempt(self, attempt: Attempt) -> None:
        if attempt.run is not None and self._connection is not None:
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
                self._serve(self._connection)
            with self._lock:
                self._tidy()
            if not (self._closing or (self._connection is None and self._connect_wanted)):
                self._wake.wait(min(self._tick, self.wishes.pause()))
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
            text = f"The compute side cannot be reached ({type(problem).__name__}: {problem})."
            trouble = full_disk(problem) or text
        with self._lock:
            self._connection, self.trouble = connection, trouble
            self._connect_wanted = self._lost = False
            self._workers = None
            if trouble is not None:
                for job in self._queue:
                    job.end("failed", trouble)
                self._queue.clear()

    def _give_up_connection(self, connection: ClusterConnection) -> None:
        with self._lock:
            jobs = [attempt.job for attempt in self._attempts.values() if not attempt.job.ended]
            self._attempts.clear()
            self._connection, self._lost = None, False
            self.trouble = f"The connection to {connection.name} was lost."
            self._losses += 1
            if not connection.own:
                self._fail(jobs, f"The connection to {connection.name} was lost on the way.")
            elif self._losses >= MAX_LOSSES:
                self.trouble = (
                    f"The process of {connection.name} ended {MAX_LOSSES} times in a row."
                )
                self._losses = 0
                self._fail(jobs, self.trouble)
            else:
                for job in jobs:
                    job.begin_anew()
                self._queue.put_back(jobs)
            self._connect_wanted = bool(self._queue)
        connection.close()

    def _fail(self, jobs: list[Job], message: str) -> None:
        for job in jobs:
            job.end("failed", message)

    def _serve(self, connection: ClusterConnection) -> None:
        """Send what can go, and what visitors may want next; it asks only if there is anything."""
        with self._lock:
            rested = self.wishes.rested()
            settled = connection.own or not self._attempts
            settled = settled and all(attempt.run for attempt in self._attempts.values())
        if settled and not (self._queue or rested):
            return
        try:
            workers = connection.workers()
        except ConnectionLostError:
            self._lost = True
            self._wake.set()
            return
        self._take_back(workers)
        workers = {address: worker for address, worker in workers.items() if worker.open}
        self._submit_all(connection, workers)
        if rested and workers:
            worker = min(workers, key=lambda address: workers[address].jobs)
            for wish in rested:
                connection.prepare(wish.work, pickle.dumps(wish.argument), wish.viewer, worker)
            with self._lock:
                self.wishes.note(rested, worker)

    def _take_back(self, workers: dict[str, Worker]) -> None:
        """Let those wait again whose worker is gone; Dask, without any, forgets them."""
        with self._lock:
            for attempt in list(self._attempts.values()):
                if attempt.worker in workers or attempt.id not in self._attempts:
                    continue
                if attempt.run is not None:
                    self._worker_died(attempt)
                elif not attempt.job.ended:
                    self._attempts.pop(attempt.id).release()
                    attempt.job.state = "waiting"
                    self._queue.put_back([attempt.job])

    def _submit_all(self, connection: ClusterConnection, workers: dict[str, Worker]) -> None:
        while (attempt := self._next_attempt(workers)) is not None:
            job = attempt.job
            task = Task(job.work, job.payload, attempt.id, job.visitor)
            try:
                release = connection.submit(task, attempt.worker, self._topic, self._on_end)
            except Exception as problem:
                self._on_end(attempt.id, None, ConnectionLostError(str(problem)))
                return
            with self._lock:
                attempt.release = release
                if job.ended or attempt.id not in self._attempts:
                    self._stop_attempt(attempt)

    def _next_attempt(self, workers: dict[str, Worker]) -> Attempt | None:
        with self._lock:
            self._workers = workers
            out, prepared = self._attempts.values(), self.wishes.workers
            attempt = None if self._lost else self._queue.next(workers, out, prepared)
            if attempt is None:
                return None
            self._attempts[attempt.id] = attempt
            attempt.job.state = "running"
            for job in (attempt.job, *self._queue):
                job.notify()
            return attempt

    def _receive(self, message: dict[str, Any]) -> None:
        with self._lock:
            for job_id, run, packed in message["runs"]:
                attempt = self._attempts.get(job_id)
                if attempt is None:
                    continue
                if run != attempt.run:
                    self._note_new_run(attempt, run, message["worker"])
                attempt.company = message["jobs"] - 1
                if attempt.id in self._attempts and not attempt.job.ended:
                    attempt.job.record([pickle.loads(event) for event in packed])  # noqa: S301

    def _note_new_run(self, attempt: Attempt, run: str, worker: str) -> None:
        """Note a run's first message; a cluster that is not our own may run a killed task again."""
        if attempt.run is not None:
            self._worker_died(attempt)
            return
        attempt.run, attempt.worker = run, worker
        if attempt.job.ended:
            self._stop_attempt(attempt)

    def _on_end(self, attempt_id: str, result: Any, problem: Exception | None) -> None:
        with self._lock:
            attempt = self._attempts.get(attempt_id)
            if isinstance(problem, ConnectionLostError):
                self._lost = True
            elif isinstance(problem, KilledError) and attempt is not None:
                self._worker_died(attempt)
            elif attempt is not None:
                del self._attempts[attempt_id]
                self._losses = 0
                attempt.finish(result, problem)
                if attempt.job.forgotten:  # while it went on to its next event
                    self.forget(attempt.job)
        self._wake.set()

    def _worker_died(self, attempt: Attempt) -> None:
        """Begin anew all that ran where this attempt did; the first that is known of a death."""
        dead = [other for other in self._attempts.values() if other.worker == attempt.worker]
        alone = len(dead) == 1 and (attempt.company == 0 or attempt.job.runs_alone)
        for other in dead:
            del self._attempts[other.id]
            other.release()
        jobs = [other.job for other in dead if not other.job.ended]
        self._queue.put_back([job for job in jobs if job.died(alone)])
        self._wake.set()
