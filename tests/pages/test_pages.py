"""The pages without a browser: they open, and their knobs become settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.presets import PRESETS
from rnnlab.settings import Settings, knobs_for

APP = str(Path(__file__).parents[2] / "app.py")


def opened(page: str = "", **query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page:
        app.switch_page(page).run()
    assert not app.exception
    return app


def settings_on(app: AppTest) -> Settings:
    """What Train would train."""
    rule = app.session_state["rule"]
    shown = {name for name, knob in knobs_for(rule).items() if len(knob.choices) != 1}
    return Settings.of({name: app.session_state[name] for name in shown})


def test_home_asks_every_question():
    app = opened()
    assert len(app.title) == 1
    cards = " ".join(one.value for one in app.markdown) + " ".join(c.value for c in app.caption)
    for preset in PRESETS.values():
        assert preset.claim in cards
        assert f"{preset.measured:.4f}" in cards


def test_training_opens_with_the_defaults():
    assert settings_on(opened("pages/training.py")) == Settings()


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_the_full_link_of_a_question_sets_every_knob(preset):
    app = opened("pages/training.py", **preset.settings.to_query())
    assert settings_on(app) == preset.settings
    assert app.title[0].value == preset.question


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_the_short_link_of_a_question_sets_every_knob(preset):
    app = opened("pages/training.py", preset=preset.name)
    assert settings_on(app) == preset.settings


def test_every_knob_has_a_widget_with_its_words():
    app = opened("pages/training.py")
    widgets = [*app.slider, *app.toggle, *app.select_slider, *app.button_group]
    told = {(one.key, one.label, one.help) for one in widgets}
    for name, knob in knobs_for("pair").items():
        if len(knob.choices) != 1:
            assert (name, knob.label, knob.help) in told


def test_an_impossible_combination_gets_a_sentence_and_keeps_the_knobs():
    app = opened("pages/training.py", epochs="200", length="20000", window="1")
    assert "at most 500,000 updates" in app.warning[0].value
    app.slider(key="window").set_value(20).run()
    assert not app.warning
    assert app.session_state["epochs"] == 200


def test_the_code_that_runs_is_shown():
    app = opened("pages/training.py", rule="echo")
    assert any("np.roll(x, delay)" in block.value for block in app.code)
