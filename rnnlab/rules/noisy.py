"""Noise: a rule whose targets are turned around now and then, by chance alone.

What can be known of them stays exact: whoever knew that a 1 comes with probability p now knows that
it comes with probability p (1 - noise) + (1 - p) noise, whatever was seen.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnnlab.knobs import Knob, Value
from rnnlab.rules.base import BitRule, Bits, Probabilities, Sequence
from rnnlab.rules.lagged import Causes, LaggedRule
from rnnlab.rules.outlook import Outlook, flipped

NOISE = Knob(
    default=0.0,
    label="Noise",
    help="How likely each target is flipped, whatever the rule says. At 0.5 nothing is left of "
    "the rule.",
    topic="data",
    low=0.0,
    high=0.5,
    step=0.01,
)

FORWARDED = (
    *("name", "title", "article", "order", "knobs", "settled", "matters"),
    *("feeds_on_itself", "has_stairs"),
)
"""What a rule with noise says of itself in the words of the one without."""


def noisy(rule: BitRule, noise: float) -> BitRule:
    """The rule with each target flipped with probability `noise`; for 0 the rule itself.

    A `LaggedRule` stays one.
    """
    if noise == 0:
        return rule
    return NoisyLagged(rule, noise) if isinstance(rule, LaggedRule) else Noisy(rule, noise)


class Noisy(BitRule):
    """Another rule's series, made first; then each target is flipped with probability `noise`."""

    def __init__(self, clean: BitRule, noise: float) -> None:
        self.clean, self.noise = clean, noise
        for word in FORWARDED:
            setattr(self, word, getattr(clean, word))
        self.__dict__["sentence"] = (
            f"{clean.sentence} Then each target is flipped with probability {noise:g}."
        )

    def check(self, parameters: Mapping[str, Value]) -> dict[str, Value]:
        """As without noise."""
        return self.clean.check(parameters)

    def shape(self, window: int, **parameters: Value) -> tuple[int, int]:
        """As without noise."""
        return self.clean.shape(window, **parameters)

    def updates_per_epoch(self, rows: int, length: int, window: int, **parameters: Value) -> int:
        """As without noise."""
        return self.clean.updates_per_epoch(rows, length, window, **parameters)

    def generate(self, rng: np.random.Generator, n_bits: int, **parameters: Value) -> Sequence:
        """The series without noise, and then the flips."""
        series = self.clean.generate(rng, n_bits, **parameters)
        return Sequence(series.inputs, series.targets ^ (rng.random(n_bits) < self.noise))

    def truth(self, inputs: Bits, **parameters: Value) -> Probabilities:
        """The chances without noise, drawn towards one half."""
        return flipped(self.clean.truth(inputs, **parameters), self.noise)

    def outlook(self, window: int | None = None, **parameters: Value) -> Outlook:
        """As without noise, but for the flips."""
        return self.clean.outlook(window, **parameters).flipped(self.noise)

    def depends_on(self, **parameters: Value) -> tuple[int, ...]:
        """As without noise."""
        return self.clean.depends_on(**parameters)

    def outlook_at_start(self, window: int, **parameters: Value) -> Outlook:
        """As without noise, but for the flips."""
        return self.clean.outlook_at_start(window, **parameters).flipped(self.noise)

    def parts(self, window: int | None = None, **parameters: Value) -> dict[str, Outlook]:
        """As without noise, but for the flips."""
        return {
            label: part.flipped(self.noise)
            for label, part in self.clean.parts(window, **parameters).items()
        }

    def recipe(self, **parameters: Value) -> str:
        """The lines without noise, and one for the flips."""
        flips = f"y = y ^ (rng.random(n_bits) < {self.noise!r})  # noise: some targets are flipped"
        return f"{self.clean.recipe(**parameters)}\n{flips}"


class NoisyLagged(Noisy, LaggedRule):
    """A lagged rule with noise; its causes are those without it, its table is not."""

    clean: LaggedRule

    def causes(self, **parameters: Value) -> Causes:
        """The same lags, with chances drawn towards one half."""
        causes = self.clean.causes(**parameters)
        return Causes(
            causes.lags,
            flipped(causes.table, self.noise),
            causes.at_start * (1 - self.noise) + (1 - causes.at_start) * self.noise,
        )
