"""A visitor's own series out of a file: what was read, what must be asked, what must be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from rnnlab.errors import FileError
from rnnlab.files.cells import SHOWN, shown
from rnnlab.files.commas import may_be_one_number
from rnnlab.files.decoding import Decoded, decode
from rnnlab.files.layout import Layout, layout_of
from rnnlab.files.missing import far_from_all, left_out, missing_in, remaining, stand_ins
from rnnlab.files.numbers import Numbers
from rnnlab.files.rows import Rows, is_value, rows_of
from rnnlab.files.table import NONE, SPACES
from rnnlab.files.time_columns import time_columns_of
from rnnlab.files.timeline import timeline_of
from rnnlab.files.unpacking import unpacked
from rnnlab.files.values import ValueColumn, explained, numbers_of, settled, shortest
from rnnlab.rules.base import enumeration
from rnnlab.rules.own_series import FEWEST_VALUES, LARGEST, MOST_VALUES, OwnSeries

MOST_BYTES = 2_000_000
FIRST = 3
"""How many cells of a column are shown to choose it by."""
MOST_SHOWN = 3
"""How many rows that hold no values a sentence shows."""
TURNED = "(The lab has turned this table: a row, here, is a column of the file.)"


@dataclass(frozen=True)
class Chosen:
    """What a visitor has chosen about a file; None where the lab may see for itself.

    `column` is the label of one, `decimal` the decimal mark, "" if the numbers have none. A wish
    that does not go with the file is left aside.
    """

    column: str | None = None
    decimal: str | None = None


NOTHING_CHOSEN = Chosen()


class Choice(NamedTuple):
    """Something to choose: a column by its label, or a decimal mark; and what would be read."""

    value: str
    first: tuple[str, ...]


@dataclass(frozen=True)
class SeriesFile:
    """A file of numbers, as far as it could be read without asking.

    `columns` are those to choose from, and `readings` the ways to read the chosen one, where there
    are several; `column` and `decimal` are None while it is open which. `series` is there once
    nothing is open. `ends` are the first date and the last, if there are dates; `notices` are
    sentences for the visitor, to be shown before anything is learnt.
    """

    name: str
    columns: tuple[Choice, ...]
    ends: tuple[str, ...] = ()
    column: str | None = None
    readings: tuple[Choice, ...] = ()
    decimal: str | None = None
    series: OwnSeries | None = None
    notices: tuple[str, ...] = ()


def text_of(content: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of a file, plain or packed with gzip, in the likeliest encoding or in this one."""
    return decode(unpacked(content, name, MOST_BYTES), name, encoding)


def series_in(text: str, name: str, chosen: Chosen = NOTHING_CHOSEN) -> SeriesFile:
    """What the text of a file of numbers holds.

    A `LabError` says what is wrong and, where it can, in which row as a spreadsheet counts.
    """
    table = rows_of(text, name)
    if table.turned:
        try:
            return _series_in(table, chosen)
        except FileError as error:
            raise FileError(f"{error} {TURNED}") from error
    return _series_in(table, chosen)


def _series_in(table: Rows, chosen: Chosen) -> SeriesFile:
    """What a table of numbers holds."""
    name = table.name
    layout = layout_of(table.rows, name)
    _check_widths(layout, table)
    when = time_columns_of(layout)
    columns = _value_columns(layout, when.places, table)
    choices = tuple(
        Choice(each.label, tuple(cell[:SHOWN] for cell in each.cells[:FIRST])) for each in columns
    )
    above = tuple(filter(None, (table.notice, _aside(layout), _empty(layout, table.turned))))
    column = next((each for each in columns if each.label == chosen.column), None)
    if column is None and len(columns) > 1:
        timeline = timeline_of(layout, when)
        return SeriesFile(name, choices, timeline.ends, notices=(*above, *timeline.notices))
    column = column or columns[0]
    numbers, left, notices = _values_of(column, layout, name)
    column = column.at(left)
    timeline = timeline_of(layout.at(left), when.at(left))
    notices = (*above, *notices, *timeline.notices)
    read = SeriesFile(name, choices, timeline.ends, column.label, _choices(column, numbers))
    others = (each for each in columns if each.label != column.label)
    reading = settled(numbers.readings, others, chosen.decimal)
    if reading is None:
        return replace(read, notices=notices)
    values = [reading.values[place] for place in timeline.order]
    return replace(
        read,
        decimal=reading.decimal,
        series=_series(name, values),
        notices=(*notices, *explained(column, numbers, reading), *_length(name, values)),
    )


def _values_of(
    column: ValueColumn, layout: Layout, name: str
) -> tuple[Numbers, Sequence[int], tuple[str, ...]]:
    """The numbers in a column, the places of their rows, and what is said of the other rows."""
    rows = [row.number for row in layout.rows]
    missing = missing_in(column.cells, rows, name)
    left = remaining(range(len(rows)), missing)
    numbers = numbers_of(column.at(left), [rows[place] for place in left], LARGEST, name)
    stood_in = stand_ins(column.at(left).cells, numbers)
    notices = (
        left_out(missing, rows, column.label),
        far_from_all(stood_in, [rows[place] for place in left], column.label),
    )
    if stood_in.places:
        left = remaining(left, stood_in)
        numbers = numbers_of(column.at(left), [rows[place] for place in left], LARGEST, name)
    return numbers, left, tuple(filter(None, notices))


def _choices(column: ValueColumn, numbers: Numbers) -> tuple[Choice, ...]:
    """The ways to read a column, if there are several: what its first cells would be."""
    if len(numbers.readings) == 1:
        return ()
    return tuple(
        Choice(
            reading.decimal,
            tuple(
                f"{cell} is {shortest(value)}"
                for cell, value in zip(column.cells[:FIRST], reading.values, strict=False)
            ),
        )
        for reading in numbers.readings
    )


def _series(name: str, values: Sequence[float]) -> OwnSeries:
    if len(values) < FEWEST_VALUES:
        raise FileError(
            f"'{name}' has {len(values)} values, but a series needs at least {FEWEST_VALUES}."
        )
    return OwnSeries.of(name, values[-MOST_VALUES:])


def _length(name: str, values: Sequence[float]) -> list[str]:
    if len(values) <= MOST_VALUES:
        return []
    return [f"'{name}' has {len(values):,} values; the lab takes the last {MOST_VALUES:,}."]


def _check_widths(layout: Layout, table: Rows) -> None:
    """A `FileError` naming the first row with more cells than the header, or than most rows."""
    named = [place for place, name in enumerate(layout.names, 1) if name]
    widths = Counter(len(row.cells) for row in layout.rows if row.cells)
    width = named[-1] if named else widths.most_common(1)[0][0]
    if table.separator == NONE or len(widths) == 1:
        return
    if table.separator == SPACES:
        usual = widths.most_common(1)[0][0]
        row = next(row for row in layout.rows if len(row.cells) != usual)
        raise FileError(
            f"Row {row.number} of '{table.name}' has {len(row.cells)} cells, but most have "
            f"{usual}, and between spaces nobody sees which one is empty; write a - there, or put "
            "commas, semicolons or tabs between the cells."
        )
    for row in layout.rows:
        if any(map(is_value, row.cells[width:])):
            raise FileError(
                f"Row {row.number} of '{table.name}', {shown(row.cells)}, has {len(row.cells)} "
                f"cells, but the table has {width} columns; put quotation marks around a cell that "
                "holds a separator."
            )


def _aside(layout: Layout) -> str | None:
    """A sentence about the rows that were left out, with what stands in them."""
    rows = layout.aside
    if not rows:
        return None
    numbers = enumeration([str(row.number) for row in rows[:MOST_SHOWN]])
    examples = ", ".join(shown(row.cells) for row in rows[:MOST_SHOWN])
    if len(rows) == 1:
        return f"Row {numbers} is left out as a title, a note or a sum: {examples}."
    if len(rows) > MOST_SHOWN:
        numbers, examples = f"{numbers} and {len(rows) - MOST_SHOWN:,} more", f"{examples} …"
    return f"Rows {numbers} are left out as titles, notes or sums: {examples}."


def _empty(layout: Layout, turned: bool) -> str | None:
    """A sentence about the empty rows between the others; there are none of a turned table."""
    first, last = layout.rows[0].number, layout.rows[-1].number
    n_aside = sum(first < row.number < last for row in layout.aside)
    n_empty = last - first + 1 - len(layout.rows) - n_aside
    if n_empty == 0 or turned:
        return None
    return "1 empty row is left out." if n_empty == 1 else f"{n_empty:,} empty rows are left out."


def _value_columns(layout: Layout, of_time: Sequence[int], table: Rows) -> tuple[ValueColumn, ...]:
    """The columns of numbers to choose from: not those that count rows or tell the time."""
    cells = {place: tuple(layout.column(place)) for place in layout.numbers}
    places = [n for n in cells if n not in of_time and not _counts_rows(cells[n])]
    places = places or [n for n in cells if n not in of_time] or [*cells]
    columns = [ValueColumn(layout.label(place), cells[place]) for place in places]
    if table.separator == "," and not any(layout.names):
        columns += [
            ValueColumn(
                f"columns {place + 1} and {after + 1} as one number",
                tuple(map(",".join, zip(cells[place], cells[after], strict=True))),
            )
            for place, after in pairwise(places)
            if after == place + 1 and may_be_one_number(cells[place], cells[after])
        ]
    return tuple(columns)


def _counts_rows(cells: Sequence[str]) -> bool:
    """Whether these are the numbers of rows, from 0 or 1."""
    return cells[0] in ("0", "1") and all(
        cell == str(number) for number, cell in enumerate(cells, int(cells[0]))
    )
