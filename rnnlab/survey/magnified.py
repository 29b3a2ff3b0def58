"""One window of one row, magnified: its bits, those before its edge, and what hangs on what."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.errors import SettingError
from rnnlab.settings import Settings
from rnnlab.survey.cut import ABOVE, FATES, INSIDE, NOWHERE, cut_of
from rnnlab.survey.strip import series_of

MOST_STEPS = 24
"""More steps than this of a window are not drawn: nothing new comes after its first targets."""

UNSEEN = (ABOVE, NOWHERE)
"""Where a cause lies that not even a carried state has seen."""


@dataclass(frozen=True)
class Place:
    """One step: `place` in its row (from 0), `t` in the series; bits x and y.

    A step before the window has no target; one before the series has no input either. A negative
    place lies in the row above.
    """

    place: int
    t: int
    x: int | None
    y: int | None

    @property
    def in_window(self) -> bool:
        """Whether the window holds it."""
        return self.y is not None


@dataclass(frozen=True)
class Link:
    """A target, its cause `lag` steps before, and where that lies: one of `FATES`."""

    target: int
    lag: int
    fate: str

    @property
    def cause(self) -> int:
        """The cause's place in the row."""
        return self.target - self.lag


@dataclass(frozen=True)
class Magnified:
    """The places from the first cause of the window on, and all links; `hidden` steps follow."""

    places: tuple[Place, ...]
    links: tuple[Link, ...]
    hidden: int

    def fates(self) -> dict[int, str]:
        """By the place of each target in the window: the fate of its worst cause."""
        worst = {one.place: INSIDE for one in self.places if one.in_window}
        for link in self.links:
            worst[link.target] = max(worst[link.target], link.fate, key=FATES.index)
        return worst


def magnified(settings: Settings, row: int, window: int) -> Magnified:
    """A window of a row, both from 0; a `SettingError` if there is no such row or window."""
    cut = cut_of(settings)
    if not (0 <= row < cut.rows and 0 <= window < cut.windows):
        raise SettingError(
            f"There are {cut.rows} rows of {cut.windows:,} windows, "
            f"but this is window {window + 1:,} of row {row + 1}."
        )
    series = series_of(settings)
    first = window * cut.window
    n_shown = min(cut.window, MOST_STEPS)
    begin = row * cut.length
    places = tuple(
        Place(
            place=place,
            t=begin + place,
            x=int(series.inputs[begin + place]) if begin + place >= 0 else None,
            y=int(series.targets[begin + place]) if place >= first else None,
        )
        for place in range(first - cut.furthest, first + n_shown)
    )
    links = tuple(
        Link(target, lag, cut.fate(row, target, lag))
        for target in range(first, first + n_shown)
        for lag in cut.lags
    )
    return Magnified(places, links, cut.window - n_shown)


def missing_sentence(shown: Magnified, carried: bool) -> str:
    """Which targets of this very window lose a cause, and to what."""
    fates = shown.fates()
    n_lost = sum(fate != INSIDE for fate in fates.values())
    if not n_lost:
        return "Every target in this window has all its causes in it: solid lines only."
    whose = "its first target loses" if n_lost == 1 else f"its first {n_lost} targets lose"
    whole = "its only target loses" if len(fates) == 1 else f"all {n_lost} targets shown lose"
    who = whole if n_lost == len(fates) else whose
    n_unseen = sum(fate in UNSEEN for fate in fates.values())
    if n_unseen == n_lost:
        return (
            f"Here a row begins: {who} a cause left of its beginning, which no state brings in, "
            "for each row begins with a state of zero."
        )
    state = "the carried state may bring it over" if carried else "no state is carried over it"
    also = (
        f" {n_unseen} of them {'has' if n_unseen == 1 else 'have'} a cause left of the beginning "
        "of the row, which not even a state has seen."
        if n_unseen
        else ""
    )
    return f"Look at the edge: {who} a cause beyond it; {state}, but no gradient crosses it.{also}"
