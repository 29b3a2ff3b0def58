"""How a series is cut, and which causes the cuts part from their effects: counted exactly."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.rules.base import enumeration
from rnnlab.rules.expression import name_of
from rnnlab.settings import Settings

INSIDE = "in the window"
EARLIER = "in a window before"
ABOVE = "in the row above"
NOWHERE = "before the series"
FATES = (INSIDE, EARLIER, ABOVE, NOWHERE)
"""Where a cause of a target can lie. Gradients reach the first only; a state that is carried also
the second; nothing reaches the others, for every row begins an epoch with a state of zero."""


@dataclass(frozen=True)
class Cut:
    """A series of rows * length bits, cut into `rows` rows, and these into windows of `window`.

    All rows are read side by side. `lags` are those of the causes of a target.
    """

    rows: int
    length: int
    window: int
    lags: tuple[int, ...]

    @property
    def windows(self) -> int:
        """How many windows follow each other: the updates of an epoch."""
        return self.length // self.window

    @property
    def targets(self) -> int:
        """How many targets an epoch has, over all rows and windows."""
        return self.rows * self.windows * self.window

    @property
    def unused(self) -> int:
        """The bits at the end of each row that fill no window."""
        return self.length % self.window

    @property
    def furthest(self) -> int:
        """The lag of the furthest cause; 0 if there is none."""
        return max(self.lags, default=0)

    def fate(self, row: int, place: int, lag: int) -> str:
        """Where the cause `lag` steps before a target lies.

        The target is at `place` in `row`, both from 0.
        """
        if place % self.window >= lag:
            return INSIDE
        if place >= lag:
            return EARLIER
        return ABOVE if row * self.length + place >= lag else NOWHERE

    def parted_in_each_window(self, lag: int) -> int:
        """How many targets of a window have their cause, `lag` steps before, left of its edge."""
        return min(self.window, lag)

    def count(self, lag: int) -> dict[str, int]:
        """Over a whole epoch, in how many targets the cause `lag` steps before has each fate.

        For the furthest lag: how many targets lose at least one cause, and to what.
        """
        inside = self.rows * self.windows * (self.window - self.parted_in_each_window(lag))
        early = min(lag, self.windows * self.window)
        nowhere = sum(
            min(max(lag - row * self.length, 0), early)
            for row in range(min(self.rows, lag // self.length + 1))
        )
        above = self.rows * early - nowhere
        return {
            INSIDE: inside,
            EARLIER: self.targets - inside - above - nowhere,
            ABOVE: above,
            NOWHERE: nowhere,
        }


def cut_of(settings: Settings) -> Cut:
    """How the data of these settings are cut; a `SettingError` if they are numbers."""
    lags = settings.bit_rule.lags
    return Cut(settings.rows, settings.length, settings.window, lags)


def edge_sentence(cut: Cut) -> str:
    """What the left edge of every window parts."""
    lost = cut.parted_in_each_window(cut.furthest)
    if not lost:
        return (
            f"Each of the {cut.window} targets in a window has all its causes in the same window."
            if cut.lags
            else "These targets depend on no input, so no cut can part them from a cause."
        )
    of = f"Of the {cut.window} targets in each window" if cut.window > 1 else "In each window"
    loses = "loses" if lost == 1 else "lose"
    which = "the only target" if cut.window == 1 else "all" if lost == cut.window else f"{lost}"
    first = (
        f"{of} {which} {'loses' if cut.window == 1 else loses} a cause at its left edge: "
        f"{100 * lost / cut.window:.3g} %."
    )
    never = [lag for lag in cut.lags if lag >= cut.window]
    if not never:
        return first
    causes = enumeration(map(name_of, never))
    return (
        f"{first} No window holds {causes} together with y[t]: its {cut.window} "
        f"{'step is' if cut.window == 1 else 'steps are'} too few, and no gradient connects them."
    )


def state_sentence(cut: Cut, carried: bool) -> str:
    """What a state can bring over the edges that gradients cannot cross."""
    found = cut.count(cut.furthest)
    if not found[EARLIER]:
        return ""
    first = f"In an epoch {found[EARLIER]:,} targets have a cause left of their window's edge."
    if carried:
        return (
            f"{first} The **state** is carried over the edge and may still hold it, but the "
            "**gradient** is cut there, so no update ever tells the network to keep it."
        )
    return f"{first} Nothing brings it over: the **state** begins anew, the **gradient** is cut."


def rows_sentence(cut: Cut) -> str:
    """What is lost where rows begin."""
    found = cut.count(cut.furthest)
    parts = []
    if found[ABOVE]:
        each = f"{min(cut.furthest, cut.windows * cut.window)} in each of rows 2 to {cut.rows}"
        parts.append(
            f"{found[ABOVE]:,} targets ({each}) have a cause at the end of the row above, which "
            "the state of their own row has never seen"
        )
    if found[NOWHERE]:
        has = "has a cause" if found[NOWHERE] == 1 else "have causes"
        parts.append(f"the first {_targets(found[NOWHERE])} of row 1 {has} before the series")
    return f"Where rows begin, {', and '.join(parts)}." if parts else ""


def unused_sentence(cut: Cut) -> str:
    """What fills no window."""
    several = f"{cut.windows:,} windows of {cut.window} use"
    windows = f"1 window of {cut.window} uses" if cut.windows == 1 else several
    if not cut.unused:
        return f"{windows} up each row of {cut.length:,} bits."
    return (
        f"{windows} {cut.windows * cut.window:,} of the "
        f"{cut.length:,} bits of a row; the last {cut.unused} of each fill no window and are not "
        f"used, {cut.rows * cut.unused:,} bits in all."
    )


def _targets(number: int) -> str:
    return "target" if number == 1 else f"{number} targets"
