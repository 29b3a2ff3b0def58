"""What the jobs of one server in this worker report: all together, in a message now and then.

A message passes through three processes: one for each chunk of every job would be too many.
"""

from __future__ import annotations

import pickle
from threading import Lock
from time import monotonic
from typing import Any
from weakref import WeakValueDictionary

from rnnlab.progress import Event

MESSAGE_INTERVAL = 0.04  # seconds between two messages, so at most 25 a second


class Outbox:
    """The reports under one topic. Any thread may add to it; it sends from the worker's loop.

    A message has the worker's address, since only that worker can stop its jobs; how many jobs run
    there, of whatever server; and for each job that reports the id of its run, since a job can be
    run again, and its events.
    """

    def __init__(self, topic: str, worker: Any, running: dict[str, Any]):
        self._topic = topic
        self._worker = worker
        self._running = running
        self._runs: dict[tuple[str, str], list[bytes]] = {}
        self._flush_scheduled = False
        self._sent_at = 0.0
        self._lock = Lock()

    def add(self, job_id: str, run_id: str, event: Event | None = None) -> None:
        """Report an event, or only that the run began: at once, or together with its neighbours."""
        packed = [] if event is None else [pickle.dumps(event.brief())]
        with self._lock:
            self._runs.setdefault((job_id, run_id), []).extend(packed)
            if self._flush_scheduled:
                return
            self._flush_scheduled = True
            delay = self._sent_at + MESSAGE_INTERVAL - monotonic()
        loop = self._worker.loop
        if delay <= 0:
            loop.add_callback(self._flush)
        else:
            loop.add_callback(loop.call_later, delay, self._flush)

    def flush(self) -> None:
        """Send what there is, before the result of a job goes."""
        self._worker.loop.add_callback(self._flush)

    def _flush(self) -> None:
        # Only ever on the worker's loop, so that messages keep their order.
        with self._lock:
            runs, self._runs = self._runs, {}
            self._flush_scheduled = False
            self._sent_at = monotonic()
        if runs:
            message = {
                "worker": self._worker.address,
                "jobs": len(self._running),
                "runs": [(*ids, events) for ids, events in runs.items()],
            }
            self._worker.log_event(self._topic, message)


_outboxes: WeakValueDictionary[str, Outbox] = WeakValueDictionary()
_lock = Lock()


def outbox(topic: str, worker: Any, running: dict[str, Any]) -> Outbox:
    """The one outbox for this topic, for as long as anybody holds it."""
    with _lock:
        return _outboxes.setdefault(topic, Outbox(topic, worker, running))
