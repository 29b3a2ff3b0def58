"""A rule of one's own: typed, as an expression or as a table of probabilities."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnlab.knobs import knob
from rnnlab.rules.base import Sequence, coin_flips
from rnnlab.rules.expression import name_of, parse
from rnnlab.rules.expression_parser import LONGEST
from rnnlab.rules.lagged import Causes, LaggedRule

WIDTH = 92


@dataclass(frozen=True)
class OwnRule(LaggedRule):
    """P(y[t] = 1) is what the user says, of up to four inputs at most 12 steps ago.

    Targets whose causes lie before the first input are fair flips. A rule that means nothing is an
    `ExpressionError`.
    """

    name = "own"
    title = "A rule of your own"
    sentence = "You say how likely a 1 is after each pattern of past coin flips."
    article = "pair"
    order = 35
    main_knobs = ("expression", "window", "units")

    expression: str = knob(
        default="x[t-1] and not x[t-3]",
        label="Your rule",
        help="The chance of a 1, made of x[t] to x[t-12], and, or, xor, not, + - *, < <= == "
        "and numbers, such as 0.5 + 0.3 * x[t-2]. Or a table: x[t-1] x[t-2]: 0.1 0.5 0.5 0.9, "
        "the chances after 00, 01, 10 and 11.",
        topic="data",
        longest=LONGEST,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        self.causes()  # an ExpressionError if it has none

    def clean_series(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        """Coin flips x, and y: flips of coins that x has loaded."""
        x = coin_flips(rng, n_bits)
        y = (rng.random(n_bits) < self.clean_probabilities(x)).astype(np.uint8)
        return Sequence(inputs=x, targets=y)

    def causes(self) -> Causes:
        """What the typed rule means."""
        return self._parsed

    @cached_property
    def _parsed(self) -> Causes:
        return parse(self.expression)

    def clean_code(self) -> str:
        """Coin flips, the probabilities that follow from them, and flips of coins so loaded."""
        causes = self.causes()
        if causes.lags:
            lines = _table_lines(causes)
        else:
            lines = f"chance = np.full(n_bits, {float(causes.table)!r})"
        return f"""x = rng.integers(2, size=n_bits, dtype=np.uint8)
{lines}
y = (rng.random(n_bits) < chance).astype(np.uint8)"""


def _table_lines(causes: Causes) -> str:
    """Lines of NumPy that look up the probability of a 1 at every step."""
    digits = [f"np.roll(x, {lag})" for lag in causes.lags]
    factors = [f"{2**power} * " if power else "" for power in reversed(range(len(digits)))]
    index = " + ".join(map("".join, zip(factors, digits, strict=True)))
    opening = "table = np.array(["
    numbers = ", ".join(map(repr, causes.table.ravel().tolist()))
    table = textwrap.fill(f"{opening}{numbers}])", WIDTH, subsequent_indent=" " * len(opening))
    comment = f"# by {', '.join(map(name_of, causes.lags))} as a binary number"
    fits = len(table.splitlines()[-1]) + len(comment) + 2 <= WIDTH
    explained = f"{table}  {comment}" if fits else f"{comment}\n{table}"
    return f"""{explained}
chance = table[{index}]
chance[:{max(causes.lags)}] = 0.5"""


RULE = OwnRule()
