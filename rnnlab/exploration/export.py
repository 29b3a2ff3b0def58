"""Data to take away as CSV: bits or letters with probabilities, or samples of numbers."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from rnnlab.exploration.letters import SURE, letters_of
from rnnlab.exploration.series import FORCED, series_of, target_kind
from rnnlab.rules import Sequence, StreamRule
from rnnlab.rules.expression import name_of
from rnnlab.settings import Settings

MOST_ROWS = 500_000
BEFORE = 2
"""Stands for a cause that would lie before the series; in the file its cell is empty."""

CELLS = ("0", "1", "")


@dataclass(frozen=True, eq=False)
class CsvFile:
    """A CSV file not yet written: `header`, and what each row holds after its number.

    Row i is i, counted from 0, a comma and `endings[indices[i]]`: of the many rows few differ.
    """

    header: str
    endings: tuple[str, ...]
    indices: NDArray[np.intp]

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return len(self.indices)

    @property
    def size(self) -> int:
        """Bytes of the file."""
        lengths = np.array([len(ending) for ending in self.endings])
        digits: int = sum(self.n_rows - min(10**power, self.n_rows) for power in range(1, 9))
        return len(self.header) + 1 + int(lengths[self.indices].sum()) + 3 * self.n_rows + digits

    @property
    def csv(self) -> bytes:
        """The file, every line ending in a line feed."""
        endings = [f",{ending}\n" for ending in self.endings]
        indices = self.indices.tolist()
        rows = "".join([f"{number}{endings[index]}" for number, index in enumerate(indices)])
        return f"{self.header}\n{rows}".encode()


def n_rows(settings: Settings) -> int:
    """How many rows can be taken away: steps of the series, or samples for training and test."""
    if isinstance(settings.data, StreamRule):
        return min(settings.rows * settings.length, MOST_ROWS)
    samples = settings.sample_rule.samples(settings.window)
    return len(samples.targets) + len(samples.test_targets)


def bits_csv(settings: Settings, n_rows: int) -> CsvFile:
    """The first steps of the series: t from 0, x, y, P(y=1), whether that forces y, and causes.

    There is a column for each input that the target depends on, except x itself; inputs before the
    series are empty.
    """
    rule = settings.bit_rule
    series, n_bits = series_of(settings), min(n_rows, MOST_ROWS)
    inputs, targets = series.inputs[:n_bits], series.targets[:n_bits]
    lags = tuple(lag for lag in rule.lags if lag)
    probabilities, probability_indices = np.unique(
        rule.target_probabilities(inputs), return_inverse=True
    )
    indices = probability_indices.astype(np.intp)
    causes = [(_ago(inputs, lag), 3) for lag in lags]
    for column, base in [(inputs, 2), (targets, 2), *causes]:
        indices = base * indices + column
    combinations = [(0, 1), (0, 1), *[(0, 1, BEFORE)] * len(lags)]
    endings = tuple(
        ",".join(map(str, (x, y, probability, _forced(probability), *(CELLS[bit] for bit in past))))
        for probability in probabilities.tolist()
        for x, y, *past in product(*combinations)
    )
    header = ",".join(["t", "x", "y", "P(y=1)", "forced", *map(name_of, lags)])
    return CsvFile(header, endings, indices)


def letters_csv(settings: Settings, n_rows: int) -> CsvFile:
    """The first steps of the series: t from 0, x, y, P(y), and whether y is the only answer."""
    rule, series = settings.symbol_rule, letters_of(settings)
    n = min(n_rows, MOST_ROWS)
    x, y = series.inputs[:n], series.targets[:n]
    p = np.exp(-rule.costs(Sequence(x, y)))
    rows = np.column_stack([x, y, p])
    distinct, indices = np.unique(rows, axis=0, return_inverse=True)
    endings = tuple(
        f"{rule.letters[int(x)]},{rule.answers[int(y)]},{p:.6g},{'yes' if p > SURE else 'no'}"
        for x, y, p in distinct.tolist()
    )
    return CsvFile("t,x,y,P(y),only answer", endings, indices.ravel())


def samples_csv(settings: Settings, n_rows: int) -> bytes:
    """The first samples, one a row: its number, what it is for, its numbers in time, its target.

    Those for training come first, then those for the test, in the order in which they are made.
    """
    samples = settings.sample_rule.samples(settings.window)
    n_train = min(len(samples.targets), n_rows)
    n_test = min(len(samples.test_targets), n_rows - n_train)
    inputs = np.concatenate([samples.inputs[:n_train], samples.test_inputs[:n_test]])
    targets = np.concatenate([samples.targets[:n_train], samples.test_targets[:n_test]])
    numbers = np.column_stack([inputs.reshape(len(inputs), -1), targets])
    values, indices = np.unique(numbers, return_inverse=True)  # far fewer: windows overlap
    texts = np.array([str(value) for value in values], dtype=object)
    uses = ["training"] * n_train + ["test"] * n_test
    rows = texts[indices.reshape(numbers.shape)].tolist()
    lines = [
        f"{number},{use},{','.join(row)}"
        for number, (use, row) in enumerate(zip(uses, rows, strict=True))
    ]
    return "\n".join([_header(inputs.shape[1:]), *lines, ""]).encode()


def _header(shape: Many[int]) -> str:
    """A column for each number: "step 1", or "step 1 feature 2" if there are several a step."""
    n_steps, n_features = shape
    names = [
        f"step {step}" + (f" feature {feature}" if n_features > 1 else "")
        for step in range(1, n_steps + 1)
        for feature in range(1, n_features + 1)
    ]
    return ",".join(["sample", "for", *names, "target"])


def _ago(inputs: NDArray[np.uint8], lag: int) -> NDArray[np.uint8]:
    past = np.full(len(inputs), BEFORE, dtype=np.uint8)
    past[lag:] = inputs[: len(inputs) - lag]
    return past


def _forced(probability: float) -> str:
    return "yes" if target_kind(probability) == FORCED else "no"
