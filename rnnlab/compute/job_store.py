"""The jobs of one server: one for equal settings, shared by all who look at it."""

from __future__ import annotations

import atexit
from collections import Counter
from collections.abc import Callable, Hashable
from threading import RLock

from rnnlab.compute.cluster import connect as connect_to_cluster
from rnnlab.compute.connection import ClusterConnection
from rnnlab.compute.dispatcher import Dispatcher
from rnnlab.compute.job import Job

VIEWER_TIMEOUT = 15.0  # seconds without a look after which one who is not connected is gone
KEEP = 120.0  # seconds that a finished job is kept when its last viewer is gone
MAX_FINISHED = 32  # of each work after that; a run holds weights, history and all its events
MAX_BYTES = 512 * 2**20  # of all finished jobs


class JobStore:
    """What this server computes and has computed. One per process; any thread may use it.

    A work is "package.module:function"; the function is a generator of events, and `start` says
    with which argument to call it. Equal work and argument mean one job, however many look. They
    are there while `is_alive(viewer)`, and for `timeout` seconds after a look. Turns are shared out
    by visitor, and one visitor may be several viewers: `visitor_of(viewer)` says which.

    An argument may say how many bytes its job takes at the most (`peak_bytes`), and how many of
    these while others have their turns (`held_bytes`); and whether it is `private`: then its job is
    forgotten as soon as no viewer of it is there.
    """

    def __init__(
        self,
        connect: Callable[[], ClusterConnection] = connect_to_cluster,
        *,
        is_alive: Callable[[str], bool] = lambda _: False,
        visitor_of: Callable[[str], str] = lambda viewer: viewer,
        timeout: float = VIEWER_TIMEOUT,
        keep: float = KEEP,
        max_finished: int = MAX_FINISHED,
        max_bytes: int = MAX_BYTES,
    ):
        self._lock = RLock()
        self._dispatcher = Dispatcher(connect, self._lock, self._tidy, tick=timeout / 30)
        self._jobs: dict[tuple[str, Hashable], Job] = {}
        self._is_alive = is_alive
        self._visitor_of = visitor_of
        self._timeout = timeout
        self._keep = keep
        self._max_finished = max_finished
        self._max_bytes = max_bytes
        atexit.register(self.close)

    def open(self) -> None:
        """Begin to connect, in the background, unless that has begun already."""
        with self._lock:
            self._dispatcher.open()

    def close(self) -> None:
        """Disconnect, within 3 seconds; jobs that still run are stopped."""
        atexit.unregister(self.close)
        self._dispatcher.close()

    @property
    def trouble(self) -> str | None:
        """Why the compute side cannot be reached, in one sentence, or None."""
        with self._lock:
            return self._dispatcher.trouble

    def start(self, work: str, argument: Hashable, viewer: str) -> Job:
        """The job for this work and argument: the one there is, or a new one.

        A job that was stopped or failed is started anew; a finished one is returned as it is.
        """
        key = (work, argument)
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.state in ("stopped", "failed"):
                job = Job(
                    work,
                    argument,
                    self._lock,
                    self._dispatcher,
                    self._is_alive,
                    self._timeout,
                    self._visitor_of,
                )
                self._jobs[key] = job
                job.attach(viewer)
                self._dispatcher.add(job)
                self._dispatcher.wishes.remove(self._visitor_of(viewer))
            job.attach(viewer)
            self._tidy()
        return job

    def prepare(self, work: str, argument: Hashable, viewer: str) -> None:
        """Note that this viewer may start this job soon; it replaces what was noted before.

        Once that has rested for half a second, and when a core has nothing else to do, a worker
        compiles what the job will need, if the work can be prepared for (`ahead`).
        """
        with self._lock:
            if (work, argument) not in self._jobs:
                self._dispatcher.wishes.add(work, argument, self._visitor_of(viewer))

    def stop(self, job: Job, viewer: str) -> None:
        """Detach this viewer; the job itself stops when nobody else looks at it."""
        with self._lock:
            if job.ended:
                return
            if job.viewers.there(besides=viewer):
                job.detach(viewer)
            else:
                self._dispatcher.stop(job)

    def _tidy(self) -> None:
        """Stop what nobody waits for any more, and forget what is too much; `_lock` is held."""
        for key, job in list(self._jobs.items()):
            job.forget_gone()
            if job.viewers.there():
                continue
            if not job.ended:
                self._dispatcher.stop(job, "It was stopped because nobody was watching any more.")
            if job.private:
                job.forgotten = True
                self._dispatcher.forget(job)
                del self._jobs[key]
        self._dispatcher.count_visitors()
        self._forget()

    def _forget(self) -> None:
        """Keep what a viewer may still look at, then the latest of each work.

        Of each, since many small ones must not push out a class's runs.
        """
        ended = [key for key, job in self._jobs.items() if job.ended]
        ended.sort(key=lambda key: self._jobs[key].last_view_at, reverse=True)
        n_bytes, n_left = 0, Counter[str]()
        for key in ended:
            job = self._jobs[key]
            n_bytes += job.n_bytes
            left = job.viewers.gone_for(self._keep)
            n_left[job.work] += left
            if n_bytes > self._max_bytes or (left and n_left[job.work] > self._max_finished):
                del self._jobs[key]
