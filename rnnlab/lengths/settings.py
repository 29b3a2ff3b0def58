"""The experiment with sequences of unequal length: its knobs, its data, what it reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.knobs import Configuration, knob
from rnnlab.network import Network
from rnnlab.progress import Progress
from rnnlab.settings import knobs as shared
from rnnlab.settings import memory

ALONE, IN_FRONT, BEHIND, MASKED = "no padding", "in front", "behind", "in front, with a mask"
WAYS = (ALONE, IN_FRONT, BEHIND, MASKED)
"""A network each, with the same first weights."""

DIGITS = 4
ROWS = 64
"""Sequences of an update."""

A_DIGIT, PADDING_ONLY = "a digit, too", "padding only"
DATA = 1
"""Sets the generator of the sequences apart from that of the first weights."""


@dataclass(frozen=True)
class LengthSettings(Configuration):
    """One experiment, complete: equal settings give the same curves."""

    cell: str = shared.CELL.field(default="lstm")
    zero: str = knob(
        A_DIGIT,
        "A zero is",
        "Whether the number that fills up can also stand in a sequence. In Keras, keep the id 0 "
        "free for padding: let words begin at 1.",
        "data",
        choices=(A_DIGIT, PADDING_ONLY),
    )
    longest: int = knob(
        15,
        "Longest",
        "How many digits the longest sequence has. Every length from 1 on is equally likely.",
        "data",
        low=2,
        high=40,
    )
    units: int = shared.UNITS.field(default=16, low=4, high=32, step=4)
    updates: int = knob(
        1000,
        "Updates",
        "How often all weights change. Every update reads new sequences.",
        "training",
        low=200,
        high=6000,
        step=200,
    )
    learning_rate: float = shared.LEARNING_RATE.field(
        default=0.003, choices=(0.001, 0.002, 0.003, 0.005, 0.01)
    )
    seed: int = shared.SEED.field()

    @property
    def symbols(self) -> int:
        """How many numbers can stand at a step: the digits, and perhaps a zero of its own."""
        return DIGITS + (self.zero == PADDING_ONLY)

    @property
    def network(self) -> Network:
        """The network of every way: one-hot symbols in, one of the digits out."""
        return Network(
            cell=self.cell,
            units=self.units,
            features=self.symbols,
            outputs=DIGITS,
            last_step=True,
        )

    @property
    def peak_bytes(self) -> int:
        """The most bytes of memory that a worker takes for it."""
        return memory.window_bytes(self.network, ROWS, self.longest, slots=2, networks=len(WAYS))

    @property
    def best_possible(self) -> dict[str, float]:
        """The largest share of right answers that anything can reach, by way.

        In front, zeros that are digits hide where a sequence begins. It is best to take the first
        number that is no zero for the first digit, which is right for three of four; only where
        all are zeros, the answer is zero.
        """
        best = dict.fromkeys(WAYS, 1.0)
        if self.zero == A_DIGIT:
            all_zeros = sum(DIGITS ** -float(n) for n in range(1, self.longest + 1)) / self.longest
            best[IN_FRONT] = (DIGITS - 1) / DIGITS + all_zeros
        return best


@dataclass(frozen=True, kw_only=True)
class LengthProgress(Progress):
    """After some more updates: loss (nats) and share of right answers of each way, in their order.

    Both are means over the sequences of these updates, each judged before it was learnt from. The
    last report has those of the final weights.
    """

    losses: tuple[float, ...]
    accuracies: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Sequences:
    """Digits of some updates, (updates, rows, longest) from the first step on, and their lengths.

    What stands behind the end is zeros.
    """

    digits: NDArray[Any]
    lengths: NDArray[Any]

    @classmethod
    def draw(
        cls, settings: LengthSettings, rng: np.random.Generator, updates: int, *, equal: bool
    ) -> Sequences:
        """New ones; with `equal` those of an update have the same length."""
        shape = updates, 1 if equal else ROWS
        lengths = np.broadcast_to(rng.integers(1, settings.longest + 1, shape), (updates, ROWS))
        digits = rng.integers(DIGITS, size=(updates, ROWS, settings.longest))
        digits = digits + (settings.zero == PADDING_ONLY)
        steps = np.arange(settings.longest)
        return cls(np.where(steps < lengths[..., None], digits, 0), lengths)

    def padded(self, *, in_front: bool) -> NDArray[Any]:
        """All as long as the longest, (updates, rows, longest)."""
        if not in_front:
            return self.digits
        longest = self.digits.shape[-1]
        source = np.arange(longest) - (longest - self.lengths[..., None])
        moved = np.take_along_axis(self.digits, source.clip(min=0), axis=-1)
        return np.where(source >= 0, moved, 0)

    def answers(self, settings: LengthSettings) -> NDArray[Any]:
        """The first digit of each, from 0: (updates, rows)."""
        return self.digits[..., 0] - (settings.zero == PADDING_ONLY)


def one_hot(numbers: NDArray[Any], symbols: int) -> NDArray[np.float32]:
    """Each number as a row of zeros with a single 1."""
    rows: NDArray[np.float32] = np.eye(symbols, dtype=np.float32)[numbers]
    return rows


def learnt_after(progress: Sequence[LengthProgress], share: float) -> dict[str, int | None]:
    """By way, after how many updates it first had such a share of right answers; None if never."""
    return {
        way: next((r.step for r in progress if r.accuracies[number] >= share), None)
        for number, way in enumerate(WAYS)
    }


def curves(progress: Sequence[LengthProgress]) -> list[tuple[int, str, float, float]]:
    """A row for each report and way: updates, way, accuracy, loss."""
    return [
        (report.step, way, accuracy, loss)
        for report in progress
        for way, accuracy, loss in zip(WAYS, report.accuracies, report.losses, strict=True)
    ]
