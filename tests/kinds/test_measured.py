"""What was recorded, held against theory and against what the pages say of it."""

import math
import re
from urllib.parse import parse_qsl

import numpy as np
import pytest

from rnnlab.kinds.kinds import COMPARISONS, KINDS
from rnnlab.kinds.maps import CARRIED, COIN, FROM_ZERO, MAPS, MEMORY, MapCell, learnt
from rnnlab.kinds.measured import (
    GradientByLag,
    Measurement,
    gradient_by_lag,
    gradient_sentence,
    key,
    measurement,
    read,
    recorded,
    write,
)
from rnnlab.makers.kinds_record import names, runs_of
from rnnlab.rules import BitRule
from rnnlab.settings import Settings

EVERY_COMPARISON = pytest.mark.parametrize(
    "comparison", COMPARISONS, ids=lambda comparison: f"{comparison.name}, {comparison.task}"
)


def loss(run_map, row, column) -> float:
    return measurement(run_map.settings(MapCell(row, column))).loss


def test_all_that_the_maker_measures_was_measured_and_nothing_else():
    assert recorded().keys() == {key(run) for name in names() for run in runs_of(name)}


@pytest.mark.parametrize("run_map", MAPS.values(), ids=list(MAPS))
def test_no_measured_loss_lies_below_what_theory_allows(run_map):
    # The mean over the last epoch's 40,000 bits or more: sampling moves a floor of d/T ln 2 by
    # about 0.69 / sqrt(40,000) = 0.0035 at most, and data are new, so nothing is learnt by heart.
    for cell in run_map.cells:
        assert loss(run_map, *cell) > run_map.floor(cell) - 0.011


def test_windows_from_zero_reach_their_floors():
    assert max(loss(FROM_ZERO, *cell) - FROM_ZERO.floor(cell) for cell in FROM_ZERO.cells) < 0.05


def test_without_a_window_that_holds_cause_and_effect_there_is_hardly_anything_to_learn():
    for window, delay in FROM_ZERO.cells:
        if delay >= window:
            assert loss(FROM_ZERO, window, delay) > COIN - 0.011
            # A state that goes on keeps traces by accident; its last input it keeps for sure.
            assert loss(CARRIED, window, delay) > COIN - 0.05 or (window, delay) == (1, 1)


def test_with_such_a_window_a_carried_state_makes_up_for_what_the_window_cannot_hold():
    within = [cell for cell in CARRIED.cells if cell.column < cell.row]
    assert all(loss(CARRIED, *cell) < FROM_ZERO.floor(cell) for cell in within)


def test_a_simple_network_remembers_furthest_of_all_kinds():
    reach = {
        row: max(delay for delay in MEMORY.columns if learnt(loss(MEMORY, row, delay)))
        for row in MEMORY.rows
    }
    assert reach["simple_rnn"] > max(reach["lstm"], reach["gru"])


def test_before_training_the_gradient_reaches_far_in_a_simple_network_alone():
    for delay in MEMORY.columns:
        left = {}
        for row in MEMORY.rows:
            first = measurement(MEMORY.settings(MapCell(row, delay))).first
            left[row] = first[20] / max(first[:3])
        assert left["simple_rnn"] > 0.05 > 0.02 > left["lstm"] > left["gru"]


def test_a_linear_unit_loses_the_same_share_at_every_step_back():
    settings = Settings.of(
        {"rule": "echo", "delay": 4, "window": 8, "units": 1, "activation": "linear"}
    )
    # h_t = 0.5 h_{t-1} + x_t, so x_{t-k} counts half as much as x_{t-k+1}.
    weights = {
        "rnn1_kernel": np.ones((1, 1)),
        "rnn1_recurrent_kernel": np.full((1, 1), 0.5),
        "rnn1_bias": np.zeros(1),
        "dense_kernel": np.array([[-1.0, 1.0]]),
        "dense_bias": np.zeros(2),
    }
    gradient = gradient_by_lag(settings, weights).trained
    np.testing.assert_allclose(np.divide(gradient[1:], gradient[:-1]), 0.5, rtol=2e-3)


@pytest.mark.parametrize("cell", MEMORY.rows)
def test_the_gradient_with_the_first_weights_is_the_recorded_one(cell):
    settings = MEMORY.settings(MapCell(cell, 7))
    gradient = gradient_by_lag(settings, settings.first_weights())
    assert gradient.first == gradient.trained
    np.testing.assert_allclose(gradient.first, measurement(settings).first, rtol=2e-3)


def test_the_sentence_has_the_numbers_and_shares_of_the_step_that_counts():
    simple = GradientByLag((0.1, 0.02), (0.3, 0.9))
    sentence = gradient_sentence(
        {"simple_rnn": simple, "gru": GradientByLag((0.5, 3e-5), (1.0, 1.0))}, 1
    )
    assert "lies 1 step back" in sentence
    assert "0.02 nats in SimpleRNN, 0.00003 nats in GRU" in sentence
    assert "75% in SimpleRNN, 50% in GRU" in sentence
    assert GradientByLag((1.0, 3.0), (0.0, 0.0)).shares == ((0.25, 0.75), (0.0, 0.0))


@EVERY_COMPARISON
def test_who_is_said_to_win_has_won(comparison):
    mine, others = comparison.losses
    wins = any(comparison is kind.wins for kind in KINDS)
    assert math.isfinite(mine)
    assert math.isfinite(others)
    assert mine < others / 1.1 if wins else mine > 1.1 * others


@EVERY_COMPARISON
def test_no_task_is_won_by_learning_by_heart(comparison):
    for settings in (comparison.settings, comparison.against):
        run = measurement(settings)
        if comparison.on_fresh_data and isinstance(settings.data, BitRule):
            assert run.fresh > settings.data.best_loss() - 1e-9
        elif not settings.fresh_data and isinstance(settings.data, BitRule):
            assert run.loss > settings.data.best_loss() - 0.005


@EVERY_COMPARISON
def test_the_sentence_has_the_numbers_that_were_measured(comparison):
    numbers = [float(text) for text in re.findall(r"\*\*([-+.e\d]+)\*\*", comparison.sentence)]
    assert numbers == pytest.approx(comparison.losses, rel=0.06)
    assert f"{comparison.settings.network.parameters:,} parameters" in comparison.conditions


@EVERY_COMPARISON
def test_the_two_sides_of_a_task_learn_the_same_data(comparison):
    first, second = comparison.settings, comparison.against
    for name in ("rule", "parameters", "rows", "length", "window", "epochs", "seed", "networks"):
        assert getattr(first, name) == getattr(second, name)
    assert first != second


def test_a_link_opens_the_very_run_that_was_measured():
    settings = COMPARISONS[0].settings
    assert Settings.read(dict(parse_qsl(key(settings)))) == settings.values


def test_what_is_written_is_what_is_read(tmp_path):
    file = tmp_path / "record.json"
    record = {
        "rule=echo": Measurement(0.1, (0.05, 0.15), 0.9, 0.2),
        "": Measurement(0.25, first=(1e-7, 0.5), trained=(0.0, 1.0)),
    }
    write(record, file)
    assert file.read_text(encoding="utf-8").count("\n") == 4
    assert read(file) == record
