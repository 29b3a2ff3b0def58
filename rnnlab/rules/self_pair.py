"""The pair rule in the article's words: the series feeds on itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnnlab.knobs import Knob, Value
from rnnlab.rules.base import BitRule, Bits, Probabilities, Sequence
from rnnlab.rules.outlook import Outlook

FORCED = 1 / 3
"""The share of steps after two equal bits. Two equal bits are followed by a change; a change is
followed by an equal bit every other time. So the share e of equal neighbours is half the share
1 - e of changes: e = 1/3."""

SHARES = np.array([1 - FORCED, 1 - FORCED, FORCED, FORCED]) / 2
"""How often each of four cases comes: a change to 0 or to 1, two equal 0s or 1s."""

LAST_BIT_ONLY = np.array([[1 - FORCED, FORCED, 1 - FORCED, FORCED]])
"""P(next bit = 1) in these cases, for who sees only the last bit; shape (1, cases)."""


class SelfPairRule(BitRule):
    """s[t+1] = 1 - s[t] where s[t] = s[t-1], else a fresh fair bit; s[t] comes in, s[t+1] is asked.

    So s consists of runs of one or two equal bits, and how long each is, a fair coin decides. The
    series begins at a moment like any other: its first bit is fair and, one time in three, the
    first of two equal ones; for a run is met at its first bit or, if it has one, at its second.
    """

    name = "self-pair"
    title = "The pair rule, feeding on itself"
    sentence = "After two equal bits the series must turn to the opposite one; else chance decides."
    article = "A. The pair rule"
    order = 15
    matters = ("window", "units", "epochs")
    feeds_on_itself = True
    knobs: ClassVar[Mapping[str, Knob]] = {}

    def generate(self, rng: np.random.Generator, n_bits: int, **parameters: Value) -> Sequence:
        """x is the series without its last bit, y without its first."""
        self.check(parameters)
        runs = rng.integers(1, 3, size=n_bits + 1)
        runs[0] = 1 + (rng.integers(3) == 0)  # the first run may have begun before the series
        bits = (rng.integers(2) + np.arange(n_bits + 1)) % 2
        s = np.repeat(bits.astype(np.uint8), runs)
        return Sequence(inputs=s[:n_bits], targets=s[1 : n_bits + 1])

    def truth(self, inputs: Bits, **parameters: Value) -> Probabilities:
        """The opposite bit after two equal ones, else one half; after the first bit 1/3 or 2/3."""
        self.check(parameters)
        chance = np.full(len(inputs), 0.5)
        chance[:1] = np.where(inputs[:1] == 1, FORCED, 1 - FORCED)
        equal = inputs[1:] == inputs[:-1]
        chance[1:][equal] = 1 - inputs[1:][equal]
        return chance

    def depends_on(self, **parameters: Value) -> tuple[int, ...]:
        """The last two bits of the series: after two equal ones the next is forced."""
        self.check(parameters)
        return (0, 1)

    def outlook(self, window: int | None = None, **parameters: Value) -> Outlook:
        """Two steps in three come after a change and are a fair coin, the others are forced.

        The first step of a window sees one bit only; the next one differs from it two times in
        three. In the whole past and in windows without an end that is (2/3) ln 2 = 0.4621 nats.
        """
        self.check(parameters)
        whole = np.array([[0.5, 0.5, 1.0, 0.0]])
        if window is None:
            return Outlook(whole, SHARES)
        return Outlook(np.concatenate([LAST_BIT_ONLY, whole.repeat(window - 1, axis=0)]), SHARES)

    def parts(self, window: int | None = None, **parameters: Value) -> dict[str, Outlook]:
        """Who only looks at the last bit knows that a change is likelier, and no window hides it.

        In windows of one step this is all that there is to see.
        """
        self.check(parameters)
        return {"last bit only": Outlook(LAST_BIT_ONLY, SHARES)}

    def recipe(self, **parameters: Value) -> str:
        """Runs of one or two equal bits, and the series against itself, one step later."""
        self.check(parameters)
        return """runs = rng.integers(1, 3, size=n_bits + 1)  # equal bits in a row: one or two
runs[0] = 1 + (rng.integers(3) == 0)  # the first run may have begun before the series
bits = (rng.integers(2) + np.arange(n_bits + 1)) % 2
s = np.repeat(bits.astype(np.uint8), runs)
x, y = s[:n_bits], s[1:n_bits + 1]"""


RULE = SelfPairRule()
