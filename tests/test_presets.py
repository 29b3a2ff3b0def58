"""The syllabus: each experiment is one of its kind, and expects what theory allows."""

from __future__ import annotations

import pytest

from rnnlab.bounds import Bounds
from rnnlab.presets import PRESETS, preset_for
from rnnlab.settings import Settings

EVERY_PRESET = pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))

REACHED = {"pair": 0.34657, "pair-too-late": 0.69315, "echo": 0.0, "echo-too-short": 0.69315}
"""The least loss that gradients within the window can teach, from the articles' table."""


def test_no_two_presets_are_the_same_experiment():
    presets = list(PRESETS.values())
    for kind in ("name", "title", "settings"):
        assert len({getattr(preset, kind) for preset in presets}) == len(presets), kind


@EVERY_PRESET
def test_a_preset_is_found_by_its_name_and_by_its_settings(preset):
    assert PRESETS[preset.name] is preset
    assert preset_for(preset.settings) is preset


def test_other_settings_are_no_preset():
    assert preset_for(Settings(seed=4711)) is None


@EVERY_PRESET
def test_a_preset_speaks_in_whole_sentences(preset):
    assert preset.question.endswith("?")
    assert preset.claim.endswith(".")
    assert preset.expect.endswith(".")
    assert preset.name == preset.name.lower().replace(" ", "-")


@EVERY_PRESET
def test_what_a_preset_expects_is_possible(preset):
    best = Bounds.of(preset.settings).best
    low, high = preset.loss
    assert best - 0.011 <= low < high
    assert low <= preset.measured <= high
    assert 0 <= preset.accuracy[0] < preset.accuracy[1] <= 1


@pytest.mark.parametrize(("name", "loss"), REACHED.items())
def test_the_bounds_of_a_preset_contain_what_theory_says(name, loss):
    low, high = PRESETS[name].loss
    assert low <= loss <= high
    assert high - low <= 0.03


@pytest.mark.parametrize(
    ("name", "accuracy"), [("pair", 0.75), ("pair-too-late", 0.5), ("echo", 1.0)]
)
def test_the_accuracies_of_a_preset_are_those_of_the_articles(name, accuracy):
    low, high = PRESETS[name].accuracy
    assert low <= accuracy <= high


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("pair", {"rows": 250, "length": 2000, "window": 5, "units": 6, "lag": 1}),
        ("pair-too-late", {"rows": 250, "window": 5, "lag": 6}),
        ("echo", {"rows": 5, "length": 10_000, "window": 15, "units": 4, "delay": 3}),
        ("echo", {"optimizer": "adagrad", "learning_rate": 0.3, "epochs": 100}),
        ("echo-too-short", {"window": 3, "delay": 3}),
    ],
)
def test_the_presets_have_the_numbers_of_the_articles(name, numbers):
    values = PRESETS[name].settings.values
    assert {key: values[key] for key in numbers} == numbers
    assert values["carry_state"] is True
