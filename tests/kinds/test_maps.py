"""The maps: which runs they hold, in which jobs, what theory allows them, and what they say."""

import math

import pytest

from rnnlab.kinds.maps import CARRIED, FROM_ZERO, MAPS, MEMORY, MapCell, agreement, map_sentence

COIN = math.log(2)
EVERY_MAP = pytest.mark.parametrize("run_map", MAPS.values(), ids=list(MAPS))


@EVERY_MAP
def test_the_jobs_hold_every_cell_once(run_map):
    dealt = [cell for job in run_map.jobs() for cell in job]
    assert sorted(dealt, key=str) == sorted(run_map.cells, key=str)
    assert 1 < len(list(run_map.jobs())) <= 3


@EVERY_MAP
def test_the_cells_differ_in_two_knobs_and_in_nothing_else(run_map):
    for cell in run_map.cells:
        values = run_map.settings(cell).values
        changed = {name for name in values if values[name] != run_map.base.values[name]}
        assert changed <= {run_map.row_knob, run_map.column_knob}
        assert (values[run_map.row_knob], values[run_map.column_knob]) == cell


@EVERY_MAP
def test_another_seed_changes_the_seed_alone(run_map):
    cell = run_map.cells[0]
    assert run_map.settings(cell).seed == run_map.base.seed
    other = run_map.settings(cell, 77)
    assert other.seed == 77
    assert {**other.values, "seed": run_map.base.seed} == run_map.settings(cell).values


def test_in_the_map_of_kinds_every_window_holds_the_cause_with_its_effect():
    assert MEMORY.base.window > max(MEMORY.columns)


@pytest.mark.parametrize(
    ("window", "delay", "floor"),
    [
        # The first `delay` of `window` echoes are coin flips: min(delay, window) / window ln 2.
        (1, 1, COIN),
        (5, 5, COIN),
        (5, 8, COIN),
        (6, 3, COIN / 2),
        (10, 1, COIN / 10),
        (8, 6, 0.75 * COIN),
    ],
)
def test_the_floor_of_windows_from_zero_counts_the_echoes_that_nobody_can_know(
    window, delay, floor
):
    assert FROM_ZERO.floor(MapCell(window, delay)) == pytest.approx(floor, abs=1e-12)
    assert CARRIED.floor(MapCell(window, delay)) == 0


def test_cells_have_names():
    assert MEMORY.cell_title(MapCell("lstm", 1)) == "LSTM, echo of 1 step"
    assert CARRIED.cell_title(MapCell(4, 7)) == "Window 4, echo of 7 steps"


def test_the_longest_echo_is_told_with_what_was_missed_before_it():
    losses = {MapCell("simple_rnn", delay): 0.1 for delay in range(1, 9)}
    losses |= {MapCell("simple_rnn", 5): 0.69, MapCell("lstm", 1): 0.5, MapCell("gru", 2): 0.34}
    assert "SimpleRNN 8 (but not 5), LSTM 0, GRU 2." in map_sentence(MEMORY, losses)


def test_before_there_is_anything_it_says_nothing():
    assert map_sentence(MEMORY, {}) == ""
    assert map_sentence(CARRIED, {MapCell(3, 1): 0.1}) == ""


def test_the_edge_is_told_with_its_exceptions():
    cells = {(1, 1): 0.001, (2, 3): 0.65, (3, 3): 0.69, (4, 3): 0.3, (5, 3): 0.02}
    sentence = map_sentence(CARRIED, {MapCell(*cell): loss for cell, loss in cells.items()})
    assert "2 of these 3 cells cost 0.65 to 0.69 nats" in sentence
    assert "not “Window 1, echo of 1 step”" in sentence
    assert "Below it 1 of 2 are within 0.05 of their floor" in sentence
    assert "“Window 4, echo of 3 steps”, is 0.30 above it" in sentence


def test_the_floor_of_a_window_from_zero_is_taken_off():
    # Of 4 steps the first 2 echoes are unknown: the floor is ln 2 / 2.
    losses = {MapCell(1, 2): 0.69, MapCell(4, 2): COIN / 2 + 0.01}
    assert "is 0.01 above it" in map_sentence(FROM_ZERO, losses)


def test_agreement_is_told_to_the_last_digit_or_by_how_much_it_is_off():
    recorded = {MapCell("gru", 1): 0.1, MapCell("gru", 2): 0.2}
    assert agreement(recorded, recorded) == "All 2 cells are as recorded, to the last digit."
    off = agreement(recorded | {MapCell("gru", 2): 0.203}, recorded)
    assert off.startswith("1 of 2 cells are as recorded")
    assert "up to 0.003" in off
    assert agreement({}, recorded) == ""
