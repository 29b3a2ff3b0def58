"""A connection to a cluster, as the dispatcher sees it; nothing of Dask is in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class KilledError(Exception):
    """The process that ran the job is gone."""


class ConnectionLostError(Exception):
    """The connection to the cluster is gone."""


@dataclass(frozen=True)
class Task:
    """What a worker gets: which work, its pickled argument, the id of this attempt, and for whom.

    Turns in a worker are shared out by `visitor`.
    """

    work: str
    payload: bytes
    id: str
    visitor: str


@dataclass(frozen=True)
class Worker:
    """A worker: bytes of `memory` for all jobs, how many `jobs` it has, whether it takes more.

    Of its jobs, `threads` compute at the same time.
    """

    memory: int
    jobs: int = 0
    threads: int = 1
    open: bool = True


# Called with the id of the attempt, its result, and what went wrong, if anything did.
OnEnd = Callable[[str, Any, Exception | None], None]


class ClusterConnection(Protocol):
    """What the dispatcher needs; `own` says that the cluster lives and dies with this server."""

    name: str
    own: bool

    def alive(self) -> bool:
        """Whether the connection stands; asks nobody."""

    def workers(self) -> dict[str, Worker]:
        """The workers that there are now, by address. Raises ConnectionLostError."""

    def subscribe(self, topic: str, receive: Callable[[dict[str, Any]], None]) -> None:
        """Call `receive`, in some thread, with every message published under `topic`."""

    def submit(self, task: Task, worker: str, topic: str, on_end: OnEnd) -> Callable[[], None]:
        """Have this worker, or another if it is gone, run the task.

        `on_end` is called at its end, what is returned releases the task.
        """

    def request_stop(self, task_id: str, worker: str) -> None:
        """Ask the worker to end this attempt at its next event; returns at once."""

    def prepare(self, work: str, payload: bytes, viewer: str, worker: str) -> None:
        """Have the worker prepare for a job when it has nothing else to do; returns at once."""

    def forget(self, work: str, payload: bytes) -> None:
        """Have all workers keep nothing of a job; returns at once."""

    def close(self) -> None:
        """Disconnect, and end the cluster if it is our own."""
