"""The values of one column: its cells as numbers, what is told of them, what must be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rnnlab.errors import FileError
from rnnlab.files.cells import NUMBER, SHOWN, kind
from rnnlab.files.numbers import Numbers, Reading, read_numbers
from rnnlab.files.written import DECIMAL, MINUS, NO_NUMBER, NOTHING_BUT_MONEY, written

MINUS_BEHIND = re.compile(rf"[0-9][{MINUS}][^0-9{MINUS}]*\Z")
MARKS = {".": "point", ",": "comma", " ": "space", "'": "apostrophe"}


@dataclass(frozen=True)
class ValueColumn:
    """A column that may be learnt: what it is called, and its cells as they are written."""

    label: str
    cells: tuple[str, ...]

    def at(self, places: Sequence[int]) -> ValueColumn:
        """The column at some places only."""
        return replace(self, cells=tuple(self.cells[place] for place in places))


def numbers_of(column: ValueColumn, rows: Sequence[int], largest: float, name: str) -> Numbers:
    """The cells of a column as numbers; `rows` are the numbers of their rows.

    A `FileError` names the first row whose cell is none, or is larger than `largest`.
    """
    numbers = read_numbers(column.cells)
    if numbers.wrong is not None:
        row, cell = rows[numbers.wrong], column.cells[numbers.wrong]
        raise FileError(f"Row {row} of '{name}' holds '{cell[:SHOWN]}'{_wrong(cell, largest)}.")
    for row, cell, value in zip(rows, column.cells, numbers.readings[0].values, strict=True):
        if abs(value) > largest:
            raise FileError(f"Row {row} of '{name}' holds '{cell[:SHOWN]}'{_too_large(largest)}.")
    return numbers


def _wrong(cell: str, largest: float) -> str:
    """What is wrong with a cell, as the end of a sentence."""
    if written(cell) is not None:
        return ", which is not written like the other numbers of its column"
    if NO_NUMBER.fullmatch(cell) and "nan" not in cell.lower():
        return _too_large(largest)
    return " where a number should be"


def _too_large(largest: float) -> str:
    return f", but no value may be larger than {largest:.0e}"


def settled(
    readings: tuple[Reading, ...], others: Iterable[ValueColumn], wish: str | None
) -> Reading | None:
    """The one of these readings that is meant, or None if the visitor must be asked.

    That is the one with the decimal mark of the visitor's `wish` ("": none), or else the one that
    goes with the decimal marks of other columns.
    """
    if len(readings) == 1:
        return readings[0]
    for reading in readings:
        if wish is not None and reading.decimal == wish:
            return reading
    every = [
        read_numbers([cell for cell in other.cells if kind(cell) == NUMBER]).readings
        for other in others
    ]
    marks = {known[0].decimal for known in every if len(known) == 1} - {""}
    usual = [reading for reading in readings if _goes_with(reading, marks)]
    return usual[0] if len(usual) == 1 else None


def _goes_with(reading: Reading, decimals: set[str]) -> bool:
    """Whether a reading gives all these decimal marks that very role, and no other mark."""
    return bool(decimals) and all(
        (mark in decimals) == (role == DECIMAL) for mark, role in reading.roles
    )


def explained(column: ValueColumn, numbers: Numbers, reading: Reading) -> Iterator[str]:
    """Sentences about marks and units that not everybody reads alike, each with an example."""

    def example(sign: str, places: Sequence[int] = ()) -> str:
        places = places or [n for n, cell in enumerate(column.cells) if written_with(sign, cell)]
        place = next((n for n in places if reading.values[n] % 1), places[0])
        return f"{column.cells[place][:SHOWN]} is {shortest(reading.values[place])}"

    for mark, role in reading.roles:
        if role == DECIMAL and mark != ".":
            yield f"The {MARKS[mark]} is the decimal mark: {example(mark)}."
        elif role != DECIMAL:
            yield f"The {MARKS[mark]} stands between thousands: {example(mark)}."
    if numbers.unit == "%":
        yield f"The values are per cent: {example('%')}."
    elif numbers.unit:
        unit = numbers.unit
        yield f"'{unit}' stands beside the numbers and is left out: {example(unit)}."
    behind = [n for n, cell in enumerate(column.cells) if MINUS_BEHIND.search(cell)]
    if any(reading.values[place] < 0 for place in behind):
        yield f"A minus behind a number makes it negative: {example('', behind)}."
    dashes = [n for n, cell in enumerate(column.cells) if NOTHING_BUT_MONEY.fullmatch(cell)]
    if dashes:
        yield f"A dash beside a sign of money is nothing: {example('', dashes)}."
    if numbers.brackets:
        yield f"Numbers in brackets are negative: {example('(')}."


def written_with(sign: str, cell: str) -> bool:
    """Whether a mark, unit or bracket stands in a cell, in one of its forms."""
    return sign in cell or (
        sign in " '" and any(other in cell for other in "\u00a0\u2007\u2009\u202f’")
    )


def shortest(value: float) -> str:
    """A value with the digits that it has, and no more."""
    return f"{value:.15g}"
