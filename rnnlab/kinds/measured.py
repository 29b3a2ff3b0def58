"""What was measured of the runs that the lab speaks about: losses, and gradients by steps back.

`measured.json` holds it, by settings; `rnnlab.makers.kinds_record` measures it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from rnnlab.cells import CELLS
from rnnlab.cells.cell import Weights
from rnnlab.insight.memory import memory
from rnnlab.settings import Settings

RECORD = Path(__file__).with_name("measured.json")

N_DIGITS = 4
"""Digits of a gradient that are kept."""

WHEN = ("before training", "after training")


@dataclass(frozen=True)
class Measurement:
    """One run as it was measured.

    `loss` is the mean over the last epoch and over the networks of the run, `losses` each
    network's, `accuracy` the share of right guesses, None where the answer is a number. `fresh` is
    what the networks lose on data that they were not trained on (bits: the mean over 4,000 steps;
    numbers: the test). `first` and `trained` are sizes of the gradient by steps back, before and
    after training, where they were measured.
    """

    loss: float
    losses: tuple[float, ...] = ()
    accuracy: float | None = None
    fresh: float | None = None
    first: tuple[float, ...] = ()
    trained: tuple[float, ...] = ()


def measurement(settings: Settings) -> Measurement | None:
    """What was recorded of a run with these settings, or None."""
    return recorded().get(key(settings))


def key(settings: Settings) -> str:
    """What settings are called in the record: as in a link."""
    return urlencode(settings.to_query())


@cache
def recorded() -> dict[str, Measurement]:
    """The whole record that travels with the lab."""
    return read(RECORD)


def read(file: Path) -> dict[str, Measurement]:
    """A record from its file."""
    record = {}
    for name, run in json.loads(file.read_text(encoding="utf-8")).items():
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in run.items()}
        record[name] = Measurement(**values)  # type: ignore[arg-type]
    return record


def write(record: Mapping[str, Measurement], file: Path = RECORD) -> None:
    """Write a record: one run a line, without what was not measured."""
    lines = []
    for name, run in record.items():
        values = {k: v for k, v in asdict(run).items() if v not in (None, ())}
        lines.append(f"{json.dumps(name)}: {json.dumps(values)}")
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class GradientByLag:
    """The size of the gradient by steps back, 0 first, in nats per unit of input.

    It is `insight.memory`'s: the mean size, over a hundred windows of fresh data, of the gradient
    of the loss at a step by each input before it, followed further back than in training. `first`
    is with the first weights, `trained` with those after training.
    """

    first: tuple[float, ...]
    trained: tuple[float, ...]

    @property
    def shares(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Both as parts of their sum: comparable, whether a network still errs or not."""
        return _shares(self.first), _shares(self.trained)


def gradient_by_lag(settings: Settings, trained: Weights) -> GradientByLag:
    """Measured in NumPy, with the weights that these settings begin with and with those given."""
    first = memory(settings, settings.first_weights()).gradient
    return GradientByLag(_rounded(first), _rounded(memory(settings, trained).gradient))


def gradient_sentence(by_cell: Mapping[str, GradientByLag], delay: int) -> str:
    """What arrives of the gradient from `delay` steps back, for each kind of network by name."""
    steps = f"{delay} step{'s' if delay > 1 else ''}"
    before = _listed({cell: f"{_size(g.first[delay])} nats" for cell, g in by_cell.items()})
    after = _listed({cell: _percent(g.shares[1][delay]) for cell, g in by_cell.items()})
    return (
        f"The input that counts lies {steps} back. This much of the gradient arrives from there "
        f"before training: {before}. Its share of the whole gradient after training: {after}."
    )


def _listed(by_cell: Mapping[str, str]) -> str:
    return ", ".join(f"{size} in {CELLS[cell].title}" for cell, size in by_cell.items())


def _size(gradient: float) -> str:
    """Two digits, and all the zeros before them."""
    return f"{Decimal(f'{gradient:.2g}'):f}"


def _percent(share: float) -> str:
    return "100%" if share > 0.99 else f"{100 * share:.2g}%"


def _shares(gradient: tuple[float, ...]) -> tuple[float, ...]:
    total = sum(gradient)
    return tuple(size / total if total > 0 else 0.0 for size in gradient)


def _rounded(gradient: Iterable[float]) -> tuple[float, ...]:
    return tuple(float(f"{size:.{N_DIGITS}g}") for size in gradient)
