"""The maps: which runs they hold, in which jobs, and what theory allows them."""

from __future__ import annotations

import math

import pytest

from rnnlab.cells import CELLS
from rnnlab.kinds.maps import CARRIED, FROM_ZERO, MAPS, MEMORY, Place

EVERY_MAP = pytest.mark.parametrize("one", MAPS.values(), ids=list(MAPS))


def test_sixty_networks_tell_how_far_back_each_kind_remembers():
    assert MEMORY.rows == tuple(CELLS)
    assert MEMORY.columns == tuple(range(1, 21))
    assert len(MEMORY.places) == 60


@EVERY_MAP
def test_the_jobs_hold_every_cell_once(one):
    dealt = [place for job in one.jobs() for place in job]
    assert sorted(dealt, key=str) == sorted(one.places, key=str)
    assert 1 < len(list(one.jobs())) <= 3


@EVERY_MAP
def test_the_cells_differ_in_two_knobs_and_in_nothing_else(one):
    for place in one.places:
        values = one.settings(place).values
        changed = {name for name in values if values[name] != one.base.values[name]}
        assert changed <= {one.down, one.across}
        assert (values[one.down], values[one.across]) == place
    assert len({one.settings(place) for place in one.places}) == len(one.places)


@EVERY_MAP
def test_another_seed_changes_the_seed_alone(one):
    place = one.places[0]
    assert one.settings(place).seed == one.base.seed
    other = one.settings(place, 77)
    assert other.seed == 77
    assert {**other.values, "seed": one.base.seed} == one.settings(place).values


def test_in_the_map_of_kinds_every_window_holds_the_cause_with_its_effect():
    assert MEMORY.base.window > max(MEMORY.columns)


@pytest.mark.parametrize(
    ("window", "delay", "floor"),
    [
        # The first `delay` of `window` echoes are coin flips: min(delay, window) / window ln 2.
        (1, 1, math.log(2)),
        (5, 5, math.log(2)),
        (5, 8, math.log(2)),
        (6, 3, math.log(2) / 2),
        (10, 1, math.log(2) / 10),
        (8, 6, 0.75 * math.log(2)),
    ],
)
def test_the_floor_of_windows_from_zero_counts_the_echoes_that_nobody_can_know(
    window, delay, floor
):
    assert FROM_ZERO.floor(Place(window, delay)) == pytest.approx(floor, abs=1e-12)
    assert CARRIED.floor(Place(window, delay)) == 0
