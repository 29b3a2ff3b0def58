"""A column of cells as numbers: the decimal mark and the mark between thousands.

A column is read in one way, all cells of it: 1,044 beside 2,5 is not what it is beside 1,044,500.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rnnlab.files.written import (
    DECIMAL,
    EVERY,
    FORMS,
    GROUPS,
    MONEY,
    PLAIN,
    Written,
    possible,
    written,
)

_CLEARLY_DECIMAL = re.compile(r"-?(?:0[0-9]*|[0-9]{4,})\.[0-9]+|-?[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})")
_OTHER_ROLE = {".": {",": DECIMAL, ".": GROUPS}, ",": {".": DECIMAL, ",": GROUPS}}
"""The form in which a decimal mark would stand between thousands."""

CLEARLY = 3
"""One reading must make so many times smaller steps than the other to be taken without asking."""
SMALL = 0.7
"""And they must be smaller than this: a factor of two, as a logarithm."""
FEW = 0.1
"""The share of cells with a mark that may be a slip."""
TINY, SEVERAL = 0.2, 3
"""For a decimal mark, whose numbers small counts may imitate, they must be smaller still, between
so many different numbers of more than one digit on either side."""


@dataclass(frozen=True)
class Reading:
    """One way to read a column: what each mark in it does, and the numbers that follow."""

    roles: tuple[tuple[str, str], ...]
    values: tuple[float, ...]

    @property
    def decimal(self) -> str:
        """The decimal mark, "" if there is none."""
        return next((mark for mark, role in self.roles if role == DECIMAL), "")


@dataclass(frozen=True)
class Numbers:
    """A column of cells as numbers: the ways to read it, the likeliest first.

    There are two where nothing in it decides, and none if a cell is no number or does not go with
    the others: `wrong` is the index of the first such. `unit` is what stands at the numbers.
    """

    readings: tuple[Reading, ...]
    wrong: int | None = None
    unit: str = ""
    brackets: bool = False
    """Whether negative numbers stand in brackets."""


def read_numbers(cells: Sequence[str]) -> Numbers:
    """The column as numbers; its cells have no space around them."""
    if all(map(PLAIN.fullmatch, cells)):
        point = any("." in cell for cell in cells)
        if not point or any(map(_CLEARLY_DECIMAL.fullmatch, cells)):
            point_is_decimal = Reading(((".", DECIMAL),) * point, tuple(map(float, cells)))
            return Numbers((point_is_decimal,))
    numbers = [written(cell) for cell in cells]
    wrong = next((place for place, number in enumerate(numbers) if number is None), None)
    unit, odd = _unit(numbers)
    places = [place for place in (wrong, odd) if place is not None]
    if places:
        return Numbers((), min(places))
    known = [number for number in numbers if number is not None]
    allowed = [possible(number) for number in known]
    forms = EVERY.intersection(*set(allowed))
    if not forms:
        n_allowing = Counter(form for each in allowed for form in each)
        usual = max(EVERY, key=lambda form: (n_allowing[form], -form))
        return Numbers((), next(i for i, each in enumerate(allowed) if usual not in each))
    marks = {mark for number in known for mark in number.marks}
    ways = dict.fromkeys(
        tuple(sorted((mark, role) for mark, role in FORMS[form].items() if mark in marks))
        for form in sorted(forms)
    )
    readings = tuple(Reading(roles, _values(known, dict(roles))) for roles in ways)
    if (slip := _slip(readings, known, allowed)) is not None:
        return Numbers((), slip)
    brackets = any(cell.startswith("(") for cell in cells)
    return Numbers(_likeliest(readings, known), None, unit, brackets)


def _slip(
    readings: tuple[Reading, ...],
    numbers: Sequence[Written],
    allowed: Sequence[frozenset[int]],
) -> int | None:
    """The first of a few cells that alone make a mark a decimal one, if the others speak against.

    One 4,07 is no reason to take 977 and 1,044 for neighbours that are a thousand times apart.
    """
    marks = {mark for number in numbers for mark in number.marks}
    if len(readings) > 1 or len(marks) != 1 or not readings[0].decimal:
        return None
    groups = next(n for n, form in enumerate(FORMS) if form == _OTHER_ROLE.get(readings[0].decimal))
    odd = [place for place, forms in enumerate(allowed) if groups not in forms]
    n_marked = sum(bool(number.marks) for number in numbers)
    if not odd or len(odd) > FEW * n_marked:
        return None
    left_out = set(odd)
    others = [number for place, number in enumerate(numbers) if place not in left_out]
    ways = tuple(
        Reading(roles, _values(others, dict(roles)))
        for mark in marks
        for roles in (((mark, GROUPS),), ((mark, DECIMAL),))
    )
    likeliest = _likeliest(ways, others)
    return odd[0] if len(likeliest) == 1 and not likeliest[0].decimal else None


def _unit(numbers: Sequence[Written | None]) -> tuple[str, int | None]:
    """The unit that stands at the numbers, and the first number that goes against it.

    A sign of money may stand at the first number only, or be left out at some, and a zero needs no
    unit.
    """
    units = Counter(number.unit for number in numbers if number is not None and number.unit)
    if not units:
        return "", None
    unit = max(units, key=lambda each: units[each])
    first = numbers[0].unit if numbers[0] is not None else ""
    usual = units[unit] * 2 >= len(numbers)
    optional = MONEY.fullmatch(unit) is not None and (usual or first == unit)
    if not usual and not optional:
        unit = ""
    for place, number in enumerate(numbers):
        if number is None or number.unit == unit:
            continue
        bare = not number.unit and (optional or not number.body.strip("0.,"))
        if not bare:
            return unit, place
    return unit, None


def _values(numbers: Sequence[Written], roles: dict[str, str]) -> tuple[float, ...]:
    table = str.maketrans({mark: "." if role == DECIMAL else "" for mark, role in roles.items()})
    return tuple(
        float(f"{'-' * number.negative}{number.body.translate(table)}{number.exponent}")
        for number in numbers
    )


def _likeliest(readings: tuple[Reading, ...], numbers: Sequence[Written]) -> tuple[Reading, ...]:
    """The one reading that the steps from numbers with a mark to those without decide for.

    Where 977 and 1,044 are neighbours, a comma between thousands makes a step of 7 %, and a decimal
    comma one by a factor of 936. If neither is clearly smaller, both readings stay.
    """
    if len(readings) < 2:
        return readings
    edges = [
        place
        for place, (before, after) in enumerate(pairwise(numbers))
        if bool(before.marks) != bool(after.marks)
    ]
    steps = [_steps(reading.values, edges) for reading in readings]
    sizes = [sum(each) / max(1, len(each)) for each in steps]
    best, second = sorted(range(len(readings)), key=lambda place: sizes[place])[:2]
    clear = sizes[best] * CLEARLY < sizes[second] and sizes[best] < SMALL
    if clear and readings[best].decimal:
        with_mark = {number.body for number in numbers if number.marks}
        without = {number.body for number in numbers if not number.marks and len(number.body) > 1}
        n_known = min(len(with_mark), len(without), len(steps[best]))
        clear = sizes[best] < TINY and n_known >= SEVERAL
    return (readings[best],) if clear else readings


def _steps(values: tuple[float, ...], edges: Sequence[int]) -> list[float]:
    """The steps at these places, as logarithms of ratios; zeros and signs do not count."""
    return [
        abs(math.log(abs(before)) - math.log(abs(after)))
        for before, after in ((values[place], values[place + 1]) for place in edges)
        if before and after and (before > 0) == (after > 0) and abs(before) + abs(after) < math.inf
    ]
