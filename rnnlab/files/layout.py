"""The parts of a table of numbers: the names of its columns, its values, and what stands around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rnnlab.errors import FileError
from rnnlab.files.cells import NOTHING, NUMBER, SHOWN, TEXT, TIME, kind
from rnnlab.files.table import Row

TOTALS = re.compile(
    r"(grand |sub)?totals?|sums?|averages?|means?|median|min(imum)?|max(imum)?|summe|gesamt|"
    r"mittel(wert)?|somme|moyenne|suma|media|合计|总计|平均",
    re.IGNORECASE,
)
"""What the first cell of a row says that sums up the others."""

UNIT = re.compile(r"[()\[\]°/%²³]|YYYY|yyyy")
"""What stands in units and in patterns of dates."""

NOTE = re.compile(r"\W*[^\W\d_](?![0-9])|[^0-9]+\Z")
"""How notes begin: with a letter and no digit after it; or they have no digit at all."""


@dataclass(frozen=True)
class Layout:
    """A table of numbers.

    `names` are those of the columns, "" where there is none. `rows` are those with values, and
    those between them that should have some; `aside` are the others that have something in them,
    but for the one with the names. `numbers` and `times` are the places of columns most of whose
    cells are numbers, or dates and times.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    aside: tuple[Row, ...]
    numbers: tuple[int, ...]
    times: tuple[int, ...]

    def column(self, place: int) -> list[str]:
        """The cells of a column; a short row lacks its last ones."""
        return [row.cells[place] if place < len(row.cells) else "" for row in self.rows]

    def label(self, place: int) -> str:
        """What a column is called, in quotes, else its number."""
        names = [name[:SHOWN] for name in self.names]
        if not names[place]:
            return f"column {place + 1}"
        twice = f" (column {place + 1})" if names.count(names[place]) > 1 else ""
        return f"'{names[place]}'{twice}"


def layout_of(rows: Sequence[Row], name: str) -> Layout:
    """The parts of a table whose cells have no space around them; `name` is that of its file.

    A `FileError` if it has no column of numbers.
    """
    kinds = [[kind(cell) for cell in row.cells] for row in rows]
    n_filled = sum(any(cell != NOTHING for cell in of_row) for of_row in kinds)
    counts = Counter(
        (place, cell) for of_row in kinds for place, cell in enumerate(of_row) if cell != NOTHING
    )
    numbers, times = (
        tuple(sorted(place for (place, k), n in counts.items() if k == which and 2 * n >= n_filled))
        for which in (NUMBER, TIME)
    )
    values = [
        place
        for place, (row, of_row) in enumerate(zip(rows, kinds, strict=True))
        if _has_values(row.cells, of_row, numbers, times)
    ]
    if not numbers or not values:
        raise FileError(
            f"'{name}' has no column of numbers; put commas, semicolons or tabs between the cells, "
            "and a number alone into each cell."
        )
    first, last = values[0], values[-1]
    above = [row for row in rows[:first] if row.filled]
    names = _row_with_names(above)
    aside = [*above, *(row for row in rows[last + 1 :] if row.filled)]
    return Layout(
        _names(names.cells if names else [], rows[first : last + 1]),
        tuple(rows[first : last + 1]),
        tuple(row for row in aside if row is not names),
        numbers,
        times,
    )


def _has_values(
    cells: Sequence[str], kinds: Sequence[str], numbers: Sequence[int], times: Sequence[int]
) -> bool:
    """Whether a row may be one of values, if only a spoilt one, and not a note or a sum."""
    of_times = [kinds[place] for place in times if place < len(kinds)]
    if TIME in of_times:
        return True
    if TEXT in of_times or not any(cells) or TOTALS.fullmatch(next(filter(None, cells))):
        return False
    of_numbers = [place for place in numbers if place < len(kinds)]
    if any(kinds[place] == TEXT and NOTE.match(cells[place]) for place in of_numbers):
        return False
    return any(kinds[place] != NOTHING for place in of_numbers)


def _row_with_names(above: Sequence[Row]) -> Row | None:
    """The fullest of the rows above the values, the last of several, but above that with units."""
    texts = [row for row in above if not any(kind(cell) in (NUMBER, TIME) for cell in row.cells)]
    n_cells = [sum(map(bool, row.cells)) for row in texts or above]
    fullest = [row for row, n in zip(texts or above, n_cells, strict=True) if n == max(n_cells)]
    if len(fullest) > 1 and any(map(UNIT.search, fullest[-1].cells)):
        return fullest[-2]
    return fullest[-1] if fullest else None


def _names(cells: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """The names of all columns; if all rows have one cell more, the first has no name."""
    width = max(len(row.cells) for row in rows)
    if 1 < len(cells) == width - 1 and all(len(row.cells) == width for row in rows):
        cells = ["", *cells]
    return (*cells, *[""] * (width - len(cells)))
