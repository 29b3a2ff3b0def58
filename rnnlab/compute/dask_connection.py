"""A connection to a Dask cluster: all that the lab needs of a Dask client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

from distributed import Client, KilledWorker, WorkerPlugin
from distributed.client import FutureCancelledError

from rnnlab.compute.connection import ConnectionLostError, KilledError, OnEnd, Task, Worker
from rnnlab.compute.worker import forget, prepare, request_stop, run

ANSWER_TIMEOUT = 10.0  # seconds within which even a busy scheduler answers a small question
CLOSE_TIMEOUT = 1.0  # seconds for it to hear that the client leaves
TENSORFLOW = 2**30  # bytes of a worker for TensorFlow and what it has compiled, beside all jobs
NO_LIMIT = 4 * 2**30  # bytes that a worker is taken to have whose memory nobody has limited


class Owner(Protocol):
    """The owner of the cluster at the other end."""

    def alive(self) -> bool:
        """Whether the cluster can still be there."""

    def close(self) -> None:
        """End the cluster."""


class DaskConnection:
    """A `ClusterConnection` over a connected client; `owner` owns the cluster, if it is our own."""

    def __init__(self, client: Client, name: str, owner: Owner | None = None):
        self.name = name
        self.own = owner is not None
        self._client = client
        self._owner = owner
        self._topics: list[str] = []

    def set_up(self, plugin: WorkerPlugin) -> None:
        """Have every worker set up by this plugin, those that come later too."""
        self._schedule(self._client.register_plugin, plugin, "rnnlab").result(ANSWER_TIMEOUT)

    def alive(self) -> bool:
        """Whether the client is connected, and the owner there."""
        owner_lives = self._owner is None or self._owner.alive()
        return owner_lives and self._client.status == "running"

    def workers(self) -> dict[str, Worker]:
        """The workers that there are now, by address. Raises ConnectionLostError."""
        try:
            identity = partial(self._client.scheduler.identity, n_workers=-1)
            workers = self._schedule(identity).result(ANSWER_TIMEOUT)["workers"]
        except Exception as problem:
            raise ConnectionLostError(f"{self.name} does not answer: {problem}") from problem
        return {address: _worker(identity) for address, identity in workers.items()}

    def subscribe(self, topic: str, receive: Callable[[dict[str, Any]], None]) -> None:
        """Call `receive` with every message published under `topic`, in the client's thread."""
        self._client.subscribe_topic(topic, lambda stamped: receive(stamped[1]))
        self._topics.append(topic)

    def submit(self, task: Task, worker: str, topic: str, on_end: OnEnd) -> Callable[[], None]:
        """Have this worker, or another if it is gone, run the task.

        `on_end` is called at its end, what is returned releases the task.
        """
        options = {"key": task.id, "pure": False, "workers": [worker], "allow_other_workers": True}
        future = self._client.submit(
            run, task.work, task.payload, task.id, topic, task.visitor, **options
        )
        self._schedule(self._follow, future, task.id, on_end)
        return future.release  # type: ignore[no-any-return]

    def request_stop(self, task_id: str, worker: str) -> None:
        """Ask the worker to end this job at its next event; returns at once."""
        # One worker only: a broadcast would wait for others that may be dead or far.
        options = {"workers": [worker], "on_error": "ignore"}
        self._schedule(lambda: self._client.run(request_stop, task_id, **options))

    def prepare(self, work: str, payload: bytes, viewer: str, worker: str) -> None:
        """Have the worker prepare for a job when it has nothing else to do; returns at once."""
        options = {"workers": [worker], "on_error": "ignore"}
        self._schedule(lambda: self._client.run(prepare, work, payload, viewer, **options))

    def forget(self, work: str, payload: bytes) -> None:
        """Have all workers keep nothing of a job; returns at once."""
        self._schedule(lambda: self._client.run(forget, work, payload, on_error="ignore"))

    def close(self) -> None:
        """Disconnect, and end the cluster if it is our own."""
        with suppress(Exception):  # a connection that is already broken is closed as well
            # To a subscriber that has just left the scheduler would still write, and log that.
            for topic in self._topics:
                self._client.unsubscribe_topic(topic)
            self._client.close(timeout=CLOSE_TIMEOUT)
        if self._owner is not None:
            self._owner.close()

    async def _follow(self, future: Any, task_id: str, on_end: OnEnd) -> None:
        try:
            answer = await future
            if isinstance(answer, Exception):
                on_end(task_id, None, answer)
            else:
                on_end(task_id, answer, None)
        except (KilledWorker, FutureCancelledError) as end:
            lost = getattr(end, "reason", None) == "scheduler-connection-lost"
            on_end(task_id, None, ConnectionLostError(str(end)) if lost else KilledError(str(end)))
        except Exception as problem:
            on_end(task_id, None, problem)
        finally:
            future.release()  # an exception's traceback would hold it, and it the task

    def _schedule(self, method: Callable[..., Awaitable[Any]], *args: Any) -> Future[Any]:
        """Call one of Dask's methods in the client's loop, where it does not block."""

        async def call() -> Any:
            return await method(*args)

        return asyncio.run_coroutine_threadsafe(call(), self._client.loop.asyncio_loop)


def _worker(identity: dict[str, Any]) -> Worker:
    """From what the scheduler knows of a worker."""
    counts = identity["metrics"].get("task_counts", {})
    jobs = sum(counts.get(state, 0) for state in ("executing", "long-running"))
    memory = (identity["memory_limit"] or NO_LIMIT) - TENSORFLOW
    threads = max(1, identity["nthreads"])
    return Worker(max(0, memory), jobs, threads, open=identity["status"] == "running")
