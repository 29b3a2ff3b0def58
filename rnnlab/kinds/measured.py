"""What was measured of the runs that the lab speaks about, by their settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from rnnlab.settings import Settings

RECORD = Path(__file__).with_name("measured.json")


@dataclass(frozen=True)
class Measured:
    """One run as it was measured.

    `loss` is the mean over the last epoch and over the networks of the run, `losses` each
    network's, `accuracy` the share of right guesses, None where the answer is a number. `fresh` is
    what the networks lose on data that they were not trained on (bits: the mean over 4,000 steps;
    numbers: the test). `first` and `trained` are sizes of the gradient by steps back, before and
    after training, where they were asked for.
    """

    loss: float
    losses: tuple[float, ...] = ()
    accuracy: float | None = None
    fresh: float | None = None
    first: tuple[float, ...] = ()
    trained: tuple[float, ...] = ()


def measured(settings: Settings) -> Measured | None:
    """What was recorded of a run with these settings, or None."""
    return recorded().get(key(settings))


def key(settings: Settings) -> str:
    """How settings are called in the record: as in a link."""
    return urlencode(settings.to_query())


@cache
def recorded() -> dict[str, Measured]:
    """The whole record that travels with the lab."""
    return read(RECORD)


def read(file: Path) -> dict[str, Measured]:
    """A record that was written to a file."""
    told = json.loads(file.read_text(encoding="utf-8"))
    return {name: _of(one) for name, one in told.items()}


def write(record: Mapping[str, Measured], into: Path = RECORD) -> None:
    """Write a record: one run a line, without what was not asked for."""
    lines = [f"{json.dumps(name)}: {json.dumps(_told(one))}" for name, one in record.items()]
    into.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


def _of(told: dict[str, object]) -> Measured:
    values = {name: tuple(one) if isinstance(one, list) else one for name, one in told.items()}
    return Measured(**values)  # type: ignore[arg-type]


def _told(one: Measured) -> dict[str, object]:
    return {name: value for name, value in asdict(one).items() if value not in (None, ())}
