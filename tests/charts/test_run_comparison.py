"""Curves over each other, told apart without colour; only what differs, and who ended lowest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnnlab.charts import roles
from rnnlab.charts.run_comparison import (
    MOST_OVERLAID,
    comparison_sentence,
    comparison_table,
    differences,
    loss_domain,
    settings_table,
)
from rnnlab.charts.setting_differences import setting_differences
from rnnlab.rules.own_series import OwnSeries
from rnnlab.sentiment.model import NAMES
from rnnlab.settings import Settings
from tests.charts.runs import kept_run

PAIR = Settings(rows=10, length=500, window=5, epochs=2)  # 2 epochs of 100 updates


def of_window(window: int, **values: object) -> Settings:
    return Settings.of({"rule": "echo", "window": window, **values})


def test_there_is_a_colour_a_dash_and_a_shape_for_every_run_and_every_model_in_a_picture():
    with_ones_own = len(NAMES) + 1
    for styles in (roles.RUNS, roles.DASHES, roles.SHAPES):
        assert len(set(styles)) == len(styles) >= max(MOST_OVERLAID, with_ones_own)


def test_every_run_has_one_last_point_at_its_end():
    runs = [kept_run(PAIR, 0.7, 0.5), kept_run(PAIR, 0.6, 0.4, 0.2, number=2, end=120)]
    table = comparison_table(runs)
    last = table[table["last"]]
    assert list(zip(last["run"], last["loss"], strict=True)) == [
        (runs[0].label, 0.5),
        (runs[1].label, 0.2),
    ]
    assert last["update"].tolist() == [200, 120]
    assert last["epoch"].tolist() == [2.0, 1.2]
    assert len(table) == 5


def test_no_runs_are_an_empty_table_with_all_columns():
    assert list(comparison_table([]).columns) == ["run", "update", "epoch", "loss", "last"]


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
    assert loss_domain([kept_run(PAIR, *losses)], log=log) == pytest.approx(domain)


def test_the_settings_that_differ_and_the_last_loss_are_a_row_each():
    runs = [
        kept_run(of_window(3, fresh_data=True), 0.69),
        kept_run(of_window(15), 0.01, number=2, given="long"),
    ]
    table = settings_table(runs)
    assert list(table.columns) == ["run", "New data every epoch", "Window", "last loss"]
    assert list(table["Window"]) == ["3", "15"]
    assert list(table["New data every epoch"]) == ["yes", "no"]
    assert list(table["last loss"]) == [0.69, 0.01]
    assert table["run"].iloc[1] == "2 · long"


def test_only_the_knobs_that_differ_are_listed_by_their_labels():
    runs = [of_window(window, units=4) for window in (3, 15)]
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
    runs = [
        kept_run(of_window(3), 0.69),
        kept_run(of_window(15), 0.0012, number=2),
        kept_run(of_window(15, seed=2), float("nan"), number=3),
    ]
    sentence = comparison_sentence(runs)
    assert "differ in window and seed." in sentence
    assert "run 2 ended lowest, at 0.0012" in sentence
    assert "second run" in comparison_sentence(runs[:1])


def test_runs_with_the_same_settings_differ_in_what_was_done_on_the_way():
    whole = kept_run(PAIR, 0.40, 0.35)
    turned = kept_run(PAIR, 0.40, 0.35, rates=((100, 0.3),))
    stopped = kept_run(PAIR, 0.40, end=100)
    assert dict(differences([whole, stopped])) == {"Updates done": (200, 100)}
    assert dict(differences([whole, turned])) == {"Learning rate turned": ("–", "0.3 after 100")}
    assert not differences([whole, whole])


def test_complete_runs_of_different_length_differ_in_their_settings_alone():
    assert list(differences([kept_run(PAIR), kept_run(replace(PAIR, epochs=3))])) == ["Epochs"]
