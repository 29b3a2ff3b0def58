"""Temporal order: two letters among many count, and so does which of them came first."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnlab.knobs import knob
from rnnlab.rules.base import Probabilities
from rnnlab.rules.letter_strings import LetterStringRule
from rnnlab.rules.symbols import Symbols

N_NOISE = 4
X, Y, CALL, BEGIN = range(N_NOISE, N_NOISE + 4)
"""The numbers of the two letters that count, of the call at the end, and of the beginning."""

CLASSES = tuple("QRSU")
"""What is to be said after X X, X Y, Y X and Y Y."""

NOT_ASKED, SAME, DIFFERENT = "before the end", "two of the same", "first one, then the other"


@dataclass(frozen=True)
class TemporalOrderRule(LetterStringRule):
    """Strings E … X … Y … B, and at the B the answer: one of four classes, by the two in between.

    Each of the two is an X or a Y. The first one stands after a tenth to a fifth of the `steps`,
    the second after a half to three fifths; all else is a, b, c or d by chance. Task 2a of S.
    Hochreiter and J. Schmidhuber, "LSTM can solve hard long time lag problems", 1997, and 6a of
    their "Long short-term memory", 1997: there a string has 100 to 110 steps. Before the B the
    answer is a blank, which is soon learnt, and costs nothing then.
    """

    name = "temporal-order"
    title = "Temporal order"
    sentence = (
        "Two of many letters are an X or a Y. At the end (B) say which, in their order: Q for XX, "
        "R for XY, S for YX, U for YY."
    )
    article = "memory"
    order = 78
    main_knobs = ("steps", "cell", "units")

    steps: int = knob(
        default=30,
        label="Letters in a string",
        help="How long a string is. Its two letters that count stand near its beginning and a bit "
        "behind its middle.",
        topic="data",
        low=10,
        high=110,
        step=1,
    )

    @property
    def string(self) -> int:
        """As many steps."""
        return self.steps

    @property
    def derivation(self) -> str:
        """What the one answer of a string costs who knows a part, by step."""
        return rf"""\begin{{aligned}}
\text{{nothing}} &\quad \ln 4 / {self.steps} = {math.log(4) / self.steps:.4f} \\
\text{{one of the two}} &\quad \ln 2 / {self.steps} = {math.log(2) / self.steps:.4f} \\
\text{{both, without order}} &\quad \tfrac12 \ln 2 / {self.steps}
 = {math.log(2) / 2 / self.steps:.4f}
\end{{aligned}}"""

    @property
    def letters(self) -> tuple[str, ...]:
        """Four that mean nothing, the two that count, the call and the beginning."""
        return (*"abcd", "X", "Y", "B", "E")

    @property
    def answers(self) -> tuple[str, ...]:
        """Four classes and a blank."""
        return (*CLASSES, "-")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Where nothing is asked, and where the order does not count or does."""
        return NOT_ASKED, SAME, DIFFERENT

    def strings(self, rng: np.random.Generator, n: int) -> Symbols:
        """Noise, with a letter in each of its two places."""
        strings = rng.integers(N_NOISE, size=(n, self.steps), dtype=np.uint8)
        strings[:, 0], strings[:, -1] = BEGIN, CALL
        for earliest, latest in self._places:
            at = rng.integers(earliest, latest, size=n, endpoint=True)
            strings[np.arange(n), at] = rng.integers(X, Y, size=n, endpoint=True)
        return strings

    def targets(self, strings: Symbols) -> Symbols:
        """Blanks, and the class in the end."""
        targets = np.full_like(strings, len(CLASSES))
        targets[:, -1] = 2 * self._is_y(strings, 0) + self._is_y(strings, 1)
        return targets

    def kinds_of(self, inputs: Symbols) -> NDArray[np.intp]:
        """By its place, and by the answer."""
        targets = self.target_probabilities(inputs).argmax(axis=1)
        kinds: NDArray[np.intp] = np.array([1, 2, 2, 1, 0])[targets]
        return kinds

    def answer_rates(self) -> Probabilities:
        """One class a string."""
        return np.array([1 / len(CLASSES)] * len(CLASSES) + [self.steps - 1]) / self.steps

    def partial_losses(self, window: int | None = None) -> dict[str, float]:
        """Knowing that an answer is due, one of the letters, and both but not their order."""
        return {
            "knows when, not which": math.log(4) / self.steps,
            "knows one of the two": math.log(2) / self.steps,
            "knows both, not their order": math.log(2) / 2 / self.steps,
        }

    def numpy_code(self) -> str:
        """The noise, the two letters in their places, and the class."""
        row = str(self.row or "n_bits")
        return f"""\
n = n_bits // {row} * -(-{row} // {self.steps})  # strings
x = rng.integers({N_NOISE}, size=(n, {self.steps}), dtype=np.uint8)  # a, b, c, d
y = np.full_like(x, {len(CLASSES)})  # a blank; at last 2 for a first Y, 1 for a second
x[:, 0], x[:, -1], y[:, -1] = {BEGIN}, {CALL}, 0  # E, B; X, Y: {X}, {Y}
for weight, places in zip((2, 1), {self._places}):
    at, letter = (rng.integers(*ends, size=n, endpoint=True) for ends in (places, ({X}, {Y})))
    x[np.arange(n), at], y[:, -1] = letter, y[:, -1] + weight * (letter == {Y})
x, y = (each.reshape(n_bits // {row}, -1)[:, :{row}].ravel() for each in (x, y))"""

    @property
    def _places(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The first and the last place of each of the two, from 0."""
        n = self.steps
        return (n // 10, n // 5), (n // 2, 3 * n // 5)

    def _is_y(self, strings: Symbols, number: int) -> NDArray[np.bool_]:
        """Whether a Y stands in the first or in the second of the two stretches, (n,)."""
        earliest, latest = self._places[number]
        has_y: NDArray[np.bool_] = (strings[:, earliest : latest + 1] == Y).any(axis=1)
        return has_y


RULE = TemporalOrderRule()
