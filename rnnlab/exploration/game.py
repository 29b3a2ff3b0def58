"""Guess it yourself: twenty targets of a rule, guessed one after the other, and what luck can do.

A game has a series of its own, drawn by its number: whoever plays the same number of the same rule
plays the same game.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import comb

import numpy as np

from rnnlab.rules.base import Bits, Probabilities
from rnnlab.settings import Settings

ROUND = 20
"""Targets to guess in a game."""

VISIBLE = 12
"""Inputs in sight, the one just read among them; more, if the rule looks further back."""

WARM_UP = 100
"""Steps before the first target: far more than any rule looks back."""

STREAM = 7
"""Sets the generator of games apart from those of data and of fresh bits."""

FAIR = 1e-9
"""Probabilities nearer to one half than this are a fair coin's."""


@dataclass(frozen=True, eq=False)
class GameExcerpt:
    """A few steps of a series, the last one just read.

    `inputs` (steps,); `targets` (steps,) or one less, if the last is still to be guessed; `guesses`
    are those made so far for the last of the targets; `target_probabilities` (steps,).
    """

    inputs: Bits
    targets: Bits
    guesses: tuple[int, ...]
    target_probabilities: Probabilities


@dataclass(frozen=True)
class Game:
    """A game by its number, and the bits guessed so far; `new` starts one.

    Of the `settings` only what makes the data is kept, so that games of equal data are equal.
    """

    settings: Settings
    number: int
    guesses: tuple[int, ...] = ()

    @classmethod
    def new(cls, settings: Settings, number: int) -> Game:
        """The game before its first guess; the settings must be of a rule on bits."""
        data = Settings(settings.rule, settings.parameters, noise=settings.noise)
        return cls(data, number)

    def guess(self, bit: int) -> Game:
        """The game after one more guess; when it is over, it stays as it is."""
        return self if self.over else replace(self, guesses=(*self.guesses, bit))

    @property
    def restarted(self) -> Game:
        """The same game before its first guess."""
        return replace(self, guesses=())

    @property
    def over(self) -> bool:
        """Whether every target has been guessed."""
        return len(self.guesses) >= ROUND

    @cached_property
    def _steps(self) -> tuple[Bits, Bits, Probabilities]:
        """Inputs, targets and their probabilities, from the first step of the warm-up on."""
        rule = self.settings.bit_rule
        rng = np.random.default_rng([self.number, STREAM])
        series = rule.generate(rng, WARM_UP + ROUND)
        return series.inputs, series.targets, rule.target_probabilities(series.inputs)

    @property
    def visible(self) -> GameExcerpt:
        """What may be seen before the next guess: inputs up to now, targets up to the last."""
        now = WARM_UP + len(self.guesses)
        inputs, targets, probabilities = self._steps
        n_steps = max(VISIBLE, max(self.settings.bit_rule.lags, default=0) + 1)
        start, end, guesses = now - n_steps + 1, now + 1, self.guesses[-(n_steps - 1) :]
        return GameExcerpt(inputs[start:end], targets[start:now], guesses, probabilities[start:end])

    @property
    def played(self) -> GameExcerpt:
        """The steps that have been guessed, with everything there is to see."""
        inputs, targets, probabilities = self._steps
        steps = slice(WARM_UP, WARM_UP + len(self.guesses))
        return GameExcerpt(inputs[steps], targets[steps], self.guesses, probabilities[steps])

    @property
    def score(self) -> int:
        """How many guesses so far were right."""
        return int(np.sum(self.played.targets == np.array(self.guesses, dtype=np.uint8)))

    @property
    def best_score(self) -> int:
        """How many targets so far were the likelier bit; a 1 where both are equally likely."""
        played = self.played
        return int(np.sum(played.targets == (played.target_probabilities >= 0.5)))

    @property
    def coin_flips(self) -> int:
        """How many of the targets guessed so far were fair coins: nobody could know anything."""
        return int(np.sum(np.abs(self.played.target_probabilities - 0.5) < FAIR))

    @property
    def expected_best_score(self) -> float:
        """The mean score in a whole game of always guessing the likelier bit."""
        predictor = self.settings.bit_rule.bayes_predictor()
        likelier = np.maximum(predictor.probabilities, 1 - predictor.probabilities)
        return ROUND * predictor.mean(likelier)

    @property
    def constant_guess(self) -> tuple[int, int] | None:
        """(bit, score so far) of always guessing the bit that the rule makes more often.

        None if it makes both equally often.
        """
        base_rate = self.settings.bit_rule.bayes_predictor().base_rate
        if abs(base_rate - 0.5) < FAIR:
            return None
        bit = int(base_rate > 0.5)
        return bit, int(np.sum(self.played.targets == bit))


def luck(score: int, targets: int = ROUND) -> Fraction:
    """The probability that tossing a fair coin for each target gets this score, or a better one.

    Exact: the ways in which `score` or more of them can be right, out of all 2^targets.
    """
    ways = sum(comb(targets, right) for right in range(max(score, 0), targets + 1))
    return Fraction(ways, 2**targets)


def in_words(probability: Fraction) -> str:
    """A probability as people say it: "all", "nearly all", "41 in 100", "one in 48", "none"."""
    if probability > Fraction(99, 100):
        return "all" if probability == 1 else "nearly all"
    if probability > Fraction(1, 10):
        return f"{round(100 * probability)} in 100"
    return f"one in {round(1 / probability):,}" if probability else "none"
