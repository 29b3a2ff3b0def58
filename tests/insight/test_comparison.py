"""Runs beside each other: only what differs, and who ended lowest."""

from __future__ import annotations

from rnnlab.insight.comparison import (
    RunSummary,
    comparison_sentence,
    differences,
    setting_differences,
)
from rnnlab.rules.series import OwnSeries
from rnnlab.settings import Settings


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
