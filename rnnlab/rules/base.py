"""The shape of a rule: what every rule says about itself, and what it can do.

A `StreamRule` is about one long series: a `BitRule` (in `bits.py`) about bits, a `SymbolRule`
(in `symbols.py`) about letters. A `SampleRule` (in `series.py`) is about numbers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.knobs import Configuration, Value

Bits = NDArray[np.uint8]
Probabilities = NDArray[np.float64]
Element = TypeVar("Element", bound=np.generic)

ROUNDING = 1e-9
"""Nats: losses that differ by less are the same."""


@dataclass(frozen=True, eq=False)
class Sequence:
    """One series before it is cut into rows: `inputs` and `targets`, shape (n_steps,).

    Of bits they are 0s and 1s, of symbols the numbers of letters and of answers, from 0.
    """

    inputs: Bits
    targets: Bits


@dataclass(frozen=True)
class Rule(Configuration, ABC):
    """Something to learn: a way to make inputs and targets, and what can be known about them.

    A rule is a frozen value: its own knobs are its fields, declared with `knob(...)` and checked
    when it is made; a wrong one is a `SettingError`. It is one file in this package that ends in
    `RULE = TheRule()`, and needs no other change. `order` is its place in the teaching order.
    `fixed_settings` are knobs of every run that have no meaning here, or only one: name and value.
    `main_knobs` names the few knobs, of the rule or of every run, that matter most to what can be
    seen here.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    sentence: ClassVar[str]
    article: ClassVar[str]  # the nearest of `ARTICLES`
    order: ClassVar[int]
    consists_of: ClassVar[str]  # what the data are made of, in a word
    fixed_settings: ClassVar[Mapping[str, Value]] = MappingProxyType({})
    main_knobs: ClassVar[tuple[str, ...]] = ("window", "cell", "units")

    @property
    def description(self) -> str:
        """What the rule does, in a sentence or two."""
        return self.sentence

    @abstractmethod
    def shape(self, window: int) -> tuple[int, int]:
        """(timesteps, features) of what the network reads at once, if `window` is chosen."""

    @abstractmethod
    def updates_per_epoch(self, rows: int, length: int, window: int) -> int:
        """How many batches of `rows` rows there are in an epoch."""

    @abstractmethod
    def numpy_code(self) -> str:
        """The data as plain lines of NumPy, without the lab, for a script to take away.

        For a series: from the names `rng` and `n_bits`, its length, they make `x` and `y`, the very
        arrays that `generate` gives. For samples: from `window` they make `x`, `y`, `x_test`,
        `y_test`.
        """


@dataclass(frozen=True)
class StreamRule(Rule):
    """A rule on one long series: at every step something comes in, and an answer is to be given.

    The network reads windows of time out of parallel rows, gives the chance of each answer at every
    step, and its loss is the cross-entropy in nats. `autoregressive` says that every target is the
    next input, before noise.
    """

    autoregressive: ClassVar[bool] = False
    begins_anew: ClassVar[bool] = False
    """Whether every window is a string of its own."""
    consists_of: ClassVar[str] = "bits"

    @property
    @abstractmethod
    def n_answers(self) -> int:
        """How many answers there are to choose from; targets are numbers from 0 to below it."""

    @abstractmethod
    def generate(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """A series of so many inputs and targets; the same state of `rng` gives the same one."""

    @abstractmethod
    def encode(self, inputs: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Inputs of any shape as the network reads them: one more axis, of features."""

    @abstractmethod
    def target_probabilities(self, inputs: NDArray[np.uint8]) -> Probabilities:
        """P(target | inputs up to and including t) for a whole series, from its start.

        Of bits that of a 1, (n_steps,); else that of each answer, (n_steps, answers).
        """

    @abstractmethod
    def costs(self, series: Sequence) -> Probabilities:
        """Nats that each target costs who knows the rule and all inputs before it, (n_steps,)."""

    @abstractmethod
    def best_loss(self, window: int | None = None) -> float:
        """The least mean cross-entropy, in nats, that any predictor can reach in the long run.

        In windows of `window` steps a predictor sees only the inputs since the window began;
        with `None` it sees all of them.
        """

    @abstractmethod
    def base_rate_loss(self) -> float:
        """The loss, in nats, of predicting how often each answer comes, and nothing else."""

    @abstractmethod
    def first_window_loss(self, rows: int, window: int) -> float:
        """The least mean loss in the first window of `rows` rows cut out of one series."""

    @abstractmethod
    def partial_losses(self, window: int | None = None) -> dict[str, float]:
        """Losses (nats) of who makes use of a part of the rule, by label, from the highest down.

        All lie below the base rate's and above the best one.
        """

    @abstractmethod
    def deviation(self, window: int | None = None) -> float:
        """The standard deviation, in nats, of what a single target costs the best predictor."""

    def cut_into(self, window: int, length: int) -> Self:
        """The rule of a series in rows of `length` steps (0: a single one) and these in windows.

        The same rule, unless its strings begin with them.
        """
        return self

    def updates_per_epoch(self, rows: int, length: int, window: int) -> int:
        """As many as whole windows fit into a row."""
        return length // window


def into_windows(series: NDArray[Element], rows: int, window: int) -> NDArray[Element]:
    """A series as the articles cut it: a view of shape (length // window, rows, window).

    First into `rows` equal rows, each going on where the row above it ends; then these into windows
    that follow each other in time, each the same `window` steps of every row. What is left at the
    end of the rows and fills no window is dropped.
    """
    if rows < 1 or len(series) % rows:
        raise SettingError(f"A series of {len(series)} bits cannot be cut into {rows} equal rows.")
    length = len(series) // rows
    if not 1 <= window <= length:
        raise SettingError(
            f"A window must lie between 1 and {length} steps, the length of a row, "
            f"but it is {window}."
        )
    n_windows = length // window
    whole = series.reshape(rows, length)[:, : n_windows * window]
    return whole.reshape(rows, n_windows, window).swapaxes(0, 1)


def coin_flips(rng: np.random.Generator, n_bits: int) -> Bits:
    """`n_bits` independent fair bits."""
    return rng.integers(2, size=n_bits, dtype=np.uint8)


def enumeration(words: Iterable[str]) -> str:
    """The words as a sentence lists them: "lag", "pair and echo", "pair, echo and parity"."""
    *first, last = list(words) or ["none"]
    return f"{', '.join(first)} and {last}" if first else last
