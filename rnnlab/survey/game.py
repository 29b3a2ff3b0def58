"""Guess it yourself: twenty targets of a rule, guessed one after the other, and what luck can do.

A game is dealt from a series of its own, by its number: whoever plays the same number of the same
rule plays the same game.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import comb

import numpy as np

from rnnlab.rules.base import Bits, Probabilities
from rnnlab.settings import Settings

ROUND = 20
"""Targets to guess in a game."""

SEEN = 12
"""Inputs in sight, the one just read among them; more, if the rule looks further back."""

WARM_UP = 100
"""Steps before the first target: far more than any rule looks back."""

DEALT = 7
"""Sets the generator of games apart from those of data and of fresh bits."""

FAIR = 1e-9
"""Chances nearer to one half than this are a fair coin's."""


@dataclass(frozen=True, eq=False)
class Strip:
    """A few steps of a series, the last one just read.

    `inputs` (steps,); `targets` (steps,) or one less, if the last is still to be guessed; `guesses`
    are those made so far for the last of the targets; `truth` is the rule's own P(target = 1).
    """

    inputs: Bits
    targets: Bits
    guesses: tuple[int, ...]
    truth: Probabilities


@dataclass(frozen=True)
class Game:
    """A game by its number, and the bits guessed so far; `begin` starts one.

    Of the `settings` only what makes the data is kept, so that games of equal data are equal.
    """

    settings: Settings
    number: int
    guesses: tuple[int, ...] = ()

    @classmethod
    def begin(cls, settings: Settings, number: int) -> Game:
        """The game before its first guess; the settings must be of a rule on bits."""
        made_by = Settings(settings.rule, settings.parameters, noise=settings.noise)
        return cls(made_by, number)

    def guess(self, bit: int) -> Game:
        """The game after one more guess; when it is over, it stays as it is."""
        return self if self.over else replace(self, guesses=(*self.guesses, bit))

    @property
    def begun(self) -> Game:
        """The same game before its first guess."""
        return replace(self, guesses=())

    @property
    def over(self) -> bool:
        """Whether every target has been guessed."""
        return len(self.guesses) >= ROUND

    @property
    def in_sight(self) -> Strip:
        """What may be seen before the next guess: inputs up to now, targets up to the last."""
        now = WARM_UP + len(self.guesses)
        inputs, targets, truth = _dealt(self.settings, self.number)
        lags = self.settings.bit_rule.lags
        seen = max(SEEN, max(lags, default=0) + 1)
        since, guesses = now - seen + 1, self.guesses[-(seen - 1) :]
        return Strip(inputs[since : now + 1], targets[since:now], guesses, truth[since : now + 1])

    @property
    def played(self) -> Strip:
        """The steps that have been guessed, with everything there is to see."""
        inputs, targets, truth = _dealt(self.settings, self.number)
        shown = slice(WARM_UP, WARM_UP + len(self.guesses))
        return Strip(inputs[shown], targets[shown], self.guesses, truth[shown])

    @property
    def score(self) -> int:
        """How many guesses so far were right."""
        return int(np.sum(self.played.targets == np.array(self.guesses, dtype=np.uint8)))

    @property
    def best_score(self) -> int:
        """How many of the targets guessed so far the likelier bit was; a 1 where both are alike."""
        strip = self.played
        return int(np.sum(strip.targets == (strip.truth >= 0.5)))

    @property
    def coin_flips(self) -> int:
        """How many of the targets guessed so far nobody could know anything about."""
        return int(np.sum(np.abs(self.played.truth - 0.5) < FAIR))

    @property
    def best_expected(self) -> float:
        """What who always says the likelier bit scores in a whole game, on average."""
        predictor = self.settings.bit_rule.bayes_predictor()
        likelier = np.maximum(predictor.probabilities, 1 - predictor.probabilities)
        return ROUND * float(np.mean(likelier @ predictor.weights))

    @property
    def always(self) -> tuple[int, int] | None:
        """(bit, score so far) of who says the bit that the rule makes more often, and no other.

        None if it makes both alike.
        """
        base_rate = self.settings.bit_rule.bayes_predictor().base_rate
        if abs(base_rate - 0.5) < FAIR:
            return None
        bit = int(base_rate > 0.5)
        return bit, int(np.sum(self.played.targets == bit))


def luck(score: int, targets: int = ROUND) -> Fraction:
    """The chance that who tosses a fair coin for each of the targets gets this score, or a better.

    Exact: the ways in which `score` or more of them can be right, out of all 2^targets.
    """
    ways = sum(comb(targets, right) for right in range(max(score, 0), targets + 1))
    return Fraction(ways, 2**targets)


def in_words(chance: Fraction) -> str:
    """How many do what has this chance: "all", "nearly all", "41 in 100", "one in 48", "none"."""
    if chance > Fraction(99, 100):
        return "all" if chance == 1 else "nearly all"
    return f"{round(100 * chance)} in 100" if chance > Fraction(1, 10) else _one_in(chance)


def _one_in(chance: Fraction) -> str:
    return f"one in {round(1 / chance):,}" if chance else "none"


@lru_cache(maxsize=128)
def _dealt(settings: Settings, number: int) -> tuple[Bits, Bits, Probabilities]:
    """Inputs, targets and chances of a whole game, from the first step of its warm-up."""
    rule = settings.bit_rule
    rng = np.random.default_rng([number, DEALT])
    series = rule.generate(rng, WARM_UP + ROUND)
    truth = rule.target_probabilities(series.inputs)
    for array in (series.inputs, series.targets, truth):
        array.setflags(write=False)  # they are kept, and given to all who ask
    return series.inputs, series.targets, truth
