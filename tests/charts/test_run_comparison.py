"""Curves over each other, told apart without colour; only what differs, and who ended lowest."""

import numpy as np
import pandas as pd
import pytest

from rnnlab.charts import roles
from rnnlab.charts.run_comparison import (
    MOST_RUNS,
    RunSummary,
    comparison_sentence,
    comparison_table,
    differences,
    loss_domain,
    setting_differences,
    settings_table,
)
from rnnlab.rules.own_series import OwnSeries
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


def test_only_the_knobs_that_differ_are_listed_by_their_labels():
    runs = [Settings.of({"rule": "echo", "window": window, "units": 4}) for window in (3, 15)]
    assert dict(setting_differences(runs)) == {"Window": (3, 15)}
    assert not setting_differences([runs[0], runs[0]])


def test_a_knob_that_a_rule_does_not_have_is_a_dash():
    runs = [Settings.of({"rule": "echo"}), Settings.of({"rule": "pair"})]
    differing = setting_differences(runs)
    assert differing["Rule"] == ("echo", "pair")
    assert differing["Delay"] == (3, "–")
    assert differing["Lag"] == ("–", 1)


def test_a_users_own_numbers_are_a_difference():
    runs = [
        Settings(rule="series", rows=10, own=OwnSeries.of(name, [float(n**k) for n in range(100)]))
        for k, name in ((1, "line"), (2, "parabola"))
    ]
    assert dict(setting_differences(runs)) == {"Numbers": ("line", "parabola")}


def test_the_sentence_names_the_difference_and_the_lowest():
    long, short = (Settings.of({"rule": "echo", "window": window}) for window in (15, 3))
    runs = [
        RunSummary("short", short, 0.69),
        RunSummary("long", long, 0.0012),
        RunSummary("new", long, None),
    ]
    sentence = comparison_sentence(runs)
    assert "differ in window" in sentence
    assert "'long' ended lowest, at 0.0012" in sentence
    assert "second run" in comparison_sentence(runs[:1])
    assert "same settings" in comparison_sentence([runs[1], runs[1]])
    assert "ended" not in comparison_sentence(
        [RunSummary("a", long, None), RunSummary("b", short, None)]
    )


def test_runs_with_the_same_settings_differ_in_how_far_they_went():
    settings = Settings()
    runs = [
        RunSummary("a", settings, 0.40, (("Updates done", 100), ("Learning rate turned", "no"))),
        RunSummary("b", settings, 0.35, (("Updates done", 6000), ("Learning rate turned", "no"))),
    ]
    assert dict(differences(runs)) == {"Updates done": (100, 6000)}
    assert comparison_sentence(runs).startswith("The runs differ in updates done.")
