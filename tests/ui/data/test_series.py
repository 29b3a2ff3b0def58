"""The series on the page: a target to look at, its sentence, and where else to look."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from rnnlab.articles import ARTICLES
from rnnlab.exploration.series import series_steps, step_sentence
from rnnlab.presets.shelf import papers_of
from rnnlab.rules import RULES
from rnnlab.settings import Settings
from rnnlab.ui.data.series import N_STEPS, OTHER_VERSION
from tests.pages.opened import opened, texts
from tests.rules.cases import wobble
from tests.ui.data.drawn import drawn

PAGE = "pages/data_rules.py"


def sentence(settings: Settings, t: int) -> str:
    return step_sentence(series_steps(settings, t, 1)[0])


SMALL = Settings(rows=4, length=1000)


def test_the_target_is_spelled_out_and_the_buttons_step():
    app = drawn("series", SMALL)
    assert sentence(SMALL, 17) in texts(app)
    app.button(key="look_target_Next").click().run()
    assert sentence(SMALL, 18) in texts(app)
    app.button(key="look_target_Back").click().run()
    app.button(key="look_target_Back").click().run()
    assert sentence(SMALL, 16) in texts(app)


@pytest.mark.parametrize("t", [0, 999, 3999])
def test_one_can_jump_to_any_place(t):
    app = drawn("series", SMALL, look_target=t)
    assert sentence(SMALL, t) in texts(app)
    moved = "look_start" in app.session_state
    start = int(app.session_state["look_start"]) if moved else 0
    assert start <= t < start + N_STEPS


def test_a_place_beyond_a_shorter_series_becomes_its_last():
    app = drawn("series", SMALL, look_target=499_999)
    assert sentence(SMALL, 3999) in texts(app)


def test_all_causes_are_on_the_strip_even_of_the_furthest_lag():
    app = drawn("series", Settings.of({"lag": 20, "rows": 4, "length": 1000}), look_target=500)
    assert app.session_state["look_start"] <= 500 - 21


@pytest.mark.parametrize("name", OTHER_VERSION)
def test_where_words_and_code_differ_the_other_rule_is_one_click_away(name):
    other = OTHER_VERSION[name][0]
    app = opened(PAGE, rule=name)
    app.button(key="look_other").click().run()
    assert app.session_state["rule"] == other
    assert not app.exception


def test_another_seed_is_another_series():
    app = opened(PAGE, seed="4")
    app.button(key="look_seed").click().run()
    assert app.session_state["seed"] == 5
    assert sentence(Settings(seed=5), 17) in texts(app)


@pytest.mark.parametrize(
    "name", ["pair", "echo", "sine", "toy", "adding", "embedded-reber", "copy", "temporal-order"]
)
def test_the_code_that_is_shown_is_the_code_that_ran(name):
    settings = Settings(rule=name)
    app = drawn("series", settings)
    shown = [code.value for code in app.code]
    assert settings.data.numpy_code() in shown
    rule = type(RULES[name])
    made_by = next(
        getattr(rule, n)
        for n in ("clean_series", "samples", "strings", "generate")
        if hasattr(rule, n)
    )
    first_lines = inspect.getsource(made_by).strip().splitlines()[0]
    assert any(first_lines in code for code in shown)
    papers = papers_of(name)
    sources = papers or (() if name == "own-machine" else (ARTICLES[rule.article],))
    assert all(source.citation in texts(app) for source in sources)
    assert bool(sources) == (" behind it: " in texts(app))


@pytest.mark.parametrize("sample", [0, 9_999])
def test_the_marked_numbers_of_a_sequence_are_added_up(sample):
    settings = Settings(rule="adding", window=20)
    samples = settings.sample_rule.samples(20)
    first, second = np.flatnonzero(samples.inputs[sample, :, 1])
    shown = texts(drawn("series", settings, look_sample=sample))
    assert f"at steps {first + 1} and {second + 1}: " in shown
    assert f" = {samples.targets[sample]:.3f}. That is" in shown


def test_with_noise_the_lines_that_flip_are_shown_too():
    shown = [code.value for code in drawn("series", Settings(noise=0.1)).code]
    assert any("self.noise" in code for code in shown)


def test_the_sine_stands_as_printed_beside_as_meant():
    app = drawn("series", Settings(rule="sine", window=10, rows=32))
    assert "**As meant: shape (9,990, 10, 1) (yours)**" in texts(app)
    assert "**As printed: shape (9,990, 1, 10)**" in texts(app)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(rule="toy"), "one tensor of shape (3, 3, 2)"),
        (Settings(rule="adding", window=20), "Your sample: shape (10,000, 20, 2)"),
        (
            Settings(rule="series", own=wobble(), window=10, rows=8),
            "The first 360 values are for training, the last 40",
        ),
    ],
)
def test_other_rules_on_numbers_show_theirs(settings, words):
    assert words in texts(drawn("series", settings))
