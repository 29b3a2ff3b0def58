"""The time of a table's rows: in which order they are, and what is missing or comes twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rnnlab.files.cells import shown
from rnnlab.files.dates import NUMBERS_TOO, TIME_OF_DAY, Times, read_times, stamp
from rnnlab.files.layout import Layout

PARTS = (
    {"year", "yr", "jahr", "année", "annee", "año", "anno", "ano", "år", "年"},
    {"month", "mo", "monat", "mois", "mes", "mese", "mês", "måned", "月"},
    {"day", "tag", "jour", "día", "dia", "giorno", "dag", "日"},
)
"""Names of columns that hold a part of a date each."""

TURNED = "The newest row came first: the lab has turned the series round."
FRIDAY = 4
FEW = 0.1
"""The share of steps that may be wider or narrower than usual, or of dates that may come twice."""


@dataclass(frozen=True)
class Timeline:
    """Where the rows of a table stand in time.

    `columns` are the places of the columns that say so. `order` lists the rows from the oldest to
    the newest, or as in the file if no time is known. `ends` are the first date and the last as
    they are written, and `notices` sentences about what the visitor must know of the dates.
    """

    columns: tuple[int, ...]
    order: tuple[int, ...]
    ends: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def timeline_of(layout: Layout) -> Timeline:
    """The time of the rows of a table."""
    columns, cells = _dates(layout)
    as_they_are = tuple(range(len(layout.rows)))
    if not columns:
        return Timeline((), as_they_are)
    label = layout.label(columns[0])
    times = read_times(cells)
    if times is None:
        notices = tuple(_unread(layout, label, cells))
        if _mostly_downward(cells):
            return Timeline(columns, as_they_are[::-1], (), (*notices, TURNED))
        return Timeline(columns, as_they_are, (), notices)
    order, turned = _order(times)
    steady = [times.steady[place] for place in order]
    dates = [cells[place] for place in order]
    spacing = _spacing(times, steady, dates, label)
    notices = (*turned, *_doubles(layout, order, times), *spacing)
    return Timeline(columns, order, (dates[0], dates[-1]), notices)


def _dates(layout: Layout) -> tuple[tuple[int, ...], list[str]]:
    """The columns that hold the dates, and the dates as they are written."""
    parts = [
        next((n for n in layout.numbers if layout.names[n].lower() in names), None)
        for names in PARTS
    ]
    known = [place for place in parts if place is not None]
    if parts[0] is not None and parts[1] is not None and len(known) < len(layout.numbers):
        rows = zip(*map(layout.column, known), strict=True)
        return tuple(known), ["-".join(row) for row in rows]
    clocks: list[int] = []
    dates: list[int] = []
    for place in layout.times:
        stamps = [stamp(cell) for cell in layout.column(place)]
        is_clock = all(each is None or each.style == TIME_OF_DAY for each in stamps)
        (clocks if is_clock else dates).append(place)
    if dates:
        columns = dates[:1] + clocks[:1]
        rows = zip(*map(layout.column, columns), strict=True)
        return tuple(dates + clocks), [" ".join(row).strip() for row in rows]
    if clocks:
        return (), []
    counting = [place for place in layout.numbers if _counts_time(layout, place)][:1]
    return tuple(counting), [cell for place in counting for cell in layout.column(place)]


def _counts_time(layout: Layout, place: int) -> bool:
    """Whether a column of numbers is one of dates, such as years, and others hold the values."""
    if len(layout.numbers) < 2:
        return False
    times = read_times(layout.column(place))
    if times is None or times.style not in NUMBERS_TOO:
        return False
    steps = [after - before for before, after in pairwise(times.steady)]
    usual = median(steps) if steps else 0.0
    named = layout.names[place].lower() in PARTS[0]
    return named or (usual != 0 and steps.count(usual) >= (1 - FEW) * len(steps))


def _unread(layout: Layout, label: str, cells: Sequence[str]) -> Iterator[str]:
    """A sentence about dates that cannot be read, naming the first if there is one."""
    odd = next((place for place, cell in enumerate(cells) if stamp(cell) is None), None)
    why = "are not all written alike, or do not exist"
    if odd is not None:
        why = f"cannot all be read: row {layout.rows[odd].number} holds {shown([cells[odd]])}"
    yield f"The dates in {label} {why}. So the lab goes by the order of the rows."


def _mostly_downward(cells: Sequence[str]) -> bool:
    """Whether the dates that are written as most are go from the newest to the oldest."""
    stamps = [stamp(cell) for cell in cells]
    styles = Counter(each.style for each in stamps if each is not None)
    style = max(styles, key=lambda each: styles[each], default="")
    usual = [
        cell
        for cell, each in zip(cells, stamps, strict=True)
        if each is not None and each.style == style
    ]
    times = read_times(usual) if len(usual) >= (1 - FEW) * len(cells) else None
    if times is None:
        return False
    steps = [after - before for before, after in pairwise(times.days)]
    return sum(step < 0 for step in steps) > (1 - FEW) * len(steps)


def _order(times: Times) -> tuple[tuple[int, ...], list[str]]:
    """The rows from the oldest to the newest, and a sentence if that is not how they are."""
    days = times.days
    rows = tuple(range(len(days)))
    steps = [after - before for before, after in pairwise(days)]
    if all(step >= 0 for step in steps):
        return rows, []
    if all(step <= 0 for step in steps):
        return rows[::-1], [TURNED]
    if _share_of_doubles(days) > FEW:
        return rows, []
    order = tuple(sorted(rows, key=days.__getitem__))
    return order, ["The rows were not in the order of time: the lab has put the oldest first."]


def _share_of_doubles(days: Sequence[float]) -> float:
    return 1 - len(set(days)) / len(days)


def _doubles(layout: Layout, order: Sequence[int], times: Times) -> Iterator[str]:
    """A sentence about dates that come more than once."""
    share = _share_of_doubles(times.days)
    if share == 0:
        return
    first: dict[float, int] = {}
    for place in order:
        before = first.setdefault(times.days[place], place)
        if before != place:
            break
    rows = " and ".join(str(layout.rows[each].number) for each in sorted((before, place)))
    n_doubles = len(times.days) - len(set(times.days))
    have = "row has" if n_doubles == 1 else "rows have"
    sentence = f"{n_doubles:,} {have} a date that came before, as in rows {rows}."
    if share > FEW:
        sentence += (
            " If several series stand below each other, keep one of them: the lab reads all "
            "rows as a single series."
        )
    yield sentence


def _spacing(
    times: Times, steady: Sequence[float], dates: Sequence[str], label: str
) -> Iterator[str]:
    """A sentence about dates that are missing, or not evenly spaced."""
    steps = [after - before for before, after in pairwise(steady)]
    growing = [step for step in steps if step > 0]
    if not growing or any(step < 0 for step in steps):
        return
    usual = median(growing)
    in_days = times.months is None
    wide = [
        place
        for place, step in enumerate(steps)
        if step > 1.5 * usual and not (in_days and _weekend(steady[place], step, usual))
    ]
    n_narrow = sum(0 < step < 0.5 * usual for step in steps)
    if n_narrow + len(wide) > FEW * len(steps):
        yield (
            f"The dates in {label} are not evenly spaced; the network sees only the order of the "
            "values."
        )
    elif wide:
        first = wide[0]
        gaps = "1 gap" if len(wide) == 1 else f"{len(wide):,} gaps"
        yield (
            f"The dates in {label} have {gaps}, the first between {dates[first]} and "
            f"{dates[first + 1]}; the network takes the values as evenly spaced."
        )


def _weekend(day: float, step: float, usual: float) -> bool:
    """Whether a step of daily values only leaves out Saturday and Sunday."""
    return usual == 1 and step == 3 and (int(day) - 1) % 7 == FRIDAY
