"""The pair rule in the article's words: the series feeds on itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.rules.base import Bits, Probabilities, Sequence
from rnnlab.rules.bits import BitRule
from rnnlab.theory import BayesPredictor

FORCED = 1 / 3
"""The share of steps after two equal bits. Two equal bits are followed by a change; a change is
followed by an equal bit every other time. So the share e of equal neighbours is half the share
1 - e of changes: e = 1/3."""

WEIGHTS = np.array([1 - FORCED, 1 - FORCED, FORCED, FORCED]) / 2
"""How often each of four contexts comes: a change to 0 or to 1, two equal 0s or 1s."""

LAST_BIT_ONLY = np.array([[1 - FORCED, FORCED, 1 - FORCED, FORCED]])
"""P(next bit = 1) in these contexts, if only the last bit is visible; shape (1, contexts)."""


@dataclass(frozen=True)
class SelfPairRule(BitRule):
    """s[t+1] = 1 - s[t] where s[t] = s[t-1], else a fresh fair bit; from s[t] predict s[t+1].

    So s consists of runs of one or two equal bits, and how long each is, a fair coin decides. The
    series begins at a moment like any other: its first bit is fair and, one time in three, the
    first of two equal ones; for a run is met at its first bit or, if it has one, at its second.
    """

    name = "self-pair"
    title = "The pair rule, feeding on itself"
    sentence = "After two equal bits the opposite one must follow; otherwise chance decides."
    article = "pair"
    order = 15
    main_knobs = ("window", "units", "epochs")
    autoregressive = True

    @property
    def lags(self) -> tuple[int, ...]:
        """The last two bits of the series: after two equal ones the next is forced."""
        return (0, 1)

    def clean_series(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """x is the series without its last bit, y without its first."""
        runs = rng.integers(1, 3, size=n_bits + 1)
        runs[0] = 1 + (rng.integers(3) == 0)  # the first run may have begun before the series
        bits = (rng.integers(2) + np.arange(n_bits + 1)) % 2
        s = np.repeat(bits.astype(np.uint8), runs)
        return Sequence(inputs=s[:n_bits], targets=s[1 : n_bits + 1])

    def clean_probabilities(self, inputs: Bits) -> Probabilities:
        """The opposite bit after two equal ones, else one half; after the first bit 1/3 or 2/3."""
        probabilities = np.full(len(inputs), 0.5)
        probabilities[:1] = np.where(inputs[:1] == 1, FORCED, 1 - FORCED)
        equal = inputs[1:] == inputs[:-1]
        probabilities[1:][equal] = 1 - inputs[1:][equal]
        return probabilities

    def clean_predictor(self, window: int | None) -> BayesPredictor:
        """Two steps in three come after a change and are a fair coin, the others are forced.

        The first step of a window sees one bit only; the next one differs from it two times in
        three. In the whole past and in windows without an end that is (2/3) ln 2 = 0.4621 nats.
        """
        whole = np.array([[0.5, 0.5, 1.0, 0.0]])
        if window is None:
            return BayesPredictor(whole, WEIGHTS)
        rows = np.concatenate([LAST_BIT_ONLY, whole.repeat(window - 1, axis=0)])
        return BayesPredictor(rows, WEIGHTS)

    def clean_partial_predictors(self, window: int | None) -> dict[str, BayesPredictor]:
        """From the last bit alone a change is likelier, and no window hides it.

        In windows of one step this is all that there is to see.
        """
        return {"last bit only": BayesPredictor(LAST_BIT_ONLY, WEIGHTS)}

    def clean_code(self) -> str:
        """Runs of one or two equal bits, and the series against itself, one step later."""
        return """runs = rng.integers(1, 3, size=n_bits + 1)  # equal bits in a row: one or two
runs[0] = 1 + (rng.integers(3) == 0)  # the first run may have begun before the series
bits = (rng.integers(2) + np.arange(n_bits + 1)) % 2
s = np.repeat(bits.astype(np.uint8), runs)
x, y = s[:n_bits], s[1:n_bits + 1]"""


RULE = SelfPairRule()
