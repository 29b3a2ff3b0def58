"""The adding problem: two of many numbers are marked, and their sum is asked for at the end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.errors import SettingError
from rnnlab.rules.series import SampleRule, Samples

N_TRAIN, N_TEST = 10_000, 2_000
SEED = 1997


@dataclass(frozen=True)
class AddingRule(SampleRule):
    """10,000 sequences for training, 2,000 for the test: a value and a mark at each step.

    Values are uniform between 0 and 1, as Le, Jaitly & Hinton have them (2015). Two steps of each
    sequence are marked with a 1, one in the first half and one in the second, which is a step
    longer if their number is odd: so Arjovsky, Shah & Bengio mark them (2016). The target is the
    sum of the two marked values. The problem is Hochreiter & Schmidhuber's (1997), who have values
    between -1 and 1, and both marks in the first half.
    """

    name = "adding"
    title = "The adding problem"
    sentence = "Random numbers come in, two of them marked. At the end, say the sum of these two."
    article = "memory"
    order = 55
    main_knobs = ("window", "cell", "units")
    consists_of = "sequences"
    derivation = r"""\begin{aligned}
\text{one} &\quad \int_0^1 \left(u - \tfrac12\right)^2 du = \tfrac1{12} = 0.0833 \\
\text{two} &\quad \tfrac1{12} + \tfrac1{12} = \tfrac16 = 0.1667
\end{aligned}"""

    def shape(self, window: int) -> tuple[int, int]:
        """A value and a mark at each step."""
        return window, 2

    def samples(self, window: int) -> Samples:
        """All sequences, each with the sum of its two marked values."""
        n, half = self.n_samples(window) + N_TEST, window // 2
        rng = np.random.default_rng(SEED)
        values = rng.random((n, window), dtype=np.float32)
        marks = np.zeros((n, window), np.float32)
        marks[np.arange(n), rng.integers(half, size=n)] = 1
        marks[np.arange(n), rng.integers(half, window, size=n)] = 1
        inputs, targets = np.stack([values, marks], axis=-1), (values * marks).sum(axis=1)
        return Samples(inputs[:N_TRAIN], targets[:N_TRAIN], inputs[N_TRAIN:], targets[N_TRAIN:])

    def n_samples(self, window: int) -> int:
        """As many for any window that has room for two marks."""
        if window < 2:
            raise SettingError("Two numbers are marked, so a window must have at least two steps.")
        return N_TRAIN

    def baselines(self, window: int) -> dict[str, float]:
        """In the long run: a value varies by 1/12, and the sum of two by twice as much."""
        return {"always the mean, 1": 1 / 6, "knows only the later number": 1 / 12}

    def numpy_code(self) -> str:
        """The values, the marks and the sums."""
        return f"""rng = np.random.default_rng({SEED})
n, half = {N_TRAIN + N_TEST}, window // 2
values = rng.random((n, window), dtype=np.float32)
marks = np.zeros((n, window), np.float32)
marks[np.arange(n), rng.integers(half, size=n)] = 1  # one in each half
marks[np.arange(n), rng.integers(half, window, size=n)] = 1
inputs, targets = np.stack([values, marks], axis=-1), (values * marks).sum(axis=1)
x, y = inputs[:{N_TRAIN}], targets[:{N_TRAIN}]
x_test, y_test = inputs[{N_TRAIN}:], targets[{N_TRAIN}:]"""


RULE = AddingRule()
