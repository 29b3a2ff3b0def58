"""Rules on symbols: a letter comes in at every step, and one of a few answers is to be given."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rnnlab import theory
from rnnlab.knobs import Value
from rnnlab.rules.base import Probabilities, Sequence, StreamRule

Symbols = NDArray[np.uint8]


@dataclass(frozen=True)
class SymbolRule(StreamRule):
    """A rule whose inputs are letters of an alphabet, and whose targets are some of its answers.

    The network reads a letter as a row of zeros with a single 1 in its place, and gives a chance to
    each answer by a softmax. In a series letters and answers are numbers from 0. Steps are of
    several `kinds`, which are hard or easy in ways of their own.
    """

    fixed_settings: ClassVar[Mapping[str, Value]] = MappingProxyType({"noise": 0.0})
    consists_of: ClassVar[str] = "letters"
    pictured: ClassVar[int] = 0
    """The number of the answer whose chance stands in the picture of the network."""

    @property
    @abstractmethod
    def derivation(self) -> str:
        """Where the losses come from, as LaTeX."""

    @property
    @abstractmethod
    def letters(self) -> tuple[str, ...]:
        """What may come in, a sign each."""

    @property
    @abstractmethod
    def answers(self) -> tuple[str, ...]:
        """What may be asked for, a sign each."""

    @property
    @abstractmethod
    def kinds(self) -> tuple[str, ...]:
        """What kinds of steps there are, in a few words each."""

    @abstractmethod
    def kinds_of(self, inputs: Symbols) -> NDArray[np.intp]:
        """The kind of each step of a whole series, by its number in `kinds`."""

    @abstractmethod
    def target_probabilities(self, inputs: Symbols) -> Probabilities:
        """P(each answer | inputs up to and including t) for a whole series: (n_steps, answers)."""

    @abstractmethod
    def answer_rates(self) -> Probabilities:
        """How often each answer comes in the long run, (answers,)."""

    @abstractmethod
    def losses_by_step(self, window: int) -> Probabilities:
        """The best loss at each step of a window, by the inputs since it began, (window,)."""

    @property
    def n_answers(self) -> int:
        """As many as there are signs."""
        return len(self.answers)

    def shape(self, window: int) -> tuple[int, int]:
        """A place for each letter."""
        return window, len(self.letters)

    def encode(self, inputs: Symbols) -> Symbols:
        """A 1 in the place of each letter, zeros elsewhere."""
        places: Symbols = np.eye(len(self.letters), dtype=np.uint8)[inputs]
        return places

    def costs(self, series: Sequence) -> Probabilities:
        """-log of the chance of what came."""
        probabilities = self.target_probabilities(series.inputs)
        costs: Probabilities = -np.log(probabilities[np.arange(len(probabilities)), series.targets])
        return costs

    def base_rate_loss(self) -> float:
        """The entropy of how often each answer comes."""
        return float(entropy(self.answer_rates()))

    def first_window_loss(self, rows: int, window: int) -> float:
        """A window's: rows begin in the middle of something, or each with a string of its own."""
        theory.check_window(window)
        return self.best_loss(window)


def entropy(probabilities: Probabilities) -> Probabilities:
    """Nats, over the last axis: -Σ p ln p with 0 ln 0 = 0. Cover & Thomas (2006), eq. 2.1."""
    logs = np.log(np.where(probabilities > 0, probabilities, 1.0))
    nats: Probabilities = -(probabilities * logs).sum(axis=-1) + 0.0
    return nats


def deviation_of(probabilities: Probabilities, weights: Probabilities) -> float:
    """The standard deviation, in nats, of -log p of what comes, over contexts with these weights.

    `probabilities` (contexts, answers), `weights` (contexts,) with the sum 1.
    """
    logs = np.log(np.where(probabilities > 0, probabilities, 1.0))
    mean = weights @ entropy(probabilities)
    return math.sqrt(max(0.0, float(weights @ (probabilities * logs**2).sum(axis=1) - mean**2)))
