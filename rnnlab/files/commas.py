"""Rows of a table with commas whose numbers have commas of their own: 1949-01,1,044 put right.

The sign of it is that rows have more cells than the header names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rnnlab.errors import FileError
from rnnlab.files.cells import NOTHING, NUMBER, SHOWN, TEXT, TIME, kind
from rnnlab.files.table import Row
from rnnlab.files.written import DECIMAL, FORMS, GROUPS, LONGEST, possible, written

COMMA = ","
WHOLE = re.compile(r"-?[0-9]{1,15}")
LOOSE_COMMA = re.compile(",(?![0-9])")
WHOLE_IN_GROUPS = re.compile(r"-?[0-9]{1,3}(?:[.'’ ][0-9]{3}){1,4}|" + WHOLE.pattern)
FRACTION = re.compile(r"[0-9]{1,15}")

FEW = 0.1
"""The share of rows below which a decimal comma is rather a slip."""
MOST_COLUMNS = 12
"""In wider tables nobody could see which commas belong to numbers."""


@dataclass(frozen=True)
class Joint:
    """Columns, by their places in the header, whose numbers were cut at their own commas."""

    columns: tuple[int, ...]
    role: str

    def join(self, cells: Sequence[str], n_extra: int) -> list[str] | None:
        """The cells with the pieces of each number joined; None if they make no such numbers."""
        if n_extra == 0:
            return list(cells)
        n_pieces, rest = divmod(n_extra, len(self.columns))
        if rest:
            return None
        joined: list[str] = []
        place = 0
        while place < len(cells):
            if len(joined) in self.columns:
                number = COMMA.join(cells[place : place + n_pieces + 1])
                if not _is_number(number, self.role):
                    return None
                joined.append(number)
                place += n_pieces
            else:
                joined.append(cells[place])
            place += 1
        return joined


def rejoined(rows: list[Row], n_above: int, name: str) -> tuple[list[Row], str | None]:
    """The rows with their numbers whole again, and a sentence for who gave the file, or None.

    The first `n_above` rows hold no number and no date. A `FileError` names the first row with too
    many cells if it cannot be told which of them belong together.
    """
    body = _with_numbers(rows[n_above:])
    above = [row.trimmed for row in rows[:n_above]]
    width = max((len(row.cells) for row in above), default=0)
    width = width or min((len(row.cells) for row in body), default=0)
    widths = [len(row.cells) for row in body]
    wide = [row for row in body if len(row.cells) > width]
    if not wide:
        return rows, None
    joints = _joints(body, width)
    places = {joint.columns for joint in joints}
    if not places and all(
        kind(cell) in (TEXT, NOTHING) for row in wide for cell in row.cells[width:]
    ):
        return rows, None
    no_header = not places and not (width == 1 and _mostly_halves(body))
    if (no_header or (width == 1 and _counts(body))) and len(set(widths)) == 1:
        return rows, None  # only a title stands above
    if len(places) != 1:
        row = wide[0]
        raise FileError(
            f"Row {row.number} of '{name}', '{COMMA.join(row.cells)[:SHOWN]}', has "
            f"{len(row.cells)} cells, but the table has {width} columns; if a comma in it belongs "
            "to a number, put the number between quotation marks, or semicolons between the cells."
        )
    joint = joints[0]
    numbers = {row.number: joint.join(row.cells, len(row.cells) - width) for row in wide}
    whole = [Row(row.number, numbers.get(row.number) or row.cells) for row in rows]
    examples = [(numbers[wide[0].number] or [])[place] for place in joint.columns]
    rows_have = "1 row has" if len(wide) == 1 else f"{len(wide):,} rows have"
    sentence = (
        f"{rows_have} more cells than the table has columns, row {wide[0].number} the first: there "
        f"a comma belongs to the number, as in {' and '.join(examples)}."
    )
    return whole, sentence


def _mostly_halves(body: Sequence[Row]) -> bool:
    """Whether most rows are two pieces of a number."""
    n_halves = sum(
        len(row.cells) == 2 and may_be_one_number(row.cells[:1], row.cells[1:]) for row in body
    )
    return 2 * n_halves > len(body)


def _with_numbers(rows: Sequence[Row]) -> list[Row]:
    """The rows with a number or date, without the notes among them."""
    body = [row.trimmed for row in rows if _has_number(row.cells)]
    of_text = [kind(row.cells[0]) == TEXT for row in body]
    few = 2 * sum(of_text) < len(body)
    return [row for row, note in zip(body, of_text, strict=True) if not (few and note)]


def _joints(body: Sequence[Row], width: int) -> list[Joint]:
    """The ways to join cells after which all rows have so many, and each column its kind."""
    if width > MOST_COLUMNS:
        return []
    extra = {len(row.cells) - width for row in body}
    first = int(width > 1 and _counts(body))  # years and numbers of rows are whole
    columns: list[tuple[int, ...]] = [(place,) for place in range(first, width)]
    if len(extra) == 1 and 1 < max(extra) <= width - first:
        columns.append(tuple(range(width - max(extra), width)))
    n_wide = sum(len(row.cells) > width for row in body)
    roles = (GROUPS, DECIMAL) if n_wide >= FEW * len(body) else (GROUPS,)
    joints = [Joint(places, role) for role in roles for places in columns]
    return [joint for joint in joints if _goes(joint, body, width)]


def _goes(joint: Joint, body: Sequence[Row], width: int) -> bool:
    kinds: list[set[str]] = [set() for _ in range(width)]
    for row in body:
        cells = joint.join(row.cells, max(0, len(row.cells) - width))
        if cells is None:
            return False
        for seen, cell in zip(kinds, cells, strict=False):
            seen.add(kind(cell))
    return all(len(seen - {NOTHING}) <= 1 for seen in kinds)


def _is_number(text: str, role: str) -> bool:
    number = written(text) if len(text) <= LONGEST and not LOOSE_COMMA.search(text) else None
    return number is not None and any(FORMS[form].get(COMMA) == role for form in possible(number))


def _has_number(cells: Sequence[str]) -> bool:
    return any(kind(cell) in (NUMBER, TIME) for cell in cells)


def _counts(body: Sequence[Row]) -> bool:
    """Whether the first cells count up by one, as numbers of rows and years do."""
    first = [row.cells[0] for row in body]
    return all(map(WHOLE.fullmatch, first)) and all(
        int(after) == int(before) + 1 for before, after in pairwise(first)
    )


def may_be_one_number(wholes: Sequence[str], fractions: Sequence[str]) -> bool:
    """Whether two columns may be one that was cut at decimal commas, as 20,5 is between commas."""
    lengths = set(map(len, fractions))
    return (
        all(map(WHOLE_IN_GROUPS.fullmatch, wholes))
        and all(map(FRACTION.fullmatch, fractions))
        and (len(lengths) == 1 or max(lengths) <= 2)
    )
