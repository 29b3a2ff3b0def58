"""The parts of a table of numbers: the names of its columns, its values, and what stands around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rnnlab.errors import FileError
from rnnlab.files.cells import NOTHING, NUMBER, SHOWN, TEXT, TIME, kind
from rnnlab.files.table import Row

TOTALS = re.compile(
    r"((grand|sub|general|zwischen|gesamt|over)[ -]?)?"
    r"(totals?|totale|sums?|averages?|avg|means?|median|min(imum)?|max(imum)?|st\.? ?dev|std|summe|"
    r"gesamt|mittel(wert)?|durchschnitt|somme|moyenne|suma|soma|razem|media|média|promedio|итого|"
    r"всего|合计|總計|总计|平均|合計|합계)(?![^\W\d_])",
    re.IGNORECASE,
)
"""What the first cell of a row says that sums up the others."""

RULE = re.compile(r"[-=_–—]{4,}")
FEW = 0.1
REMARK = "#"

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

    def at(self, places: Sequence[int]) -> Layout:
        """The table with some of its rows only."""
        return replace(self, rows=tuple(self.rows[place] for place in places))

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
    dated = [any(of_row[place : place + 1] == [TIME] for place in times) for of_row in kinds]
    sums = sum(_sums_up(row.cells) for row in rows) <= FEW * n_filled
    all_dated = sum(dated) >= (1 - FEW) * n_filled
    values = [
        place
        for place, (row, of_row) in enumerate(zip(rows, kinds, strict=True))
        if _has_values(row.cells, of_row, numbers, times, sums)
        and (dated[place] or not all_dated)
        and not (place == 0 and _all_named(of_row, numbers))
    ]
    if not numbers or not values:
        raise FileError(
            f"'{name}' has no column of numbers; put commas, semicolons or tabs between the cells, "
            "and a number alone into each cell."
        )
    names, body = _names_and_body(rows, values)
    kept = {row.number for row in (*body, *filter(None, [names]))}
    return Layout(
        _names(names.cells if names else [], body),
        tuple(body),
        tuple(row for row in rows if row.filled and row.number not in kept),
        numbers,
        times,
    )


def _all_named(of_row: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether a text stands above each of several columns of numbers."""
    return len(numbers) > 1 and all(of_row[place : place + 1] == [TEXT] for place in numbers)


def _names_and_body(rows: Sequence[Row], values: Sequence[int]) -> tuple[Row | None, list[Row]]:
    """The row with the names of the columns, and those with values."""
    width = Counter(len(rows[place].cells) for place in values).most_common(1)[0][0]
    above = [row for row in rows[: values[0]] if row.filled]
    names = _row_with_names([row for row in above if len(row.cells) <= width] or above)
    places = _without_notes(rows, values, names)
    return names, [rows[place] for place in places]


def _has_values(
    cells: Sequence[str],
    kinds: Sequence[str],
    numbers: Sequence[int],
    times: Sequence[int],
    sums: bool,
) -> bool:
    """Whether a row may be one of values, if only a spoilt one, and not a note or, where there are
    `sums`, a sum.
    """
    of_times = [kinds[place] for place in times if place < len(kinds)]
    if TIME in of_times:
        return True
    if TEXT in of_times or not any(cells) or (sums and _sums_up(cells)):
        return False
    of_numbers = [place for place in numbers if place < len(kinds)]
    if any(kinds[place] == TEXT and NOTE.match(cells[place]) for place in of_numbers):
        return False
    return any(kinds[place] != NOTHING for place in of_numbers)


def _sums_up(cells: Sequence[str]) -> bool:
    return TOTALS.match(next(filter(None, cells), "")) is not None


def _without_notes(rows: Sequence[Row], values: Sequence[int], names: Row | None) -> list[int]:
    """The places of the rows with values and those between but for empty ones, sums, the names once
    more, and remarks if they are few.
    """
    remarks = {n for n, row in enumerate(rows) if "".join(row.cells[:1]).startswith(REMARK)}
    if len(remarks) > FEW * len(rows):
        remarks.clear()
    with_values = set(values)
    again = names.cells if names else []
    return [
        place
        for place in range(values[0], _last(values, rows) + 1)
        if any(rows[place].cells)
        and rows[place].cells != again
        and place not in remarks
        and (place in with_values or not _sums_up(rows[place].cells))
    ]


def _last(values: Sequence[int], rows: Sequence[Row]) -> int:
    """The place of the last row of values: what stands alone below a line is their sum."""
    if len(values) > 1 and any(map(_is_rule, rows[values[-2] + 1 : values[-1]])):
        return values[-2]
    return values[-1]


def _is_rule(row: Row) -> bool:
    """Whether a row is a line under a column."""
    return any(row.cells) and all(RULE.fullmatch(cell) for cell in row.cells if cell)


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
