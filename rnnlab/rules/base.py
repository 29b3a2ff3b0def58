"""The shape of a rule: what every rule says about itself, and what it can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.knobs import Knob, Value

Bits = NDArray[np.uint8]
Probabilities = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sequence:
    """One series before it is cut into rows: `inputs` and `targets`, 0s and 1s, shape (n_bits,)."""

    inputs: Bits
    targets: Bits


class Rule(ABC):
    """A way to make targets from inputs, and what can be known about them at best.

    A rule is one file in this package that ends in `RULE = TheRule()`; it needs no other change.
    `order` is its place in the teaching order. `knobs` are its own parameters, which every method
    takes by name, fills in and checks with `check`; a wrong one is a `SettingError`.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    sentence: ClassVar[str]
    article: ClassVar[str]
    order: ClassVar[int]
    knobs: ClassVar[Mapping[str, Knob]]

    @abstractmethod
    def generate(self, rng: np.random.Generator, n_bits: int, **parameters: Value) -> Sequence:
        """A series of `n_bits` inputs and targets; the same state of `rng` gives the same one."""

    @abstractmethod
    def truth(self, inputs: Bits, **parameters: Value) -> Probabilities:
        """P(target[t] = 1 | inputs up to and including t) for a whole series, from its start."""

    @abstractmethod
    def best_loss(self, window: int | None = None, **parameters: Value) -> float:
        """The least mean cross-entropy, in nats, that any predictor can reach in the long run.

        In windows of `window` steps a predictor sees only the inputs since the window began;
        with `None` it sees all of them.
        """

    def check(self, parameters: Mapping[str, Value]) -> dict[str, Value]:
        """All parameters of the rule, each within its limits: those given, else the defaults."""
        for given in parameters:
            if given not in self.knobs:
                raise SettingError(
                    f"The rule '{self.name}' has no parameter called '{given}'; "
                    f"it has {listed(self.knobs)}."
                )
        return {
            name: knob.check(parameters.get(name, knob.default))
            for name, knob in self.knobs.items()
        }


def coin_flips(rng: np.random.Generator, n_bits: int) -> Bits:
    """`n_bits` independent fair bits."""
    return rng.integers(2, size=n_bits, dtype=np.uint8)


def listed(words: Iterable[str]) -> str:
    """The words as a sentence lists them: "lag", "pair and echo", "pair, echo and parity"."""
    *first, last = list(words) or ["none"]
    return f"{', '.join(first)} and {last}" if first else last
