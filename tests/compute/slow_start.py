"""A module that takes its time to warm up, as TensorFlow does, and a work that tells of it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from time import sleep

from rnnlab.progress import Event

SECONDS = 2.0

warmth: list[str] = []


@dataclass(frozen=True)
class Warmth(Event):
    """Whether a process has warmed up."""

    pid: int
    warm: bool


def warm_up() -> None:
    sleep(SECONDS)
    warmth.append("warm")


def warmed(_: int) -> Iterator[Warmth]:
    yield Warmth(os.getpid(), bool(warmth))
