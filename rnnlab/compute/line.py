"""A connection to a cluster, as the dispatcher sees it; nothing of Dask is in here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class KilledError(Exception):
    """The process that ran the job is gone."""


class LineLostError(Exception):
    """The connection to the cluster is gone."""


@dataclass(frozen=True)
class Order:
    """What a worker gets: which work, its pickled argument, and the id of this attempt."""

    work: str
    parcel: bytes
    job_id: str


# Called with the id of the attempt, its result, and what went wrong, if anything did.
Settle = Callable[[str, Any, Exception | None], None]


class Line(Protocol):
    """What the dispatcher needs; `own` says that the cluster lives and dies with this server."""

    name: str
    own: bool

    def alive(self) -> bool:
        """Whether the connection stands; asks nobody."""

    def threads(self) -> int:
        """How many jobs the cluster can run at once, now; 0 while it has no worker."""

    def listen(self, topic: str, hear: Callable[[dict[str, Any]], None]) -> None:
        """Call `hear`, in some thread, with every message told under `topic`."""

    def submit(self, order: Order, topic: str, settle: Settle) -> Callable[[], None]:
        """Have the order run; `settle` hears its end. Calling what is returned lets go of it."""

    def request_stop(self, job_id: str, worker: str) -> None:
        """Ask the worker to end this attempt at its next event; returns at once."""

    def close(self) -> None:
        """Let go of the cluster, and end it if it is our own."""
