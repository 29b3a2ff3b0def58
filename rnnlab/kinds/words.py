"""What a map says, in words: its cells, and what to look at in it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rnnlab.cells import CELLS
from rnnlab.kinds.maps import Map, Place
from rnnlab.knobs import Value
from rnnlab.rules.base import enumeration

COIN = math.log(2)
HALF = COIN / 2
"""Half of what there is to know of an echo, in nats: below it, it counts as learnt."""

NEAR = 0.05
"""Nats above the floor that count as close to it."""

Losses = Mapping[Place, float]


def row_title(one: Map, value: Value) -> str:
    """A row by its name: a kind of network, or a window."""
    return CELLS[str(value)].title if one.down == "cell" else f"window {value}"


def column_title(one: Map) -> str:
    """What the columns are."""
    return f"{one.base.data.all_knobs()[one.across].label} of the echo, in steps"


def place_title(one: Map, place: Place) -> str:
    """One cell by its name."""
    row = row_title(one, place.row)
    back = f"{place.column} step{'s' if place.column != 1 else ''}"
    return f"{row[0].upper()}{row[1:]}, echo of {back}"


def map_sentence(one: Map, losses: Losses) -> str:
    """What to look at, with the numbers that there are."""
    if not losses:
        return ""
    return _by_kind(one, losses) if one.down == "cell" else _by_window(one, losses)


def agreement(here: Losses, recorded: Losses) -> str:
    """Whether a map that was filled again agrees with the recorded one."""
    gaps = [abs(loss - recorded[place]) for place, loss in here.items() if place in recorded]
    if not gaps:
        return ""
    if max(gaps) == 0:
        return f"All {len(gaps)} cells are as recorded, to the last digit."
    same = sum(gap == 0 for gap in gaps)
    return (
        f"{same} of {len(gaps)} cells are as recorded to the last digit; the others differ by up "
        f"to {max(gaps):.2g}, because another kind of processor rounds in another way."
    )


def _by_kind(one: Map, losses: Losses) -> str:
    """How far each kind remembers, and which shorter echoes it has missed all the same."""
    told = []
    for row in one.rows:
        learnt = [int(p.column) for p, loss in losses.items() if p.row == row and loss < HALF]
        known = [int(p.column) for p in losses if p.row == row]
        missed = [str(delay) for delay in known if delay < max(learnt, default=0)]
        missed = [delay for delay in missed if int(delay) not in learnt]
        but = f" (but not {enumeration(missed)})" if missed else ""
        if known:
            told.append(f"{row_title(one, row)} {max(learnt, default=0)}{but}")
    return (
        f"The longest echo, in steps, of which each has learnt more than half: {', '.join(told)}. "
        "A cell is the loss in nats, from .69 (knows nothing) to .00 (knows all), after the same "
        "training."
    )


def _by_window(one: Map, losses: Losses) -> str:
    """What the two sides of the edge cost, and how near the floors are."""
    above = {p: loss for p, loss in losses.items() if float(p.row) <= float(p.column)}
    below = {p: loss - one.floor(p) for p, loss in losses.items() if p not in above}
    if not above or not below:
        return ""
    learnt = [place for place, loss in above.items() if loss < HALF]
    stuck = [loss for place, loss in above.items() if place not in learnt]
    but = ""
    if learnt:
        names = " and ".join(_inside(one, place) for place in learnt)
        but = f" All but {names}: a state keeps its last input by itself, and that is enough."
    worst = max(below, key=lambda place: below[place])
    close = sum(gap < NEAR for gap in below.values())
    return (
        f"Above the line no window holds a cause with its effect: {len(stuck)} of these "
        f"{len(above)} cells cost {min(stuck, default=COIN):.2f} to {max(stuck, default=COIN):.2f} "
        f"nats, and knowing nothing costs {COIN:.4f}.{but} Below it {close} of {len(below)} are "
        f"within {NEAR} of their floor; the furthest, {_inside(one, worst)}, is "
        f"{below[worst]:.2f} above it."
    )


def _inside(one: Map, place: Place) -> str:
    """A cell's name within a sentence."""
    return f"“{place_title(one, place)}”"
