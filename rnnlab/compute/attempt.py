"""One attempt at a job on the cluster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from rnnlab.compute.job import Job


@dataclass
class Attempt:
    """One attempt at a job, on a worker; `run` is the id of the run whose events count.

    `company` is how many jobs, of any server, were in the process beside it at its last message.
    """

    job: Job
    worker: str
    id: str = field(default_factory=lambda: f"rnnlab-{uuid4().hex}")
    run: str | None = None
    company: int = 0
    release: Callable[[], None] = lambda: None
