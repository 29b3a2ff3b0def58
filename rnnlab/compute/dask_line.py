"""A connection to a Dask cluster: all that the lab asks of a Dask client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Protocol

from distributed import Client, KilledWorker, WorkerPlugin
from distributed.client import FutureCancelledError

from rnnlab.compute.line import KilledError, LineLostError, Order, Settle
from rnnlab.compute.worker import request_stop, run

ANSWER = 10.0  # seconds within which even a busy scheduler answers a small question
FAREWELL = 1.0  # seconds to say goodbye to it


class Owner(Protocol):
    """Whoever owns the cluster at the other end."""

    def alive(self) -> bool:
        """Whether the cluster can still be there."""

    def close(self) -> None:
        """End the cluster."""


class DaskLine:
    """A `Line` over a connected client; `owner` is who owns the cluster, if that is us."""

    def __init__(self, client: Client, name: str, owner: Owner | None = None):
        self.name = name
        self.own = owner is not None
        self._client = client
        self._owner = owner

    def prepare(self, plugin: WorkerPlugin) -> None:
        """Have every worker set up by this plugin, those that come later too."""
        self._ask(self._client.register_plugin, plugin, "rnnlab").result(ANSWER)

    def alive(self) -> bool:
        """Whether the client is connected, and the owner there."""
        owner_lives = self._owner is None or self._owner.alive()
        return owner_lives and self._client.status == "running"

    def threads(self) -> int:
        """How many jobs the cluster can run at once, now; 0 while it has no worker."""
        try:
            # Not the client's own `nthreads`, which counts workers that take no more jobs.
            count = self._client.scheduler.ncores_running
            return sum(self._ask(count).result(ANSWER).values())
        except Exception as problem:
            raise LineLostError(f"{self.name} does not answer: {problem}") from problem

    def listen(self, topic: str, hear: Callable[[dict[str, Any]], None]) -> None:
        """Call `hear` with every message told under `topic`, in the client's thread."""
        self._client.subscribe_topic(topic, lambda stamped: hear(stamped[1]))

    def submit(self, order: Order, topic: str, settle: Settle) -> Callable[[], None]:
        """Have the order run; `settle` hears its end. Calling what is returned lets go of it."""
        future = self._client.submit(
            run, order.work, order.parcel, order.job_id, topic, key=order.job_id, pure=False
        )
        self._ask(self._follow, future, order.job_id, settle)
        return future.release  # type: ignore[no-any-return]

    def request_stop(self, job_id: str, worker: str) -> None:
        """Ask the worker to end this job at its next event; returns at once."""
        # One worker only: a broadcast would wait for others that may be dead or far.
        options = {"workers": [worker], "on_error": "ignore"}
        self._ask(lambda: self._client.run(request_stop, job_id, **options))

    def close(self) -> None:
        """Let go of the cluster, and end it if it is our own."""
        with suppress(Exception):  # a connection that is already broken is closed as well
            self._client.close(timeout=FAREWELL)
        if self._owner is not None:
            self._owner.close()

    async def _follow(self, future: Any, job_id: str, settle: Settle) -> None:
        try:
            answer = await future
            if isinstance(answer, Exception):
                settle(job_id, None, answer)
            else:
                settle(job_id, answer, None)
        except (KilledWorker, FutureCancelledError) as end:
            lost = getattr(end, "reason", None) == "scheduler-connection-lost"
            settle(job_id, None, LineLostError(str(end)) if lost else KilledError(str(end)))
        except Exception as problem:
            settle(job_id, None, problem)
        finally:
            future.release()  # an exception's traceback would hold it, and it the task

    def _ask(self, question: Callable[..., Awaitable[Any]], *args: Any) -> Future[Any]:
        """Put a question in the client's loop; called there, Dask's methods do not block."""

        async def ask() -> Any:
            return await question(*args)

        return asyncio.run_coroutine_threadsafe(ask(), self._client.loop.asyncio_loop)
