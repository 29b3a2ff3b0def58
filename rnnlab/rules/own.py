"""A rule of one's own: typed, as an expression or as a table of probabilities."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from rnnlab.knobs import Knob, Value
from rnnlab.rules.base import Sequence, coin_flips
from rnnlab.rules.expression import name_of, parse
from rnnlab.rules.expression_tokens import LONGEST
from rnnlab.rules.lagged import Causes, LaggedRule

WIDTH = 92


class OwnRule(LaggedRule):
    """P(y[t] = 1) is what the user says, of up to four inputs at most 12 steps ago.

    Targets whose causes lie before the first input are fair flips.
    """

    name = "own"
    title = "A rule of your own"
    sentence = "You say, for each pattern of past coin flips, how likely a 1 is."
    article = "A. The pair rule"
    order = 35
    matters = ("expression", "window", "units")
    knobs: ClassVar[Mapping[str, Knob]] = {
        "expression": Knob(
            default="x[t-1] and not x[t-3]",
            label="Your rule",
            help="The chance of a 1, made of x[t] to x[t-12], and, or, xor, not, + - *, < <= == "
            "and numbers, such as 0.5 + 0.3 * x[t-2]. Or a table: x[t-1] x[t-2]: 0.1 0.5 0.5 0.9, "
            "the chances after 00, 01, 10 and 11.",
            topic="data",
            longest=LONGEST,
        )
    }

    def generate(self, rng: np.random.Generator, n_bits: int, **parameters: Value) -> Sequence:
        """Coin flips x, and y: flips of coins that x has loaded."""
        x = coin_flips(rng, n_bits)
        y = (rng.random(n_bits) < self.truth(x, **parameters)).astype(np.uint8)
        return Sequence(inputs=x, targets=y)

    def causes(self, **parameters: Value) -> Causes:
        """What the typed rule means; an `ExpressionError` if it means nothing."""
        return parse(str(self.check(parameters)["expression"]))

    def check(self, parameters: Mapping[str, Value]) -> dict[str, Value]:
        """The parameters; an `ExpressionError` too, for a rule that means nothing."""
        checked = super().check(parameters)
        parse(str(checked["expression"]))
        return checked

    def recipe(self, **parameters: Value) -> str:
        """Coin flips, the chances that follow from them, and flips of coins so loaded."""
        causes = self.causes(**parameters)
        if causes.lags:
            chance = _chance_lines(causes)
        else:
            chance = f"chance = np.full(n_bits, {float(causes.table)!r})"
        return f"""x = rng.integers(2, size=n_bits, dtype=np.uint8)
{chance}
y = (rng.random(n_bits) < chance).astype(np.uint8)"""


def _chance_lines(causes: Causes) -> str:
    """Lines of NumPy that look up the chance of a 1 at every step."""
    digits = [f"np.roll(x, {lag})" for lag in causes.lags]
    places = [f"{2**power} * " if power else "" for power in reversed(range(len(digits)))]
    number = " + ".join(map("".join, zip(places, digits, strict=True)))
    opening = "table = np.array(["
    numbers = ", ".join(map(repr, causes.table.ravel().tolist()))
    table = textwrap.fill(f"{opening}{numbers}])", WIDTH, subsequent_indent=" " * len(opening))
    about = f"# by {', '.join(map(name_of, causes.lags))} as a binary number"
    fits = len(table.splitlines()[-1]) + len(about) + 2 <= WIDTH
    explained = f"{table}  {about}" if fits else f"{about}\n{table}"
    return f"""{explained}
chance = table[{number}]
chance[:{max(causes.lags)}] = 0.5"""


RULE = OwnRule()
