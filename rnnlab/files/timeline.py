"""The time of a table's rows: in which order they are, and what is missing or comes twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rnnlab.files.cells import shown
from rnnlab.files.dates import Times, read_times
from rnnlab.files.layout import Layout
from rnnlab.files.stamps import stamp
from rnnlab.files.time_columns import TimeColumns

UNSURE = (
    "The dates in {} are in order neither with the day first nor with the month first: perhaps "
    "some are written one way and some the other."
)
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


def timeline_of(layout: Layout, when: TimeColumns) -> Timeline:
    """The time of the rows of a table, as some of its columns say."""
    columns, cells, times = when
    as_they_are = tuple(range(len(layout.rows)))
    if not columns:
        return Timeline((), as_they_are, (), tuple(_unknown(layout)))
    label = layout.label(columns[0])
    if times is None or not times.sure:
        why = _unread(layout, label, cells) if times is None else UNSURE.format(label)
        notice = f"{why} So the lab goes by the order of the rows."
        if _mostly_downward(cells):
            return Timeline(columns, as_they_are[::-1], (), (notice, TURNED))
        return Timeline(columns, as_they_are, (), (notice,))
    order, turned = _order(times)
    steady = [times.steady[place] for place in order]
    dates = [cells[place] for place in order]
    spacing = _spacing(times, steady, dates, label)
    notices = (*turned, *_doubles(layout, order, times), *spacing)
    return Timeline(columns, order, (dates[0], dates[-1]), notices)


def _unknown(layout: Layout) -> Iterator[str]:
    """A sentence about the order of the rows where they have names, but no dates."""
    for place in range(len(layout.names)):
        cells = layout.column(place)
        labels = {cell for cell in cells if cell and any(map(str.isdigit, cell))}
        if place not in layout.numbers and len(labels) >= (1 - FEW) * len(cells):
            yield (
                f"{layout.label(place)[:1].upper()}{layout.label(place)[1:]} holds no dates that "
                f"the lab can read, so it goes by the order of the rows: {shown(cells[:1])} is the "
                f"oldest, {shown(cells[-1:])} the newest."
            )
            return


def _unread(layout: Layout, label: str, cells: Sequence[str]) -> str:
    """A sentence about dates that cannot be read, naming the first if there is one."""
    stamps = [stamp(cell) for cell in cells]
    styles = {each.style: place for place, each in reversed([*enumerate(stamps)]) if each}
    if None in stamps:
        odd = stamps.index(None)
        holds = f"row {layout.rows[odd].number} holds {shown([cells[odd]])}"
        return f"The dates in {label} cannot all be read: {holds}."
    if len(styles) == 1:
        return f"Not all dates in {label} exist."
    places = sorted(styles.values())[:2]
    examples = [f"{shown([cells[place]])} in row {layout.rows[place].number}" for place in places]
    return (
        f"The dates in {label} are not all written alike: {' and '.join(examples)}. If several "
        "series stand below each other, keep one of them."
    )


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
