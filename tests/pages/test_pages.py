"""The pages without a browser: they open, and their knobs become settings."""

from __future__ import annotations

import re

import pytest

from rnnlab.bounds import AMOUNTS, Bounds
from rnnlab.exploration.game import ROUND
from rnnlab.presets import PRESETS
from rnnlab.rules import RULES
from rnnlab.settings import Settings
from rnnlab.ui.frame import PAGES
from tests.pages.opened import ROOT, TRAINING, opened, opened_once, press, settings_on, texts
from tests.rules.cases import wobble

KNOB_WIDGETS = (
    "slider",
    "toggle",
    "select_slider",
    "button_group",
    "number_input",
    "selectbox",
    "text_input",
)

EVERY_PRESET = pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))


def knob_widgets(block) -> list:
    """Every widget that a knob may have, of a page or of a part of it."""
    return [widget for kind in KNOB_WIDGETS for widget in block.get(kind)]


def test_the_menu_has_every_page_that_there_is():
    files = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert sorted(page.file for page in PAGES) == sorted(files)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_every_page_opens(page):
    app = opened("" if page.file == "home" else f"pages/{page.file}.py")
    assert app.title


def test_home_asks_every_question_and_keeps_its_answer_covered():
    app = opened()
    assert len(app.title) == 1
    told = texts(app)
    for preset in PRESETS.values():
        assert preset.setting in told
        assert preset.claim not in told
        assert preset.expect not in told
    assert "Measured" not in told
    (button,) = [one for one in app.button if one.key == "uncover_echo"]
    told = texts(button.click().run())
    assert {name for name in PRESETS if PRESETS[name].claim in told} == {"echo"}


def test_home_answers_every_question_where_nothing_is_covered():
    app = opened(cover="off")
    cards = [one.value for one in app.markdown]
    assert {page.words for page in PAGES} - {""} <= set(cards)
    captions = [one.value for one in app.caption]
    for preset in PRESETS.values():
        assert any(preset.claim in card for card in cards)
        (told,) = [one for one in captions if preset.expect in one]
        number, after = re.search(r"Measured: ([-+.e\d]+\d)(.*)", told).groups()
        assert float(number) == pytest.approx(preset.measured, rel=0.02, abs=5e-5)
        assert ("nats" in after) == Bounds.of(preset.settings).bits
    assert not [one for one in app.button if (one.key or "").startswith("uncover")]


def test_training_opens_with_the_defaults():
    assert settings_on(opened_once(TRAINING)) == Settings()


@EVERY_PRESET
def test_the_short_link_of_a_question_sets_every_knob(preset):
    app = opened_once(TRAINING, preset=preset.name)
    assert settings_on(app) == preset.settings
    assert app.title[0].value == preset.question


@pytest.mark.parametrize("name", ["echo", "sine-as-printed"])
def test_a_link_with_every_knob_is_followed_without_a_word(name):
    app = opened(TRAINING, **PRESETS[name].settings.to_query())
    assert settings_on(app) == PRESETS[name].settings
    assert app.title[0].value == PRESETS[name].question
    assert not app.warning


def test_the_link_of_a_question_that_there_is_not_is_ignored():
    assert settings_on(opened(TRAINING, preset="maroon")) == Settings()


@pytest.mark.parametrize("name", RULES)
def test_every_knob_of_a_rule_has_a_widget_with_its_words_the_main_ones_open(name):
    app = opened_once(TRAINING, rule=name)
    words = {widget.key: (widget.label, widget.help) for widget in knob_widgets(app)}
    knobs = Settings.knobs({"rule": name})
    drawn = {key: knob for key, knob in knobs.items() if len(knob.choices) != 1}
    assert {key: words.get(key) for key in drawn} == {
        key: (knob.label, knob.help) for key, knob in drawn.items()
    }
    foreign = {key for other in RULES for key in Settings.knobs({"rule": other})} - knobs.keys()
    assert not foreign & words.keys()
    folded = {widget.key for fold in app.expander for widget in knob_widgets(fold)}
    assert drawn.keys() - folded == {"rule", *RULES[name].main_knobs} & drawn.keys()


def test_an_impossible_combination_gets_a_sentence_and_keeps_the_knobs():
    app = opened(TRAINING, epochs="200", length="20000", window="1")
    assert "at most 500,000 updates" in app.warning[0].value
    app.slider(key="window").set_value(20).run()
    assert not app.warning
    assert app.session_state["epochs"] == 200


def test_a_typed_rule_is_trained_and_a_wrong_one_is_kept_with_a_sentence():
    app = opened(TRAINING, rule="own", expression="x[t-1] xor x[t-2]", noise="0.1")
    assert settings_on(app) == Settings.of(
        {"rule": "own", "expression": "x[t-1] xor x[t-2]", "noise": 0.1}
    )
    assert not app.warning
    app.text_input(key="expression").set_value("x[t-1] xorr x[t-2]").run()
    assert app.warning[0].value.startswith("At character 8: 'xorr' means nothing here")
    assert app.text_input(key="expression").value == "x[t-1] xorr x[t-2]"
    assert not [one for one in app.button if one.label == "Train"]
    app.text_input(key="expression").set_value("x[t-1] x[t-2]: 0 1 1 0").run()
    assert not app.warning
    assert [one for one in app.button if one.label == "Train"]


def test_the_rule_about_your_own_series_asks_for_it():
    app = opened(TRAINING, rule="series")
    assert (
        app.warning[0].value
        == "Upload a file of numbers first, and choose what the lab asks about it."
    )
    assert not [one for one in app.button if one.label == "Train"]
    assert not app.metric


def test_a_series_of_your_own_can_be_trained_on_and_stays_where_a_later_file_is_broken():
    app = opened(TRAINING, {"own_series": wobble()}, rule="series", rows="32")
    assert not app.warning
    assert [one for one in app.button if one.label == "Train"]
    assert any("“wobble”: 400 values" in caption.value for caption in app.caption)
    app.file_uploader[0].set_value(("broken.csv", b"value\n1\n2\n", "text/csv")).run()
    (warning,) = app.warning
    assert "'broken.csv' has 2 values" in warning.value
    assert any("“wobble”: 400 values" in caption.value for caption in app.caption)
    assert [button for button in app.button if button.label == "Train"]


@EVERY_PRESET
def test_before_a_run_the_page_says_what_theory_allows_and_what_it_will_cost(preset):
    app = opened_once(TRAINING, preset=preset.name)
    bounds = Bounds.of(preset.settings)
    said = " ".join(one.value for one in app.markdown)
    if bounds.bits:
        assert f"Guessing costs {bounds.baseline:.4f} nats" in said
        assert f"nothing can get below {bounds.best:.4f}" in said
    else:
        assert f"has a mean squared error of {bounds.baseline:.3g}" in said
    assert [one.value for one in app.metric] == ["–"] * 3
    (cost,) = [one.value for one in app.caption if "parameters" in one.value]
    assert f"{preset.settings.network.parameters:,} parameters" in cost
    assert f"{preset.settings.updates:,} updates" in cost
    assert re.search(r"about \d+ (s|minutes)$", cost)


@EVERY_PRESET
def test_what_should_be_seen_is_told_once_one_asks_for_it(preset):
    app = opened(TRAINING, preset=preset.name)
    assert preset.setting in texts(app)
    assert preset.claim not in texts(app)
    assert preset.expect not in texts(app)
    press(app, "Show the answer")
    assert preset.claim in texts(app)
    assert preset.expect in texts(app)
    assert "Show the answer" not in [one.label for one in app.button]
    assert preset.expect in texts(opened(TRAINING, preset=preset.name, cover="off"))


def test_the_rule_of_a_game_is_covered_until_one_has_played_or_asks():
    rule = Settings().data.description
    page, look = "pages/data_rules.py", "Guess it yourself"
    app = opened(page, look=look)
    assert rule not in texts(app)
    for _ in range(ROUND):
        assert rule not in texts(app)
        press(app, "Say 0")
    assert rule in texts(app)
    press(app, "Play again")
    assert rule in texts(app)
    assert rule in texts(press(opened(page, look=look), "Show the answer"))
    assert rule in texts(opened(page))


def test_nothing_is_covered_where_the_page_knows_no_answer():
    app = opened_once(TRAINING, units="7")
    assert "Show the answer" not in [one.label for one in app.button]


def test_a_guess_is_about_one_question():
    app = opened(TRAINING, preset="echo")
    app.button_group(key="guess").set_value(AMOUNTS[0]).run()
    assert app.session_state["guess"] == AMOUNTS[0]
    app.slider(key="units").set_value(9).run()
    assert app.session_state["guess"] == AMOUNTS[0]
    app.selectbox(key="rule").set_value("parity").run()
    assert app.session_state["guess"] is None


def test_a_guess_can_be_made_and_need_not():
    app = opened_once(TRAINING)
    (amount,) = [one for one in app.button_group if one.key == "guess"]
    assert amount.value is None
    assert tuple(amount.options) == AMOUNTS
    assert app.number_input(key="guessed_loss").value is None


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ({"rule": "echo", "delay": "7"}, "y = np.roll(x, 7)\ny[:7] = 0"),
        ({"rule": "toy"}, "y = np.array([10, 20, 30]"),
        ({"cell": "lstm"}, "def step("),
    ],
    ids=str,
)
def test_the_code_that_runs_is_shown(query, lines):
    app = opened(TRAINING, **query)
    assert any(lines in block.value for block in app.code)


@pytest.mark.parametrize(
    ("page", "query", "sentence", "left"),
    [
        ("training", {"rule": "maroon"}, "but it is 'maroon'.", {"rule": "pair"}),
        (
            "training",
            {"rule": "echo", "delay": "99"},
            "Delay must be between 1 and 20",
            {"delay": 3},
        ),
        ("training", {"epochs": "inf", "units": "9"}, "Epochs must be a number", {"units": 9}),
        ("training", {"rule": "own", "expression": "1" * 300}, "at most 200 characters", {}),
        ("data_rules", {"window": "101", "seed": "7"}, "Window must be between", {"seed": 7}),
        (
            "sentiment",
            {"sentiment": "Train it yourself", "review_cell": "foo", "review_epochs": "4"},
            "Cell must be one of",
            {"review_cell": "simple_rnn", "review_epochs": 4},
        ),
        ("next_word", {"word_units": "1000"}, "Units must be between 8 and 128", {}),
        (
            "hand_check",
            {"part": "Shapes", "shape_vocabulary": "inf", "shape_cell": "gru"},
            "Vocabulary must be a number",
            {"shape_vocabulary": 10_000, "shape_cell": "gru"},
        ),
        ("kinds", {"kind_steps": "99"}, "Time steps must be between 2 and 8", {"kind_steps": 4}),
    ],
    ids=str,
)
def test_what_a_link_cannot_have_is_left_out_and_said_and_the_rest_of_it_counts(
    page, query, sentence, left
):
    app = opened(f"pages/{page}.py", **query)
    (warning,) = app.warning
    assert sentence in warning.value
    assert "Instead of that part of the link, the page takes " in warning.value
    assert {key: app.session_state[key] for key in left} == left
    app.run()
    assert not app.warning
    assert {key: app.session_state[key] for key in left} == left
