"""What runs inside a worker process: its preparation, and jobs that compute in turns.

Each job has a thread of its own, which has left Dask's pool: else no more jobs could begin than the
worker has threads. As many of them compute at once as there are threads in the pool.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import logging
import pickle
import sys
from collections.abc import Awaitable, Callable, Generator
from contextlib import closing
from threading import Lock, Thread
from typing import Any
from uuid import uuid4

import psutil
from distributed import WorkerPlugin, get_worker, secede
from distributed.core import Status

from rnnlab.compute.ahead import Ahead
from rnnlab.compute.full_disk import full_disk
from rnnlab.compute.outbox import outbox
from rnnlab.compute.turns import Turn, Turns
from rnnlab.errors import ComputeError, LabError
from rnnlab.progress import Event, Progress, spare_cores, waiting

logger = logging.getLogger(__name__)

# Keras imports pandas if it can, and pandas pyarrow, which beside TensorFlow can hang or abort on
# Apple Silicon (tensorflow#98563, arrow#40088).
BLOCKED_MODULES = ("pandas", "pyarrow")

# Pages share the machine with what computes, and a click should not wait for a computation.
SWITCH_INTERVAL = 0.0005  # seconds; a chunk comes back from TensorFlow many times a second
NICE = 3 if psutil.POSIX else psutil.BELOW_NORMAL_PRIORITY_CLASS

TURNS = Turns()
_running: dict[str, Turn] = {}
_warmed: set[str] = set()
# TensorFlow and Keras import each other: two threads that come from two sides could meet halfway.
_import_lock = Lock()


class Preparation(WorkerPlugin):  # type: ignore[misc]
    """What a worker needs before its first job: no pandas, no plain HTTP, TensorFlow loaded.

    `warm` names the module to import in the background and whose `warm_up()` to call, if it has
    one. `alone` says that the cluster is the embedded one, where nobody reads the HTTP pages.
    `join_warm` lets a worker that is started with this join its cluster only afterwards. Nothing is
    compiled ahead once it takes nearly `limit` bytes.
    """

    def __init__(
        self, warm: str | None, alone: bool, join_warm: bool = False, limit: int | None = None
    ):
        self.warm = warm
        self.alone = alone
        self.join_warm = join_warm
        self.limit = limit

    def setup(self, worker: Any) -> Awaitable[None] | None:
        """Prepare this worker; Dask calls it in every present, restarted and future one."""
        TURNS.open(worker.state.nthreads)
        AHEAD.limit = self.limit or AHEAD.limit
        for name in BLOCKED_MODULES:
            sys.modules.setdefault(name, None)  # type: ignore[arg-type]
        if self.alone:
            worker.http_server.stop()
            psutil.Process().nice(NICE)
            sys.setswitchinterval(SWITCH_INTERVAL)
            # Its last heartbeat may meet the end of a connection that it has closed itself.
            ended = (Status.closing, Status.closed)
            logging.getLogger("distributed.worker").addFilter(lambda _: worker.status not in ended)
        if self.warm and self.join_warm:
            return _warm_up_first(self.warm, worker)
        if self.warm:
            Thread(target=_warm_up, args=(self.warm,), name="warm-up", daemon=True).start()
        return None


async def _warm_up_first(name: str, worker: Any) -> None:
    await asyncio.to_thread(_warm_up, name)
    worker.monitor.update()  # it reports its size when it joins, and that has just grown


def _warm_up(name: str) -> None:
    try:
        with _import_lock:
            # Every server that connects prepares the workers again.
            if name in _warmed or importlib.util.find_spec(name) is None:
                return
            _warmed.add(name)
            module = importlib.import_module(name)
        if hasattr(module, "warm_up"):
            module.warm_up()
    except Exception:
        # The first job reports the same to the person who waits for it.
        logger.exception("Warming up with %s failed.", name)


def request_stop(job_id: str) -> bool:
    """Ask a job to end, at once or at its next event; whether it runs in this process."""
    turn = _running.get(job_id)
    if turn is not None:
        turn.cancel()
    return turn is not None


def run(
    work: str, payload: bytes, job_id: str, topic: str, visitor: str
) -> Event | LabError | None:
    """Call `work` with the pickled argument and publish its events under `topic`; its last event.

    Between two events others have their turns. It also ends when asked to (`request_stop`) and when
    the scheduler no longer wants the result, because the server that asked for it is gone. A
    LabError is returned, not raised: it is meant for a person, and Dask would write it and its
    traceback into the log.
    """
    secede()
    turn = _running[job_id] = TURNS.join(visitor)
    sender = EventSender(topic, job_id)
    # For this thread, which ends with the job.
    waiting.set(turn.away)
    spare_cores.set(turn.spare)
    try:
        return _iterate(work, payload, sender, turn)
    except LabError as error:
        problem = error.with_traceback(None)
    except Exception as error:
        logger.exception("%s failed.", work)
        text = f"Something went wrong in the computation ({type(error).__name__}: {error})."
        problem = ComputeError(full_disk(error) or text)
    finally:
        turn.leave()
        sender.flush()
        _running.pop(job_id, None)
    # Causes would travel along, and unpickling one of TensorFlow's would load it in the server.
    problem.__cause__ = problem.__context__ = None
    return problem


def _iterate(work: str, payload: bytes, sender: EventSender, turn: Turn) -> Event | None:
    function = _resolve(work)
    last = None
    with closing(function(pickle.loads(payload))) as events:  # noqa: S301 (our own server wrote it)
        # After the last event there is nothing left to compute, and so no turn to wait for.
        while _complete(last) or (turn.take() and sender.is_awaited()):
            event = next(events, None)
            if event is None:
                break
            sender.send(event)
            last = event
    return last


def _complete(event: Event | None) -> bool:
    return isinstance(event, Progress) and event.complete


def _resolve(work: str) -> Callable[[Any], Generator[Event, None, None]]:
    name, _, function = work.partition(":")
    if name.partition(".")[0] == __name__.partition(".")[0]:
        with _import_lock:
            importlib.import_module(name)
    return getattr(importlib.import_module(name), function)  # type: ignore[no-any-return]


AHEAD = Ahead(TURNS, _resolve)


def prepare(work: str, payload: bytes, visitor: str) -> None:
    """Prepare for this work with this pickled argument when nothing else is to be done."""
    AHEAD.add(work, payload, visitor)


def forget(work: str, payload: bytes) -> None:
    """Keep nothing of a job with this work and pickled argument; returns at once."""
    if work.partition(":")[0] in sys.modules:
        Thread(target=AHEAD.call, args=("forget", work, payload), daemon=True).start()


class EventSender:
    """Sends what one run of a job has to report: that it began, then its events."""

    def __init__(self, topic: str, job_id: str):
        self._job_id = job_id
        self._run_id = uuid4().hex
        self._worker = get_worker()
        self._outbox = outbox(topic, self._worker, _running)
        self._outbox.add(job_id, self._run_id)

    def is_awaited(self) -> bool:
        """Whether the scheduler still waits for this task's result."""
        task = self._worker.state.tasks.get(self._job_id)
        return task is not None and task.state in ("executing", "long-running")

    def send(self, event: Event) -> None:
        """Send the event soon."""
        self._outbox.add(self._job_id, self._run_id, event)

    def flush(self) -> None:
        """Send what is left, before the result goes."""
        self._outbox.flush()
