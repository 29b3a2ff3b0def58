"""Waiting for what other processes do, with a deadline."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

from rnnlab.compute import Job, JobView

T = TypeVar("T")


def until(happened: Callable[[], T], seconds: float = 30) -> T:
    """What `happened` returns, once that is true; fails after `seconds`."""
    deadline = monotonic() + seconds
    while not (answer := happened()):
        assert monotonic() < deadline, f"it did not happen within {seconds} seconds"
        sleep(0.005)
    return answer


def the_end(job: Job, viewer: str = "anna", seconds: float = 40) -> JobView:
    """The last view of a job."""
    until(lambda: job.view(viewer).ended, seconds)
    return job.view(viewer)
