"""What is kept of a run: a thin curve with its end, a name by what differs, a row in the file."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from rnnlab.bounds import Bounds
from rnnlab.charts.kept_run import (
    MOST_POINTS,
    another_question,
    incomparable,
    runs_csv,
    thinned,
)
from rnnlab.presets import PRESETS
from rnnlab.rules.own_series import OwnSeries
from rnnlab.settings import Plan, Settings
from tests.charts.runs import kept_run

PAIR = Settings(rows=10, length=500, window=5, epochs=2)  # 2 epochs of 100 updates
FIRST = kept_run(PAIR)


@pytest.mark.parametrize("number", [1, MOST_POINTS, MOST_POINTS + 1, 1999])
def test_a_long_curve_is_thinned_out_evenly_but_keeps_its_end(number):
    updates = [10 * point for point in range(1, number + 1)]
    curve = thinned(updates, list(np.linspace(1, 0, number)))
    assert min(number, MOST_POINTS / 2) <= len(curve) <= MOST_POINTS
    assert curve["update"].iloc[-1] == updates[-1]
    assert set(curve["update"]) <= set(updates)
    assert curve["update"].diff().dropna().nunique() <= 1


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"units": 2}, "units 6 → 2"),
        ({"units": 2, "window": 8}, "units 6 → 2, window 5 → 8"),
        ({"units": 2, "window": 8, "seed": 7}, "units 6 → 2, window 5 → 8, 1 more"),
        ({"fresh_data": True}, "new data every epoch no → yes"),
        ({"learning_rate": 0.3}, "learning rate 0.01 → 0.3"),
        ({"rule": "echo"}, "The echo, SimpleRNN(6)"),
        ({}, "the same again"),
    ],
    ids=str,
)
def test_a_run_is_called_by_what_differs_from_the_one_before(values, name):
    now = Settings.of({**PAIR.values, **values}) if "rule" not in values else Settings.of(values)
    assert kept_run(now, before=FIRST).title == name


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_ready_experiment_is_called_by_its_title_unless_one_knob_leads_to_it(preset):
    alone = kept_run(preset.settings)
    assert alone.title == preset.title
    other = "echo" if preset.settings.rule != "echo" else "pair"
    assert kept_run(preset.settings, before=kept_run(Settings(rule=other))).title == preset.title


def test_what_was_done_on_the_way_is_in_the_name_and_a_given_name_stands_alone():
    turned = kept_run(PAIR, end=140, rates=((100, 0.3), (160, 0.1)), before=FIRST)
    assert turned.title == "learning rate 0.3 from 100 on, stopped after 140"
    assert replace(turned, given="mine").label == "1 · mine"


def test_a_long_expression_is_cut_in_a_name():
    own = Settings.of({"rule": "own", "expression": "x[t-1] xor x[t-2] xor x[t-3] xor x[t-4]"})
    assert len(kept_run(own, before=kept_run(Settings(rule="own"))).title) < 80


def test_the_loss_stands_beside_what_to_hold_it_against():
    bits = kept_run(PAIR, 0.9, 0.36)
    # The last epoch is the second half. The pair rule leaves half of the bits to chance.
    assert bits.loss == 0.36
    assert bits.beside == ("best possible", pytest.approx(np.log(2) / 2))
    numbers = kept_run(PRESETS["toy"].settings, 0.0036)
    assert numbers.beside[1] == Bounds.of(PRESETS["toy"].settings).baseline
    assert numbers.result.startswith("0.0036 (")


@pytest.mark.parametrize(
    ("plan", "step", "same"),
    [
        (Plan(PAIR), 200, True),
        (Plan(PAIR), 120, True),
        (Plan(PAIR), 119, False),
        (Plan(PAIR, ((120, 0.3),)), 200, True),
        (Plan(PAIR, ((119, 0.3),)), 200, False),
        (Plan(replace(PAIR, seed=2)), 200, False),
    ],
    ids=str,
)
def test_a_stopped_run_is_the_beginning_of_the_one_that_goes_on(plan, step, same):
    assert kept_run(PAIR, end=120).begins(plan, step) == same


@pytest.mark.parametrize(
    ("plan", "covered"),
    [
        (Plan(PAIR, until=120), True),
        (Plan(PAIR, until=50), True),
        (Plan(PAIR, ((40, 0.3),), until=40), True),
        (Plan(PAIR), False),
        (Plan(PAIR, ((40, 0.3),), until=50), False),
        (Plan(replace(PAIR, seed=2), until=120), False),
    ],
    ids=str,
)
def test_a_run_has_all_points_of_a_shorter_one_with_its_rates(plan, covered):
    assert kept_run(PAIR, end=120).covers(plan) == covered


def test_losses_of_different_kinds_and_other_questions_are_told_apart():
    echo, toy = Settings(rule="echo"), Settings.of({"rule": "toy"})
    assert not incomparable(FIRST, echo)
    assert "nats" in incomparable(FIRST, toy)
    assert "squared error" in incomparable(kept_run(toy), FIRST)
    assert "rule" in another_question(FIRST, echo)
    assert not another_question(FIRST, replace(PAIR, units=2, window=9))
    line, other = (
        Settings(rule="series", rows=10, own=OwnSeries.of("s", [float(n**k) for n in range(100)]))
        for k in (1, 2)
    )
    assert "series" in another_question(kept_run(line), other)
    assert not another_question(kept_run(line), line)


def test_all_runs_in_one_file_have_their_points_names_and_settings():
    runs = [
        kept_run(PAIR, 0.7, 0.5, 0.3, 0.2),
        kept_run(Settings(rule="echo"), 0.6, 0.1, number=4, given='=1+1, "quoted"'),
    ]
    content = runs_csv(runs)
    assert content.startswith(b"\xef\xbb\xbf"), "Excel then reads it as UTF-8"
    table = pd.read_csv(io.BytesIO(content))
    assert list(table)[:5] == ["run", "name", "update", "epoch", "loss"]
    assert table["run"].tolist() == [1, 1, 1, 1, 4, 4]
    assert table["update"].tolist()[:4] == [50, 100, 150, 200]
    assert table["epoch"].tolist()[:4] == [0.5, 1.0, 1.5, 2.0]
    assert table["loss"].tolist() == [0.7, 0.5, 0.3, 0.2, 0.6, 0.1]
    assert table["name"].iloc[-1] == """'=1+1, "quoted\"""", "no spreadsheet calculates a name"
    for run in runs:
        row = table[table["run"] == run.number].iloc[0]
        assert {name: row[name] for name in run.settings.values} == run.settings.values
    assert table["delay"].isna().tolist() == [True] * 4 + [False] * 2
