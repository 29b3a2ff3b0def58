"""One attempt at a job on the cluster."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from rnnlab.compute.job import Job
from rnnlab.errors import LabError

logger = logging.getLogger(__name__)


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

    def finish(self, result: Any, problem: Exception | None) -> None:
        """End the job with this result, or because of this problem."""
        job = self.job
        if job.ended:
            job.take_result(result)
        elif problem is None:
            job.end("done", result=result)
        elif isinstance(problem, LabError):
            job.end("failed", str(problem))
        else:
            logger.error("%s failed.", job.work, exc_info=problem)
            job.end("failed", f"It could not be run ({type(problem).__name__}: {problem}).")
