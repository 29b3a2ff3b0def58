"""Toy works for real worker processes; what they write lies in the folder they are given."""

import errno
import itertools
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import sleep, time
from typing import Self

from rnnlab.errors import TrainingError
from rnnlab.progress import Event


@dataclass(frozen=True)
class Count(Event):
    """A number, and the process that counted; only the complete event has a weight."""

    number: int
    pid: int
    weight: str | None = "heavy"

    def brief(self) -> Self:
        return type(self)(self.number, self.pid, None)


@dataclass(frozen=True)
class Loaded(Event):
    """Which of some modules this process has loaded."""

    names: tuple[str, ...]


def count(number: int) -> Iterator[Count]:
    for n in range(number):
        yield Count(n, os.getpid())


def count_forever(folder: str) -> Iterator[Count]:
    """Count, touching `alive`, until closed; write into `closed` when that was."""
    n = 0
    try:
        while True:
            yield Count(n, os.getpid())
            (Path(folder) / "alive").write_text(str(n))
            n += 1
            sleep(0.02)
    finally:
        (Path(folder) / "closed").write_text(str(time()))


def say_one_pause_say_two(seconds: float) -> Iterator[Count]:
    """An event, another too soon to be sent at once, then a long silence."""
    yield Count(1, os.getpid())
    sleep(0.01)
    yield Count(2, os.getpid())
    sleep(seconds)


def hold(folder: str) -> Iterator[Count]:
    """Go on only when there is a file `go`."""
    yield Count(0, os.getpid())
    while not (Path(folder) / "go").exists():
        sleep(0.01)
        yield Count(1, os.getpid())


def count_until_told(folder: str) -> Iterator[Count]:
    """Count until there is a file `go`."""
    for n in itertools.count():
        yield Count(n, os.getpid())
        if (Path(folder) / "go").exists():
            break
        sleep(0.01)


def hoard(megabytes: int) -> Iterator[Count]:
    """Take memory and keep it, as compiled programs do; again and again it is the same memory."""
    hoarded[:] = [b"x" * (megabytes * 2**20)]
    yield Count(0, os.getpid())
    sleep(0.1)
    yield Count(1, os.getpid())


hoarded: list[bytes] = []


def die(_: str) -> Iterator[Count]:
    yield Count(0, os.getpid())
    sleep(0.1)
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(folder: str) -> Iterator[Count]:
    """Count to two and die; the second time count to three."""
    marker = Path(folder) / "died"
    again = marker.exists()
    for n in range(3 if again else 2):
        yield Count(n, os.getpid())
    if not again:
        marker.touch()
        sleep(0.1)
        os.kill(os.getpid(), signal.SIGKILL)


def raise_lab_error(text: str) -> Iterator[Count]:
    yield Count(0, os.getpid())
    from tests.compute.only_in_workers import OddError

    raise TrainingError(text) from OddError()


def raise_odd_error(_: str) -> Iterator[Count]:
    from tests.compute.only_in_workers import OddError

    yield Count(0, os.getpid())
    raise OddError("nine is odd")


def loaded_after_keras(names: tuple[str, ...]) -> Iterator[Loaded]:
    import keras  # noqa: F401

    yield Loaded(tuple(name for name in names if sys.modules.get(name) is not None))


def warmed(_: str) -> Iterator[Loaded]:
    yield Loaded(tuple(warmth))


warmth: list[str] = []


def warm_up() -> None:
    """What the preparation of a worker calls; it fails after it has left a trace."""
    warmth.append("warm")
    raise ValueError("too hot")


def find_no_room(_: str) -> Iterator[Count]:
    yield Count(0, os.getpid())
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/somewhere")
