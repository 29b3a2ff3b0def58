"""How much of the gradient is left, so many steps back: what a network can learn from.

The numbers are `insight.memory`'s: the mean size, over a hundred windows of fresh data, of the
gradient of the loss at a step by each input before it, followed further back than in training.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rnnlab.cells import CELLS
from rnnlab.cells.cell import Weights
from rnnlab.insight.memory import memory
from rnnlab.settings import Settings

N_DIGITS = 4

WHEN = ("before training", "after training")


@dataclass(frozen=True)
class Fading:
    """The size of the gradient by steps back, 0 first, in nats per unit of input.

    `first` with the first weights, `trained` with those after training.
    """

    first: tuple[float, ...]
    trained: tuple[float, ...]

    @property
    def shares(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Both as parts of their sum: comparable, whether a network still errs or not."""
        return _shares(self.first), _shares(self.trained)


def fading(settings: Settings, trained: Weights) -> Fading:
    """Measured in NumPy, from the weights that these settings begin with and from those given."""
    both = (settings.first_weights(), trained)
    first, after = (memory(settings, weights).gradient for weights in both)
    return Fading(_rounded(first), _rounded(after))


def fading_sentence(found: Mapping[str, Fading], delay: int) -> str:
    """What arrives of the gradient from `delay` steps back, for each kind of network by name."""
    back = f"{delay} step{'s' if delay > 1 else ''}"
    before = _listed({name: f"{_size(one.first[delay])} nats" for name, one in found.items()})
    after = _listed({name: _percent(one.shares[1][delay]) for name, one in found.items()})
    return (
        f"The input that counts lies {back} back. What arrives from there of the gradient before "
        f"training: {before}. Its share of the whole gradient after training: {after}."
    )


def _listed(told: Mapping[str, str]) -> str:
    return ", ".join(f"{value} in {CELLS[name].title}" for name, value in told.items())


def _size(gradient: float) -> str:
    """Two digits, and all the zeros before them."""
    return f"{Decimal(f'{gradient:.2g}'):f}"


def _percent(share: float) -> str:
    return "100%" if share > 0.99 else f"{100 * share:.2g}%"


def _shares(gradient: tuple[float, ...]) -> tuple[float, ...]:
    total = sum(gradient)
    return tuple(one / total if total > 0 else 0.0 for one in gradient)


def _rounded(values: object) -> tuple[float, ...]:
    return tuple(float(f"{value:.{N_DIGITS}g}") for value in values)  # type: ignore[attr-defined]
