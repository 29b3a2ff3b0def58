"""Rows without a value in a column: which may be left out, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rnnlab.errors import FileError
from rnnlab.files.cells import NOTHING, SHOWN, kind
from rnnlab.files.numbers import Numbers
from rnnlab.rules.base import enumeration

FEW = 0.1
"""The share of rows that may be left out between others."""
MOST_SHOWN = 3

STANDS_IN = re.compile(
    r"[-−–](?:9[.,]?){2,12}0*|(?:9[.,]?){4,12}0*|-32768(?:\.0+)?"
    r"|-?(?:9\.969[0-9]*|1(?:\.0*)?)[eE]\+?(?:20|3[0-9])"
)
"""-999, 9999.9 and the like, which instruments and data services write for no value."""
FAR = 2
"""Such a number is none if it lies so many times the range of the others away from them."""


class Missing(NamedTuple):
    """The places of cells that hold no value, and what stands in them, each once."""

    places: tuple[int, ...] = ()
    signs: tuple[str, ...] = ()


def missing_in(cells: Sequence[str], rows: Sequence[int], name: str) -> Missing:
    """The cells without a value: any number of them at either end, and a few between.

    `rows` are the numbers of their rows. A `FileError` names the first if there are too many.
    """
    places = [place for place, cell in enumerate(cells) if kind(cell) == NOTHING]
    absent = set(places)
    present = [place for place in range(len(cells)) if place not in absent]
    if not present:
        raise FileError(f"'{name}' has no value in that column; choose another one.")
    within = [place for place in places if present[0] < place < present[-1]]
    if len(within) > FEW * (present[-1] - present[0] + 1):
        cell = cells[within[0]]
        holds = f" but '{cell[:SHOWN]}'" if cell else ""
        raise FileError(
            f"Row {rows[within[0]]} of '{name}' has no value{holds}, like {len(within) - 1:,} "
            "more: too many to leave out; fill them in, or take a part of the file without them."
        )
    return Missing(tuple(places), _signs(cells, places))


def stand_ins(cells: Sequence[str], numbers: Numbers) -> Missing:
    """The cells whose number stands for no value: all nines, and far from all others."""
    values = numbers.readings[0].values
    nines = [place for place, cell in enumerate(cells) if STANDS_IN.fullmatch(cell)]
    kinds = {values[place] for place in nines}
    others = [value for value in values if value not in kinds]
    if not kinds or len(others) < 2:
        return Missing()
    low, high = min(others), max(others)
    far = FAR * ((high - low) or abs(high) or 1)
    places = [place for place in nines if not low - far <= values[place] <= high + far]
    return Missing(tuple(places), _signs(cells, places))


def remaining(places: Sequence[int], missing: Missing) -> list[int]:
    """These places without those whose value is missing, which are counted among them."""
    absent = set(missing.places)
    return [place for n, place in enumerate(places) if n not in absent]


def _signs(cells: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cells[place][:SHOWN] for place in places if cells[place]))


def left_out(missing: Missing, rows: Sequence[int], label: str) -> str | None:
    """A sentence about the rows that are left out of a column."""
    if not missing.places:
        return None
    places = missing.places
    numbers = enumeration([str(rows[place]) for place in places[:MOST_SHOWN]])
    signs = enumeration([f"'{sign}'" for sign in missing.signs[:MOST_SHOWN]])
    but = f" but {signs}" if missing.signs else ""
    if len(places) == 1:
        return f"Row {numbers} has no value in {label}{but}, and is left out."
    if len(places) > MOST_SHOWN:
        numbers += f" and {len(places) - MOST_SHOWN:,} more"
    return f"Rows {numbers} have no value in {label}{but}, and are left out."


def far_from_all(stood_in: Missing, rows: Sequence[int], label: str) -> str | None:
    """A sentence about the rows whose number stands for no value."""
    if not stood_in.places:
        return None
    row, more = rows[stood_in.places[0]], len(stood_in.places) - 1
    others = f" and {more:,} more are" if more else " is"
    return (
        f"In {label}, {enumeration(list(stood_in.signs))} is far from all other values, as "
        f"instruments write where they have none: row {row}{others} left out."
    )
