"""Curves over each other, told apart without colour; and only the settings that differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rnnlab.charts import roles
from rnnlab.charts.run_comparison import (
    comparison_table,
    loss_domain,
    settings_table,
)
from rnnlab.insight.comparison import MOST_RUNS, RunSummary
from rnnlab.settings import Settings


def curve(*losses: float) -> pd.DataFrame:
    return pd.DataFrame({"update": 10 * np.arange(1, len(losses) + 1), "loss": losses})


def test_there_is_a_colour_a_dash_and_a_shape_for_every_run_that_is_kept():
    for styles in (roles.RUNS, roles.DASHES, roles.SHAPES):
        assert len(set(styles)) == MOST_RUNS


def test_every_run_has_one_last_point():
    table = comparison_table({"a": curve(0.7, 0.5), "b": curve(0.6, 0.4, 0.2), "new": curve()})
    last = table[table["last"]]
    assert list(zip(last["run"], last["loss"], strict=True)) == [("a", 0.5), ("b", 0.2)]
    assert len(table) == 5


def test_a_long_run_is_thinned_out_but_keeps_its_end():
    table = comparison_table({"a": curve(*np.linspace(1, 0, 1999))})
    assert 300 <= len(table) <= 400
    assert table["update"].iloc[-1] == 19_990
    assert table["update"].is_monotonic_increasing


def test_no_runs_are_an_empty_table_with_all_columns():
    assert list(comparison_table({}).columns) == ["run", "update", "loss", "last"]


@pytest.mark.parametrize(
    ("losses", "log", "domain"),
    [
        ((0.7, 0.35), False, (0.0, 0.8)),
        ((0.7, 0.004), True, (0.001, 1.0)),
        ((250.0, 0.007), True, (0.001, 1000.0)),
        ((250.0, 3.0), False, (0.0, 300.0)),
        ((0.0,), True, (0.1, 1.0)),
    ],
)
def test_the_axis_of_losses_ends_at_round_numbers(losses, log, domain):
    assert loss_domain({"a": curve(*losses)}, log=log) == pytest.approx(domain)


def test_the_settings_that_differ_and_the_last_loss_are_a_row_each():
    runs = [
        RunSummary("short", Settings.of({"rule": "echo", "window": 3, "fresh_data": True}), 0.69),
        RunSummary("long", Settings.of({"rule": "echo", "window": 15}), None),
    ]
    table = settings_table(runs)
    assert list(table.columns) == ["run", "New data every epoch", "Window", "last loss"]
    assert list(table["Window"]) == ["3", "15"]
    assert list(table["New data every epoch"]) == ["yes", "no"]
    assert table["last loss"].isna().tolist() == [False, True]
