"""What was recorded, held against theory and against what the pages say of it."""

from __future__ import annotations

import math
import re

import pytest

from rnnlab.kinds.kinds import KINDS, TASKS
from rnnlab.kinds.maps import CARRIED, FROM_ZERO, MAPS, MEMORY, Place
from rnnlab.kinds.measured import Measured, key, measured, read, recorded, write
from rnnlab.makers.kinds_record import measured_line, names, runs_of
from rnnlab.rules import BitRule
from rnnlab.ui.links import _values

COIN = math.log(2)
EVERY_TASK = pytest.mark.parametrize("task", TASKS, ids=lambda task: f"{task.name}, {task.what}")


def loss(one, row, column) -> float:
    return measured(one.settings(Place(row, column))).loss


def test_all_that_is_asked_for_was_measured_and_nothing_else():
    wanted = {key(settings) for name in names() for settings in runs_of(name)}
    assert recorded().keys() == wanted


def test_the_record_can_be_printed():
    for name in names():
        for settings in runs_of(name):
            assert measured_line(settings, recorded()[key(settings)]).endswith(key(settings))


@pytest.mark.parametrize("one", MAPS.values(), ids=list(MAPS))
def test_no_measured_loss_lies_below_what_theory_allows(one):
    # The mean over the last epoch's 40,000 bits or more: sampling moves a floor of d/T ln 2 by
    # about 0.69 / sqrt(40,000) = 0.0035 at most, and data are new, so nothing is learnt by heart.
    for place in one.places:
        assert measured(one.settings(place)).loss > one.floor(place) - 0.011


def test_windows_from_zero_reach_their_floors():
    gaps = [loss(FROM_ZERO, *place) - FROM_ZERO.floor(place) for place in FROM_ZERO.places]
    assert max(gaps) < 0.05


def test_without_a_window_that_holds_cause_and_effect_there_is_hardly_anything_to_learn():
    for window, delay in FROM_ZERO.places:
        if delay >= window:
            assert loss(FROM_ZERO, window, delay) > COIN - 0.011
            # A state that goes on keeps traces by accident; its last input it keeps for sure.
            assert loss(CARRIED, window, delay) > COIN - 0.05 or (window, delay) == (1, 1)


def test_with_such_a_window_a_carried_state_makes_up_for_what_the_window_cannot_hold():
    within = [place for place in CARRIED.places if place.column < place.row]
    better = [loss(CARRIED, *place) < FROM_ZERO.floor(place) for place in within]
    assert all(better)


def test_a_simple_network_remembers_furthest_of_all_kinds():
    reach = {
        row: max(delay for delay in MEMORY.columns if loss(MEMORY, row, delay) < COIN / 2)
        for row in MEMORY.rows
    }
    assert reach["simple_rnn"] > max(reach["lstm"], reach["gru"])


def test_before_training_the_gradient_reaches_far_in_a_simple_network_alone():
    back = 20
    for delay in MEMORY.columns:
        left = {}
        for row in MEMORY.rows:
            first = measured(MEMORY.settings(Place(row, delay))).first
            left[row] = first[back] / max(first[:3])
        assert left["simple_rnn"] > 0.05 > 0.02 > left["lstm"] > left["gru"]


@EVERY_TASK
def test_who_is_said_to_win_has_won(task):
    mine, others = task.losses
    wins = any(task is kind.wins for kind in KINDS)
    assert math.isfinite(mine)
    assert math.isfinite(others)
    assert mine < others / 1.1 if wins else mine > 1.1 * others


@EVERY_TASK
def test_no_task_is_won_by_learning_by_heart(task):
    for settings in (task.settings, task.against):
        found = measured(settings)
        if task.fresh and isinstance(settings.data, BitRule):
            assert found.fresh > settings.data.best_loss() - 1e-9
        elif not settings.fresh_data and isinstance(settings.data, BitRule):
            assert found.loss > settings.data.best_loss() - 0.005


@EVERY_TASK
def test_the_sentence_has_the_numbers_that_were_measured(task):
    said = [float(one) for one in re.findall(r"\*\*([-+.e\d]+)\*\*", task.sentence)]
    assert said == pytest.approx(task.losses, rel=0.06)
    assert f"{task.settings.network.parameters:,} parameters" in task.conditions


@EVERY_TASK
def test_the_two_sides_of_a_task_learn_the_same_data(task):
    one, other = task.settings, task.against
    shared = ("rule", "parameters", "rows", "length", "window", "epochs", "seed", "networks")
    assert [getattr(one, name) for name in shared] == [getattr(other, name) for name in shared]
    assert one != other


def test_a_link_opens_the_very_run_that_was_measured():
    settings = TASKS[0].settings
    assert _values(None, key(settings)) == settings.values


def test_what_is_written_is_what_is_read(tmp_path):
    here = tmp_path / "record.json"
    both = {
        "rule=echo": Measured(0.1, (0.05, 0.15), 0.9, 0.2),
        "": Measured(0.25, first=(1e-7, 0.5), trained=(0.0, 1.0)),
    }
    write(both, here)
    assert here.read_text(encoding="utf-8").count("\n") == 4
    assert read(here) == both
