"""The shape of a rule: what every rule says about itself, and what it can do.

A `BitRule` is about bits and their chances, a `SampleRule` about numbers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rnnlab import theory
from rnnlab.errors import SettingError
from rnnlab.knobs import Knob, Value
from rnnlab.rules.outlook import Outlook

Bits = NDArray[np.uint8]
Probabilities = NDArray[np.float64]
Numbers = NDArray[np.float32]

ROUNDING = 1e-9
"""Nats: losses that differ by less are the same."""


@dataclass(frozen=True, eq=False)
class Sequence:
    """One series before it is cut into rows: `inputs` and `targets`, 0s and 1s, shape (n_bits,)."""

    inputs: Bits
    targets: Bits


@dataclass(frozen=True, eq=False)
class Samples:
    """Sequences of numbers, each with the one number that is to follow from it.

    `inputs` (samples, timesteps, features) and `targets` (samples,) are for training; the other
    two, of the same kind, are for the test.
    """

    inputs: Numbers
    targets: Numbers
    test_inputs: Numbers
    test_targets: Numbers


class Rule(ABC):
    """Something to learn: a way to make inputs and targets, and what can be known about them.

    A rule is one file in this package that ends in `RULE = TheRule()`; it needs no other change.
    `order` is its place in the teaching order. `knobs` are its own parameters, which every method
    takes by name, fills in and checks with `check`; a wrong one is a `SettingError`. `settled` are
    knobs of every run that have no meaning here, or only one: name and value. `matters` names the
    few knobs, of the rule or of every run, that matter most to what can be seen here.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    sentence: ClassVar[str]
    article: ClassVar[str]
    order: ClassVar[int]
    knobs: ClassVar[Mapping[str, Knob]]
    settled: ClassVar[Mapping[str, Value]] = MappingProxyType({})
    matters: ClassVar[tuple[str, ...]] = ("window", "cell", "units")

    @abstractmethod
    def shape(self, window: int, **parameters: Value) -> tuple[int, int]:
        """(timesteps, features) of what the network reads at once, if `window` is chosen."""

    @abstractmethod
    def updates_per_epoch(self, rows: int, length: int, window: int, **parameters: Value) -> int:
        """How many batches of `rows` rows there are in an epoch."""

    @abstractmethod
    def recipe(self, **parameters: Value) -> str:
        """The data as plain lines of NumPy, without the lab, for a script to take away.

        For bits: from the names `rng` and `n_bits` they make `x` and `y`, the very arrays that
        `generate` gives. For samples: from `window` they make `x`, `y`, `x_test`, `y_test`.
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


class BitRule(Rule):
    """A rule on bits: at every step a bit comes in, and a bit is to be said.

    The network reads windows of time out of parallel rows, says the probability of a 1 at every
    step, and is judged by cross-entropy in nats. `feeds_on_itself` says that every target is
    the next input, before noise; `has_stairs`, that `stairs` tells what its `parts` are worth.
    """

    feeds_on_itself: ClassVar[bool] = False
    has_stairs: ClassVar[bool] = True

    @abstractmethod
    def generate(self, rng: np.random.Generator, n_bits: int, **parameters: Value) -> Sequence:
        """A series of `n_bits` inputs and targets; the same state of `rng` gives the same one."""

    @abstractmethod
    def truth(self, inputs: Bits, **parameters: Value) -> Probabilities:
        """P(target[t] = 1 | inputs up to and including t) for a whole series, from its start."""

    @abstractmethod
    def outlook(self, window: int | None = None, **parameters: Value) -> Outlook:
        """What can be known at best: of each step of a window, or with `None` of the whole past.

        In windows of `window` steps a predictor sees only the inputs since the window began, so
        there is a row for each; with `None` it sees all of them, and there is one row. All losses
        follow, with noise or without.
        """

    @abstractmethod
    def depends_on(self, **parameters: Value) -> tuple[int, ...]:
        """The lags of the inputs that a target depends on: 0 is the input just read."""

    def outlook_at_start(self, window: int, **parameters: Value) -> Outlook:
        """What can be known at best of the first `window` steps of a series.

        As in any window, unless the rule says otherwise.
        """
        return self.outlook(window, **parameters)

    def parts(self, window: int | None = None, **parameters: Value) -> dict[str, Outlook]:
        """What those can know who know only a part of the rule, by a label such as "lag 3 only"."""
        return {}

    def best_loss(self, window: int | None = None, **parameters: Value) -> float:
        """The least mean cross-entropy, in nats, that any predictor can reach in the long run.

        In windows of `window` steps a predictor sees only the inputs since the window began;
        with `None` it sees all of them.
        """
        if window is not None:
            theory.check_window(window)
        return self.outlook(window, **parameters).loss

    def nothing(self, **parameters: Value) -> float:
        """The loss, in nats, of who knows how often a 1 comes, and nothing else."""
        return float(theory.binary_entropy(self.outlook(None, **parameters).share_of_ones))

    def first_window_loss(self, rows: int, window: int, **parameters: Value) -> float:
        """The least mean loss in the first window of `rows` rows cut out of one series.

        Row 1 begins where the series begins. Each other row begins in its middle, with inputs
        before it that the network has never seen.
        """
        theory.check_window(window)
        first_row = self.outlook_at_start(window, **parameters).loss
        return (first_row + (rows - 1) * self.best_loss(window, **parameters)) / rows

    def stairs(self, window: int | None = None, **parameters: Value) -> dict[str, float]:
        """What each of the `parts` is worth: the best losses (nats), from the highest down.

        Those that cost as much as knowing nothing, or as little as knowing all, are left out.
        Parts that are worth the same share a label.
        """
        if not self.has_stairs:
            return {}
        steps: dict[str, float] = {}
        last = self.nothing(**parameters)
        losses = {label: part.loss for label, part in self.parts(window, **parameters).items()}
        lowest = self.best_loss(window, **parameters)
        for label, loss in sorted(losses.items(), key=lambda item: -item[1]):
            if steps and last - loss <= ROUNDING:
                before = next(reversed(steps))
                steps[f"{before}, or {label}"] = steps.pop(before)
            elif lowest + ROUNDING < loss < last - ROUNDING:
                steps[label] = last = loss
        return steps

    def shape(self, window: int, **parameters: Value) -> tuple[int, int]:
        """A bit a step."""
        return window, 1

    def updates_per_epoch(self, rows: int, length: int, window: int, **parameters: Value) -> int:
        """As many as whole windows fit into a row."""
        return length // window


class SampleRule(Rule):
    """A rule on numbers: a short sequence comes in, and one number is to be said at its end.

    The network reads batches of samples in an order that is shuffled anew in every epoch, is read
    after the last step, and judged by the mean squared error.
    """

    settled: ClassVar[Mapping[str, Value]] = MappingProxyType(
        {"length": 2000, "fresh_data": False, "noise": 0.0, "carry_state": False}
    )

    @abstractmethod
    def samples(self, window: int, **parameters: Value) -> Samples:
        """All samples, for training and for the test. No chance is involved."""

    @abstractmethod
    def n_samples(self, window: int, **parameters: Value) -> int:
        """How many samples for training there are, without making them."""

    @abstractmethod
    def baselines(self, window: int, **parameters: Value) -> dict[str, float]:
        """Mean squared errors, on the test, of simpler ways to predict, by a short label.

        From the worst to the best; the first is what knowing next to nothing costs.
        """

    @property
    def centre(self) -> float:
        """What 0 stands for in the data's own unit: a number there is number * scale + centre."""
        return 0.0

    @property
    def scale(self) -> float:
        """What 1 is worth in the data's own unit."""
        return 1.0

    def updates_per_epoch(self, rows: int, length: int, window: int, **parameters: Value) -> int:
        """Batches of `rows` samples; what is left over and fills no batch is left out."""
        return self.n_samples(window, **parameters) // rows


def coin_flips(rng: np.random.Generator, n_bits: int) -> Bits:
    """`n_bits` independent fair bits."""
    return rng.integers(2, size=n_bits, dtype=np.uint8)


def listed(words: Iterable[str]) -> str:
    """The words as a sentence lists them: "lag", "pair and echo", "pair, echo and parity"."""
    *first, last = list(words) or ["none"]
    return f"{', '.join(first)} and {last}" if first else last
