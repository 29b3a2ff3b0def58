"""The copy task: letters come in, then nothing for a while, and then they are to be said again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnlab.knobs import knob
from rnnlab.rules.base import Probabilities
from rnnlab.rules.letter_strings import LetterStringRule
from rnnlab.rules.symbols import Symbols, entropy

N_LETTERS = 8
LETTERS = tuple("ABCDEFGH")
BLANK, GO = N_LETTERS, N_LETTERS + 1
"""The numbers of the two other signs: nothing, and the call to begin."""

WAITING = "while it reads and waits"


@dataclass(frozen=True)
class CopyRule(LetterStringRule):
    """Strings of `kept` letters, `blanks` - 1 blanks, a call, and as many blanks as letters.

    All letters are independent and equally likely, one of eight. The answer is a blank until the
    call has come, and then each letter in its turn. After M. Arjovsky, A. Shah and Y. Bengio,
    "Unitary evolution recurrent neural networks", 2016 (arXiv 1511.06464), after a task of
    Hochreiter & Schmidhuber's (1997): there ten letters are kept, over T blanks.
    """

    name = "copy"
    title = "The copy task"
    sentence = (
        "Some letters come, then nothing (-), then a call (?): say the letters again, in their "
        "order."
    )
    article = "memory"
    order = 77
    main_knobs = ("blanks", "kept", "cell", "units")

    kept: int = knob(
        default=10,
        label="Letters to keep",
        help="How many letters come and must be said again. Each is one of eight.",
        topic="data",
        low=1,
        high=10,
        step=1,
    )
    blanks: int = knob(
        default=5,
        label="Steps to wait",
        help="How many steps lie between the last letter and the first answer: T in the paper.",
        topic="data",
        low=1,
        high=80,
        step=1,
    )

    @property
    def string(self) -> int:
        """How many steps a string has."""
        return self.blanks + 2 * self.kept

    @property
    def derivation(self) -> str:
        """What the letters cost who has not kept them."""
        return (
            rf"\frac{{{self.kept} \cdot \ln {N_LETTERS}}}{{{self.blanks} + 2 \cdot {self.kept}}}"
            rf" = {self._guessing:.4f}"
        )

    @property
    def letters(self) -> tuple[str, ...]:
        """Eight letters, a blank and the call."""
        return (*LETTERS, "-", "?")

    @property
    def answers(self) -> tuple[str, ...]:
        """Eight letters and a blank."""
        return (*LETTERS, "-")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Before the call, and each letter after it."""
        return WAITING, *(f"letter {number}" for number in range(1, self.kept + 1))

    def strings(self, rng: np.random.Generator, n: int) -> Symbols:
        """The letters, the blanks and the call."""
        strings = np.full((n, self.string), BLANK, np.uint8)
        strings[:, : self.kept] = rng.integers(N_LETTERS, size=(n, self.kept), dtype=np.uint8)
        strings[:, -self.kept - 1] = GO
        return strings

    def targets(self, strings: Symbols) -> Symbols:
        """Blanks, and in the end the letters."""
        targets = np.full_like(strings, BLANK)
        targets[:, -self.kept :] = strings[:, : self.kept]
        return targets

    def kinds_of(self, inputs: Symbols) -> NDArray[np.intp]:
        """By its place in the string."""
        _, places = self.places(len(inputs))
        return np.maximum(places - self.kept - self.blanks + 1, 0)

    def answer_rates(self) -> Probabilities:
        """Blanks, and the letters in equal parts of the rest."""
        asked = self.kept / self.string
        return np.array([asked / N_LETTERS] * N_LETTERS + [1 - asked])

    def partial_losses(self, window: int | None = None) -> dict[str, float]:
        """Knowing when letters are due, and guessing them."""
        return {"knows when, not which letter": self._guessing}

    def numpy_code(self) -> str:
        """The letters, and the strings around them, row by row."""
        row = str(self.row or "n_bits")
        return f"""\
# 0 to {N_LETTERS - 1} are letters, {BLANK} is a blank, {GO} the call
kept, string, row = {self.kept}, {self.string}, {row}
n = n_bits // row * -(-row // string)  # strings
letters = rng.integers({N_LETTERS}, size=(n, kept), dtype=np.uint8)
x, y = np.full((2, n, string), {BLANK}, np.uint8)
x[:, :kept] = y[:, -kept:] = letters
x[:, -kept - 1] = {GO}
x, y = (each.reshape(n_bits // row, -1)[:, :row].ravel() for each in (x, y))"""

    @property
    def _guessing(self) -> float:
        """Each letter costs ln 8, all else nothing: 10 ln 8 / (T + 20) where ten are kept."""
        letters = self.kept * float(entropy(np.full(N_LETTERS, 1 / N_LETTERS)))
        return letters / self.string


RULE = CopyRule()
