"""A user's own series: what it must be, and how it is read from a CSV file."""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnlab.errors import SettingError
from rnnlab.rules.base import enumeration

FEWEST_VALUES = 50
MOST_VALUES = 20_000
LARGEST = float(np.finfo(np.float32).max)
TEST_PART = 10
"""One in so many values, the last ones, is for the test."""

STEADY = 1e-6
"""The training part must change by more than this share of what the whole series does."""

COARSE = 0.01
"""The share of a series' changes that rounding to single precision may take at most."""

MOST_BYTES = 2_000_000

NUMBER = re.compile(r"[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?")
NEARLY_NUMBER = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
MAX_QUOTED = 40
"""How many characters of a cell an error message shows."""


@dataclass(frozen=True)
class OwnSeries:
    """A user's series: small, hashable, and sure to be one that a network can be trained on.

    `values` are float32, little endian. There are FEWEST_VALUES to MOST_VALUES of them, all
    finite, and their first nine tenths change. Anything else is a `SettingError`.
    """

    name: str
    values: bytes

    def __post_init__(self) -> None:
        n_values = len(self.values) // 4
        if not FEWEST_VALUES <= n_values <= MOST_VALUES:
            raise SettingError(
                f"'{self.name}' must have {FEWEST_VALUES} to {MOST_VALUES:,} values, "
                f"but it has {n_values:,}."
            )
        array = self.array.astype(np.float64)
        if not np.isfinite(array).all():
            raise SettingError(
                f"The values of '{self.name}' must be numbers between -{LARGEST:g} and {LARGEST:g}."
            )
        if np.ptp(array) == 0:
            raise SettingError(
                f"All values of '{self.name}' are {array[0]:g}: there is nothing to learn."
            )
        train = array[: self.n_train]
        if train.std() <= STEADY * np.abs(array - train.mean()).max():
            raise SettingError(
                f"The first nine tenths of '{self.name}', which the network learns from, "
                "hardly change: there is nothing to learn."
            )

    @classmethod
    def of(cls, name: str, array: ArrayLike) -> Self:
        """The series with these values; a `SettingError` if rounding them would drown changes."""
        numbers = np.asarray(array, dtype=np.float64)
        with np.errstate(over="ignore"):
            rounded = numbers.astype("<f4")
        if np.isfinite(rounded).all():
            lost = np.abs(numbers - rounded).max(initial=0.0)
            if lost > COARSE * numbers.std() > 0:
                raise SettingError(
                    f"The values of '{name}' differ too little for their size: "
                    "take the same number away from all of them first."
                )
        return cls(name, rounded.tobytes())

    @property
    def array(self) -> NDArray[np.float32]:
        """The values, shape (values,); they cannot be changed."""
        return np.frombuffer(self.values, dtype="<f4")

    @property
    def n_train(self) -> int:
        """How many values are for training: all but the last tenth."""
        n_values = len(self.values) // 4
        return n_values - n_values // TEST_PART

    @property
    def text(self) -> str:
        """A file with one value a line: the `series.txt` that the rule's code reads."""
        return "".join(f"{value!s}\n" for value in self.array)  # without !s: all digits of a double


@dataclass(frozen=True)
class CsvRows:
    """The rows of a file: the number of each, from 1 as a spreadsheet counts, and its cells.

    `marks` are the decimal marks that can be told apart from the separator of the cells.
    """

    name: str
    rows: list[tuple[int, list[str]]]
    marks: str

    def label(self, column: int) -> str:
        """What the first row calls a column, else its number."""
        first = self.rows[0][1]
        named = column < len(first) and first[column] and self.number(first[column]) is None
        return f"'{first[column][:MAX_QUOTED]}'" if named else f"column {column + 1}"

    def number(self, cell: str) -> float | None:
        """The cell as a number, whichever the decimal mark; nan and inf as what they are."""
        if "," in self.marks and "." not in cell:
            cell = cell.replace(",", ".")
        is_number = NUMBER.fullmatch(cell) or NEARLY_NUMBER.fullmatch(cell)
        return float(cell) if is_number else None


def read_csv(content: str | bytes, name: str) -> tuple[OwnSeries, str | None]:
    """The one numeric column of a CSV file, as a series called `name`, and a notice or `None`.

    Tabs, semicolons or commas separate the cells; with the first two a decimal comma is fine. The
    first row may be a header. Columns in which fewer than half of the cells are numbers, such as
    dates, are ignored. Of a long file the last MOST_VALUES values are taken, and the notice says
    so. Text is UTF-8, UTF-16 with a byte order mark, or else Latin-1.

    A `SettingError` names what is wrong and, where it can, the row as a spreadsheet counts it.
    """
    table = _rows(_text(content, name), name)
    column = _numeric_column(table)
    cells = [
        (number, row[column] if column < len(row) else "")  # a short row lacks its last cells
        for number, row in table.rows
    ]
    first = cells[0][1]
    if first and table.number(first) is None:
        cells = cells[1:]
    if len(cells) < FEWEST_VALUES:
        raise SettingError(
            f"'{name}' has {len(cells)} values, but a series needs at least {FEWEST_VALUES}."
        )
    notice = None
    if len(cells) > MOST_VALUES:
        notice = f"'{name}' has {len(cells):,} values; the lab takes the last {MOST_VALUES:,}."
    return OwnSeries.of(name, _values(cells[-MOST_VALUES:], table)), notice


def _text(content: str | bytes, name: str) -> str:
    if len(content) > MOST_BYTES:
        raise SettingError(
            f"'{name}' has {len(content) / 1e6:.1f} MB, but a file may have at most "
            f"{MOST_BYTES / 1e6:.0f} MB."
        )
    text = content if isinstance(content, str) else _decoded(content)
    if NOT_IN_TEXT.search(text):
        raise SettingError(f"'{name}' is not a text file; save it as CSV and upload that.")
    return text.removeprefix("\ufeff")


def _decoded(content: bytes) -> str:
    """The bytes as text, with control characters in it if they are none."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _rows(text: str, name: str) -> CsvRows:
    """The rows, without empty ones at the start and the end; empty ones between them stay."""
    lines = text.splitlines()
    # The sign in most lines; if two are in equally many, the first of these three.
    separator = max("\t;,", key=lambda sign: sum(sign in line for line in lines))
    try:
        raw = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise SettingError(
            f"'{name}' cannot be read as CSV; is a quotation mark left open?"
        ) from error
    rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(raw, 1)]
    filled = [index for index, (_, row) in enumerate(rows) if any(row)]
    if not filled:
        raise SettingError(f"'{name}' is empty.")
    return CsvRows(
        name,
        rows[filled[0] : filled[-1] + 1],
        marks="." if separator == "," else ".,",
    )


def _numeric_column(table: CsvRows) -> int:
    """The one column that mostly holds numbers."""
    numbers = Counter(
        column
        for _, row in table.rows
        for column, cell in enumerate(row)
        if table.number(cell) is not None
    )
    columns = sorted(column for column, n in numbers.items() if 2 * n >= len(table.rows))
    if not columns:
        raise SettingError(f"'{table.name}' has no column of numbers.")
    if len(columns) > 1:
        labels = [table.label(column) for column in columns[:5]]
        more = [] if len(columns) <= 5 else ["others"]
        raise SettingError(
            f"'{table.name}' has {len(columns)} columns of numbers, {enumeration(labels + more)}; "
            "keep one of them and upload it again."
        )
    return columns[0]


def _values(cells: list[tuple[int, str]], table: CsvRows) -> list[float]:
    """The cells as numbers; if one has a decimal comma, no other may have a decimal point."""
    comma = "," in table.marks and any("," in cell for _, cell in cells)
    values = []
    for row, cell in cells:
        if not cell:
            raise SettingError(f"Row {row} of '{table.name}' has no value.")
        value = None if comma and "." in cell else table.number(cell)
        if value is None or math.isnan(value):
            raise SettingError(
                f"Row {row} of '{table.name}' holds '{cell[:MAX_QUOTED]}' where a number should be."
            )
        if abs(value) > LARGEST:
            raise SettingError(
                f"Row {row} of '{table.name}' holds '{cell[:MAX_QUOTED]}', "
                f"but no value may be larger than {LARGEST:.0e}."
            )
        values.append(value)
    return values


def example_csv() -> str:
    """A small file to try: 600 made-up weeks with a season of 52 weeks, a trend and noise."""
    weeks = np.arange(600)
    noise = np.random.default_rng(1).normal(0, 3, size=600)
    values = 100 + 0.05 * weeks + 20 * np.sin(2 * np.pi * weeks / 52) + noise
    days = [date(2014, 1, 6) + timedelta(weeks=int(week)) for week in weeks]
    lines = [f"{day},{value:.1f}\n" for day, value in zip(days, values, strict=True)]
    return "week,made-up value\n" + "".join(lines)
