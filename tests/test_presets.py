"""The syllabus: each experiment is one of its kind, and expects what theory allows."""

from __future__ import annotations

import math
import re
from dataclasses import fields, replace

import pytest

from rnnlab.bounds import Bounds
from rnnlab.presets import PRESETS, follow_up_of, next_question, preset_for

EVERY_PRESET = pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))

TAUGHT = {
    "pair": 0.34657,
    "pair-too-late": 0.69315,
    "self-pair": 0.46210,
    "echo": 0.0,
    "echo-too-short": 0.69315,
    "lags": 0.4545,
    "parity": 0.0,
}
"""The least loss that gradients within the window can teach, from the articles' table."""

RIGHT = {
    "pair": 3 / 4,  # one half is forced, of the other one half
    "pair-too-late": 1 / 2,
    "self-pair": 2 / 3,  # one third is forced, of the other two one half
    "echo": 1.0,
    "echo-too-short": 1 / 2,
    "lags": 3 / 4,  # (1/2 + 3/4 + 1 + 3/4) / 4
    "parity": 1.0,
}
"""The share of right guesses of who has learnt that."""

NUMBERS = [name for name, preset in PRESETS.items() if not Bounds.of(preset.settings).bits]


def test_no_two_presets_are_the_same_experiment():
    presets = list(PRESETS.values())
    for kind in ("name", "title", "settings"):
        assert len({getattr(preset, kind) for preset in presets}) == len(presets), kind


@EVERY_PRESET
def test_a_preset_is_found_by_its_name_and_by_its_settings(preset):
    assert PRESETS[preset.name] is preset
    assert preset_for(preset.settings) is preset
    assert preset_for(replace(preset.settings, seed=4711)) is None


FOUR_DIGITS = re.compile(r"0\.\d{4}(?!\d)")
"""So losses of theory are written; what was measured has fewer digits."""


@EVERY_PRESET
def test_the_losses_that_one_should_expect_are_lines_of_the_picture(preset):
    lines = Bounds.of(preset.settings).lines
    expected = re.sub(r"not to 0\.\d{4}", "", preset.expect)
    for number in map(float, FOUR_DIGITS.findall(expected)):
        assert any(number == pytest.approx(loss, abs=5.1e-5) for _, loss in lines), number


@EVERY_PRESET
def test_the_losses_spoken_of_afterwards_are_those_of_the_articles(preset):
    known = {0.6931, 0.3466, 0.4621, 0.6616, 0.6277, 0.5192, 0.4545}
    known |= {0.6046, 0.5489, 0.5017, 0.4734, 0.2773}  # in windows, with the state not carried
    known |= {round(math.log(2) / 2 / 30, 4)}  # two letters without their order, once in 30 steps
    assert set(map(float, FOUR_DIGITS.findall(preset.afterwards))) <= known


def test_the_articles_are_all_there():
    assert set(PRESETS) >= {*TAUGHT, "toy", "sine", "sine-as-printed"}
    assert sorted(NUMBERS) == ["adding", "sine", "sine-as-printed", "toy"]


@EVERY_PRESET
def test_what_a_preset_expects_is_possible(preset):
    best = Bounds.of(preset.settings).best
    low, high = preset.loss
    assert best - 0.011 <= low < high
    assert low <= preset.measured <= high


@pytest.mark.parametrize(("name", "loss"), TAUGHT.items())
def test_the_bounds_of_a_preset_contain_what_theory_says(name, loss):
    low, high = PRESETS[name].loss
    assert low <= loss <= high
    assert high - low <= 0.03


@pytest.mark.parametrize(("name", "accuracy"), RIGHT.items())
def test_the_accuracies_of_a_preset_are_those_of_theory(name, accuracy):
    low, high = PRESETS[name].accuracy
    assert low <= accuracy <= high
    assert high - low <= 0.2


@pytest.mark.parametrize("name", ["pair", "self-pair", "echo", "lags", "parity"])
def test_a_preset_that_succeeds_counts_as_learnt(name):
    bounds, high = Bounds.of(PRESETS[name].settings), PRESETS[name].loss[1]
    assert bounds.amount(high) == "All there is"


@pytest.mark.parametrize("name", ["pair-too-late", "echo-too-short"])
def test_a_preset_that_fails_counts_as_nothing_learnt(name):
    bounds, low = Bounds.of(PRESETS[name].settings), PRESETS[name].loss[0]
    assert bounds.amount(low) == "Nothing"


def test_the_loss_of_the_article_lies_within_the_bounds_of_the_toy():
    low, high = PRESETS["toy"].loss
    assert low <= 0.0070 <= high
    assert high < 0.04, "at 0.04 each answer is wrong by 0.2"


def test_the_sine_as_printed_is_told_apart_from_standing_still():
    lines = dict(Bounds.of(PRESETS["sine"].settings).lines)
    assert PRESETS["sine-as-printed"].loss[1] < lines["same as last value"]
    assert PRESETS["sine-as-printed"].loss[1] < PRESETS["sine"].loss[1] < lines["always the mean"]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("pair", {"rows": 250, "length": 2000, "window": 5, "units": 6, "lag": 1}),
        ("pair", {"carry_state": True}),
        ("pair", {"cell": "simple_rnn", "layers": 1, "activation": "tanh"}),
        ("pair-too-late", {"rows": 250, "length": 2000, "window": 5, "units": 6, "lag": 6}),
        ("self-pair", {"rows": 250, "length": 2000, "window": 5, "units": 6}),
        ("echo", {"rows": 5, "length": 10_000, "window": 15, "units": 4, "delay": 3}),
        ("echo", {"optimizer": "adagrad", "learning_rate": 0.3, "epochs": 100}),
        ("echo", {"fresh_data": True, "activation": "tanh", "layers": 1}),
        ("echo-too-short", {"window": 3, "delay": 3, "rows": 5, "length": 10_000, "units": 4}),
        ("toy", {"cell": "simple_rnn", "units": 4, "activation": "tanh", "layers": 1}),
        ("toy", {"optimizer": "adam", "learning_rate": 0.01, "epochs": 2000}),
        ("sine", {"cell": "lstm", "layers": 2, "units": 30, "window": 10, "as_printed": False}),
        ("sine", {"optimizer": "adagrad", "learning_rate": 0.1, "rows": 32}),
        ("sine-as-printed", {"cell": "lstm", "layers": 2, "units": 30, "as_printed": True}),
        ("sine-as-printed", {"optimizer": "adagrad", "learning_rate": 0.1, "rows": 32}),
    ],
)
def test_the_presets_have_the_numbers_of_the_articles(name, numbers):
    values = PRESETS[name].settings.values
    assert {key: values[key] for key in numbers} == numbers


@pytest.mark.parametrize(
    ("name", "updates_per_epoch"),
    [("pair", 400), ("echo", 666), ("toy", 1), ("sine", 312)],  # 312 * 32 = 9984 of 9990
)
def test_an_epoch_is_as_long_as_in_the_articles(name, updates_per_epoch):
    assert PRESETS[name].settings.updates_per_epoch == updates_per_epoch


def test_the_networks_are_as_large_as_in_the_articles():
    # 4 x (2 + 4 + 1) + 5 = 33; a layer of LSTM has 4 x 30 x (inputs + 30 + 1) numbers.
    sizes = {name: PRESETS[name].settings.network.parameters for name in NUMBERS}
    assert sizes["toy"] == 33
    assert sizes["sine"] == 120 * (1 + 31) + 120 * (30 + 31) + 31
    assert sizes["sine-as-printed"] == 120 * (10 + 31) + 120 * (30 + 31) + 31
    assert PRESETS["sine-as-printed"].settings.shape == (1, 10)
    assert PRESETS["sine"].settings.shape == (10, 1)


@pytest.mark.parametrize(
    ("failing", "working", "turned"),
    [("pair-too-late", "pair", {"parameters"}), ("echo-too-short", "echo", {"window"})],
)
def test_a_question_about_failing_differs_from_the_one_that_works_in_one_thing(
    failing, working, turned
):
    settings, other = PRESETS[failing].settings, PRESETS[working].settings
    names = [field.name for field in fields(settings)]
    assert {name for name in names if getattr(settings, name) != getattr(other, name)} == turned


@EVERY_PRESET
def test_the_next_step_turns_one_knob_and_leads_nowhere_else(preset):
    step, settings = preset.next_step, preset.settings
    assert settings.values[step.knob] != step.value
    turned = {
        name: value
        for name, value in preset.next_settings.values.items()
        if value != settings.values[name]
    }
    assert turned == {step.knob: step.value}
    assert follow_up_of(preset.next_settings) is preset
    assert preset_for(preset.next_settings) is None
    assert follow_up_of(settings) is None


@EVERY_PRESET
def test_what_the_next_step_should_reach_is_possible_and_its_losses_are_lines(preset):
    step, bounds = preset.next_step, Bounds.of(preset.next_settings)
    low, high = step.loss
    assert bounds.best - 0.011 <= low < high
    assert (step.accuracy is not None) == bounds.bits
    known = {loss for _, loss in (*bounds.lines, *Bounds.of(preset.settings).lines)}
    for number in map(float, FOUR_DIGITS.findall(step.explanation)):
        assert any(number == pytest.approx(loss, abs=5.1e-5) for loss in known), number


def test_questions_follow_each_other_in_teaching_order():
    presets = list(PRESETS.values())
    assert [next_question(preset) for preset in presets] == [*presets[1:], None]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("pair-too-late", "Window 8"),
        ("echo", "Carry the state off"),
        ("parity", "Activation linear"),
    ],
)
def test_a_next_step_is_named_by_its_knob_and_value(name, title):
    preset = PRESETS[name]
    assert preset.next_step.title(preset.settings) == title
