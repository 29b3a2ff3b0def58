"""Where the numbers that stand in a formula are found among the matrices of a bench."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.handcheck.bench import BIASES, Bench
from rnnlab.handcheck.equations import state_symbols
from rnnlab.handcheck.matrices import TextRows


@dataclass(frozen=True)
class Place:
    """Some rows and columns of the matrix `matrix` of a bench, counted from 0."""

    matrix: str
    top: int
    left: int
    rows: int
    columns: int

    def read(self, cells: TextRows) -> TextRows:
        """The cells that stand here, of the matrix `cells`."""
        rows = cells[self.top : self.top + self.rows]
        return tuple(row[self.left : self.left + self.columns] for row in rows)

    def fits(self, block: TextRows) -> bool:
        """Whether a block of cells has as many rows and columns as there are here."""
        return [len(row) for row in block] == [self.columns] * self.rows

    def written(self, cells: TextRows, block: TextRows) -> TextRows:
        """The matrix `cells` with the cells of `block` here."""
        lines = [list(row) for row in cells]
        for line, row in zip(lines[self.top :], block, strict=False):
            line[self.left : self.left + self.columns] = row
        return tuple(map(tuple, lines))


def place_of(bench: Bench, symbol: str, t: int) -> Place | None:
    """The place of x_t, of the state before the first step, or of a weight such as W_i.

    None for what a step calculates.
    """
    letter, _, index = symbol.partition("_")
    units = bench.units
    if index == "t":
        return Place("inputs", t - 1, 0, 1, bench.features) if letter == "x" else None
    if index == "{t-1}":
        row = state_symbols(bench.cell_type).index(letter)
        return Place("state", row, 0, 1, units) if t == 1 else None
    left = bench.cell_type.gates.index(index) * units if index else 0
    if letter in BIASES:
        return Place("bias", BIASES.index(letter), left, 1, units)
    matrix, rows = ("kernel", bench.features) if letter == "W" else ("recurrent_kernel", units)
    return Place(matrix, 0, left, rows, units)
