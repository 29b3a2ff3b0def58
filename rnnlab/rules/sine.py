"""The sine wave, as the article samples it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.knobs import knob
from rnnlab.rules.series import Numbers, SeriesRule

N_TRAIN, N_TEST = 10_000, 1_000


@dataclass(frozen=True)
class SineRule(SeriesRule):
    """10,000 points of sin on [0, 100] for training, 1,000 on [100, 110] for the test.

    Both ends belong to each piece, as in the article, so the steps are a little longer than 0.01:
    100/9999 and 10/999. Two things differ. The article rounds the points to single precision
    before it takes the sine, which puts errors of some 1e-6 into the values; here only the sine is
    rounded. And it leaves out the last window of each piece, which has a next value too: 9,989 and
    989 samples there, 9,990 and 990 here for windows of 10.
    """

    name = "sine"
    title = "The sine wave"
    sentence = "A short piece of a sine wave comes in. Say the value that follows."
    article = "sine"
    order = 50
    main_knobs = ("as_printed", "window", "cell")

    as_printed: bool = knob(
        default=False,
        label="As printed",
        help="On: all values of a window come in at once, as the features of a single time step, "
        "so the state is never used. That is what the article's code does. Off: one value comes "
        "in at each step, as the article means it.",
        topic="data",
    )

    def shape(self, window: int) -> tuple[int, int]:
        """`window` steps of one value; as printed, one step of `window` values."""
        return (1, window) if self.as_printed else (window, 1)

    def train_test_values(self) -> tuple[Numbers, Numbers]:
        """The sine at evenly spaced points."""
        train = np.sin(np.linspace(0, 100, N_TRAIN)).astype(np.float32)
        test = np.sin(np.linspace(100, 110, N_TEST)).astype(np.float32)
        return train, test

    def n_values(self) -> int:
        """The article's 10,000."""
        return N_TRAIN

    def values_code(self) -> str:
        """The sine at evenly spaced points."""
        return f"""train = np.sin(np.linspace(0, 100, {N_TRAIN})).astype(np.float32)
test = np.sin(np.linspace(100, 110, {N_TEST})).astype(np.float32)"""


RULE = SineRule()
