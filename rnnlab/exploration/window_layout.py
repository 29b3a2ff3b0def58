"""How a series is cut into rows and windows, and which causes that cuts off: counted exactly."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.errors import SettingError
from rnnlab.exploration.series import series_of
from rnnlab.rules.base import enumeration
from rnnlab.rules.expression import name_of
from rnnlab.settings import Settings

INSIDE = "in the window"
EARLIER = "in a window before"
ABOVE = "in the row above"
NOWHERE = "before the series"
LOCATIONS = (INSIDE, EARLIER, ABOVE, NOWHERE)
"""Where a cause of a target can lie. Gradients reach the first only; a state that is carried also
the second; nothing reaches the others, for every row begins an epoch with a state of zero."""

UNREACHABLE = (ABOVE, NOWHERE)
"""Where a cause lies that not even a carried state can hold."""

MOST_STEPS = 24
"""More steps than this of a window are not drawn: nothing new comes after its first targets."""


@dataclass(frozen=True)
class WindowLayout:
    """A series of rows * length bits, cut into `rows` rows, and these into windows of `window`.

    All rows are read side by side. `lags` are those of the causes of a target.
    """

    rows: int
    length: int
    window: int
    lags: tuple[int, ...]

    @property
    def n_windows(self) -> int:
        """How many windows follow each other: the updates of an epoch."""
        return self.length // self.window

    @property
    def n_targets(self) -> int:
        """How many targets an epoch has, over all rows and windows."""
        return self.rows * self.n_windows * self.window

    @property
    def n_unused(self) -> int:
        """The bits at the end of each row that fill no window."""
        return self.length % self.window

    @property
    def longest_lag(self) -> int:
        """The lag of the furthest cause; 0 if there is none."""
        return max(self.lags, default=0)

    def cause_location(self, row: int, step: int, lag: int) -> str:
        """Where the cause `lag` steps before a target lies.

        The target is at `step` of `row`, both from 0.
        """
        if step % self.window >= lag:
            return INSIDE
        if step >= lag:
            return EARLIER
        return ABOVE if row * self.length + step >= lag else NOWHERE

    def cut_off_in_each_window(self, lag: int) -> int:
        """How many targets of a window have their cause, `lag` steps before, left of its edge."""
        return min(self.window, lag)

    def count_locations(self, lag: int) -> dict[str, int]:
        """In how many targets of an epoch the cause `lag` steps before lies where.

        For the longest lag: how many targets lose at least one cause, and to what.
        """
        inside = self.rows * self.n_windows * (self.window - self.cut_off_in_each_window(lag))
        early = min(lag, self.n_windows * self.window)
        nowhere = sum(
            min(max(lag - row * self.length, 0), early)
            for row in range(min(self.rows, lag // self.length + 1))
        )
        above = self.rows * early - nowhere
        return {
            INSIDE: inside,
            EARLIER: self.n_targets - inside - above - nowhere,
            ABOVE: above,
            NOWHERE: nowhere,
        }


@dataclass(frozen=True)
class WindowStep:
    """One step of a row: its number there (from 0), its `t` in the series, and its bits x and y.

    A step before the window has no target; one before the series has no input either. A negative
    number lies in the row above.
    """

    number: int
    t: int
    x: int | None
    y: int | None

    @property
    def in_window(self) -> bool:
        """Whether the window holds it."""
        return self.y is not None


@dataclass(frozen=True)
class CauseLink:
    """A target, its cause `lag` steps before, and where that lies: one of `LOCATIONS`."""

    target: int
    lag: int
    location: str

    @property
    def cause(self) -> int:
        """The number of the cause's step in the row."""
        return self.target - self.lag


@dataclass(frozen=True)
class WindowDetail:
    """One window of one row: its steps from its first cause on, and all links from causes.

    `n_hidden` more steps of the window follow.
    """

    steps: tuple[WindowStep, ...]
    links: tuple[CauseLink, ...]
    n_hidden: int

    @property
    def worst_locations(self) -> dict[int, str]:
        """By the step of each target in the window: where the worst of its causes lies."""
        worst = {step.number: INSIDE for step in self.steps if step.in_window}
        for link in self.links:
            worst[link.target] = max(worst[link.target], link.location, key=LOCATIONS.index)
        return worst


def layout_of(settings: Settings) -> WindowLayout:
    """How the data of these settings are cut; a `SettingError` if they are numbers."""
    return WindowLayout(settings.rows, settings.length, settings.window, settings.bit_rule.lags)


def window_detail(settings: Settings, row: int, window: int) -> WindowDetail:
    """A window of a row, both from 0; a `SettingError` if there is no such row or window."""
    layout = layout_of(settings)
    if not (0 <= row < layout.rows and 0 <= window < layout.n_windows):
        raise SettingError(
            f"There are {layout.rows} rows of {layout.n_windows:,} windows, "
            f"but this is window {window + 1:,} of row {row + 1}."
        )
    series = series_of(settings)
    first, start = window * layout.window, row * layout.length
    end = first + min(layout.window, MOST_STEPS)
    steps = tuple(
        WindowStep(
            number=number,
            t=start + number,
            x=int(series.inputs[start + number]) if start + number >= 0 else None,
            y=int(series.targets[start + number]) if number >= first else None,
        )
        for number in range(first - layout.longest_lag, end)
    )
    links = tuple(
        CauseLink(target, lag, layout.cause_location(row, target, lag))
        for target in range(first, end)
        for lag in layout.lags
    )
    return WindowDetail(steps, links, first + layout.window - end)


def edge_sentence(layout: WindowLayout) -> str:
    """What the left edge of every window cuts off."""
    lost = layout.cut_off_in_each_window(layout.longest_lag)
    if not lost:
        return (
            f"Each of the {layout.window} targets in a window has all its causes in the same "
            "window."
            if layout.lags
            else "These targets depend on no input, so no cut can separate them from a cause."
        )
    of = f"Of the {layout.window} targets in each window" if layout.window > 1 else "In each window"
    loses = "loses" if lost == 1 else "lose"
    which = (
        "the only target" if layout.window == 1 else "all" if lost == layout.window else f"{lost}"
    )
    first = (
        f"{of} {which} {'loses' if layout.window == 1 else loses} a cause at its left edge: "
        f"{100 * lost / layout.window:.3g} %."
    )
    never = [lag for lag in layout.lags if lag >= layout.window]
    if not never:
        return first
    causes = enumeration(map(name_of, never))
    return (
        f"{first} No window holds {causes} together with y[t]: its {layout.window} "
        f"{'step is' if layout.window == 1 else 'steps are'} too few, and no gradient connects "
        "them."
    )


def state_sentence(layout: WindowLayout, carried: bool) -> str:
    """What a state can bring over the edges that gradients cannot cross."""
    counts = layout.count_locations(layout.longest_lag)
    if not counts[EARLIER]:
        return ""
    first = f"In an epoch {counts[EARLIER]:,} targets have a cause left of their window's edge."
    if carried:
        return (
            f"{first} The **state** is carried across the edge and may still hold it. But the "
            "**gradient** is cut there, so no update ever tells the network to keep it."
        )
    return (
        f"{first} Nothing brings it across: the **state** starts again from zero, and the "
        "**gradient** is cut."
    )


def rows_sentence(layout: WindowLayout) -> str:
    """What is lost where rows begin."""
    counts = layout.count_locations(layout.longest_lag)
    parts = []
    if counts[ABOVE]:
        n_each = min(layout.longest_lag, layout.n_windows * layout.window)
        each = f"{n_each} in each of rows 2 to {layout.rows}"
        parts.append(
            f"{counts[ABOVE]:,} targets ({each}) have a cause at the end of the row above, which "
            "the state of their own row has never seen"
        )
    if counts[NOWHERE]:
        has = "has a cause" if counts[NOWHERE] == 1 else "have causes"
        targets = "target" if counts[NOWHERE] == 1 else f"{counts[NOWHERE]} targets"
        parts.append(f"the first {targets} of row 1 {has} before the series")
    return f"Where rows begin, {', and '.join(parts)}." if parts else ""


def unused_sentence(layout: WindowLayout) -> str:
    """What fills no window."""
    several = f"{layout.n_windows:,} windows of {layout.window} use"
    windows = f"1 window of {layout.window} uses" if layout.n_windows == 1 else several
    if not layout.n_unused:
        return f"{windows} up each row of {layout.length:,} bits."
    return (
        f"{windows} {layout.n_windows * layout.window:,} of the "
        f"{layout.length:,} bits of a row; the last {layout.n_unused} of each fill no window and "
        f"are not used, {layout.rows * layout.n_unused:,} bits in all."
    )


def missing_sentence(detail: WindowDetail, carried: bool) -> str:
    """Which targets of this very window lose a cause, and to what."""
    locations = detail.worst_locations
    n_lost = sum(location != INSIDE for location in locations.values())
    if not n_lost:
        return "Every target in this window has all its causes in it: solid lines only."
    whose = "its first target loses" if n_lost == 1 else f"its first {n_lost} targets lose"
    whole = "its only target loses" if len(locations) == 1 else f"all {n_lost} targets shown lose"
    who = whole if n_lost == len(locations) else whose
    n_unreachable = sum(location in UNREACHABLE for location in locations.values())
    if n_unreachable == n_lost:
        return (
            f"Here a row begins: {who} a cause before its beginning. No state brings it in, "
            "because each row begins with a state of zero."
        )
    state = "the carried state may bring it over" if carried else "no state is carried over it"
    also = (
        f" {n_unreachable} of them {'has' if n_unreachable == 1 else 'have'} a cause left of the "
        "beginning of the row, which not even a state has seen."
        if n_unreachable
        else ""
    )
    return f"Look at the edge: {who} a cause beyond it; {state}, but no gradient crosses it.{also}"
