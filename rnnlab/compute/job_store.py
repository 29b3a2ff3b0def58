"""The jobs of one server: one for equal settings, shared by all who look at it."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Hashable
from threading import Condition

from rnnlab.compute.cluster import connect as connect_to_cluster
from rnnlab.compute.connection import ClusterConnection
from rnnlab.compute.dispatcher import Dispatcher
from rnnlab.compute.job import Job

VIEWER_TIMEOUT = 15.0  # seconds without a look after which a viewer counts as gone
MAX_FINISHED = 32  # finished jobs of each work; a run holds weights, history and all its events


class JobStore:
    """What this server computes and has computed. One per process; any thread may use it.

    A work is "package.module:function"; the function is a generator of events, and `start` says
    with which argument to call it. Equal work and argument mean one job, however many look.
    """

    def __init__(
        self,
        connect: Callable[[], ClusterConnection] = connect_to_cluster,
        *,
        timeout: float = VIEWER_TIMEOUT,
        max_finished: int = MAX_FINISHED,
    ):
        self._changed = Condition()
        self._dispatcher = Dispatcher(connect, self._changed, self._tidy, tick=timeout / 30)
        self._jobs: dict[tuple[str, Hashable], Job] = {}
        self._timeout = timeout
        self._max_finished = max_finished
        atexit.register(self.close)

    def open(self) -> None:
        """Begin to connect, in the background, unless that has begun already."""
        with self._changed:
            self._dispatcher.open()

    def close(self) -> None:
        """Disconnect, within 3 seconds; jobs that still run are stopped."""
        atexit.unregister(self.close)
        self._dispatcher.close()

    @property
    def trouble(self) -> str | None:
        """Why the compute side cannot be reached, in one sentence, or None."""
        with self._changed:
            return self._dispatcher.trouble

    def start(self, work: str, argument: Hashable, viewer: str) -> Job:
        """The job for this work and argument: the one there is, or a new one.

        A job that was stopped or failed is started anew; a finished one is returned as it is.
        """
        key = (work, argument)
        with self._changed:
            job = self._jobs.get(key)
            if job is None or job.state in ("stopped", "failed"):
                job = Job(work, argument, self._changed, self._dispatcher.queue_position)
                self._jobs[key] = job
                self._dispatcher.add(job)
            job.attach(viewer)
            self._forget()
        return job

    def stop(self, job: Job, viewer: str) -> None:
        """Detach this viewer; the job itself stops when nobody else looks at it."""
        with self._changed:
            if job.ended:
                return
            if job.watched(self._timeout, besides=viewer):
                job.detach(viewer)
            else:
                self._dispatcher.stop(job)

    def _tidy(self) -> None:
        """Stop what nobody watches and forget what is too many; `_changed` is held."""
        for job in self._jobs.values():
            if not job.ended and not job.watched(self._timeout):
                self._dispatcher.stop(job, "It was stopped because nobody was watching any more.")
        self._forget()

    def _forget(self) -> None:
        """Keep the latest jobs of each work: many small ones must not push out a class's runs."""
        ended = [key for key, job in self._jobs.items() if job.ended]
        ended.sort(key=lambda key: self._jobs[key].last_view_at)
        for work in {key[0] for key in ended}:
            for key in [key for key in ended if key[0] == work][: -self._max_finished]:
                del self._jobs[key]
