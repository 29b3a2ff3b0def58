"""Links as people write them: equal numbers are equal, and what is said is what happens."""

from __future__ import annotations

import random
import re

import pytest

from rnnlab.settings import Settings
from tests.pages.opened import TRAINING, opened, settings_on

WRITE, TRAIN = {"next": "Let it write"}, {"sentiment": "Train it yourself"}
KNOWN = {"rule": "own", "expression": "x[t-1] xor x[t-2]", "look": "What can be known"}

TAKES = re.compile(r"the page takes (.*)\.$")


def said(app) -> list[str]:
    return [warning.value.replace("\\", "") for warning in app.warning]


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ({"clip": "1"}, {"clip": 1.0}),
        ({"clip": ".1", "learning_rate": "1e-3"}, {"clip": 0.1, "learning_rate": 0.001}),
        ({"learning_rate": "1"}, {"learning_rate": 1.0}),
        ({"seed": "1e2", "epochs": "20.0"}, {"seed": 100, "epochs": 20}),
        ({"seed": "5.5"}, {"seed": 1}),
        ({"epochs": "20.7", "window": "7"}, {"epochs": 15, "window": 7}),
        ({"fresh_data": "True", "carry_state": "0"}, {"fresh_data": True, "carry_state": False}),
        ({"length": "1,000", "rows": " 50"}, {"length": 1000, "rows": 50}),
        ({"rule": "own", "expression": "x[t-2]", "noise": "1e-1"}, {"noise": 0.1}),
    ],
    ids=str,
)
def test_equal_values_open_the_same_run_and_stand_in_the_address(query, chosen):
    app = opened(TRAINING, **query)
    settings = settings_on(app)
    assert {name: getattr(settings, name) for name in chosen} == chosen
    address = {name: app.query_params[name] for name in app.query_params}
    assert Settings.of(Settings.read(address)) == settings
    refused = [
        name for name, value in chosen.items() if value == Settings.all_knobs()[name].default
    ]
    assert len(said(app)) == len(refused)
    app.run()
    assert settings_on(app) == settings
    assert not said(app)


def test_several_faults_in_one_link_are_all_named_and_the_rest_counts():
    app = opened(TRAINING, seed="5.5", clip="2", epochs="many", units="9.0", fresh_data="maybe")
    assert len(said(app)) == 4
    assert settings_on(app) == Settings(units=9)
    assert any(
        one == "Seed must be a whole number between 0 and 9999, but it is 5.5. "
        "Instead of that part of the link, the page takes 1."
        for one in said(app)
    )


def test_a_link_that_says_something_twice_says_which_counts():
    app = opened(TRAINING, seed=["3", "4"])
    assert said(app) == ["“seed” stands 2 times in the link: the last one counts."]
    assert settings_on(app).seed == 4


@pytest.mark.parametrize(
    ("page", "query", "key", "value", "n_said"),
    [
        ("kinds", {"kind_units": "8.0"}, "kind_units", 8, 0),
        ("kinds", {"kind_units": "99"}, "kind_units", 6, 1),
        ("kinds", {"kind": "Perceptron"}, "kind", "Simple", 1),
        ("kinds", {"about": "nothing"}, "about", "The kinds", 1),
        ("hand_check", {"part": "Exercises", "level": "Impossible"}, "level", None, 1),
        ("hand_check", {"part": "Exercises", "exercise": "3.0"}, "exercise", 3, 0),
        ("hand_check", {"hand_cell": "lstm", "lstm_kernel": "9" * 3000}, "hand_cell", "lstm", 1),
        ("data_rules", {"look": "Download", "look_rows": "1000"}, "look_rows", 1000, 0),
        ("data_rules", {"look": "Download", "look_rows": "7"}, "look_rows", 10_000, 1),
        ("data_rules", {"look": "What can be known", "look_bits": "1e3"}, "look_bits", 1000, 0),
        ("data_rules", {"look": "Guess it yourself", "look_game": "8e0"}, "look_game", 8, 0),
        ("data_rules", {"look_own": "?", "rule": "own"}, "look_own", "As an expression", 1),
        ("next_word", WRITE | {"next_temperature": "1e-1"}, "next_temperature", 0.1, 0),
        ("next_word", WRITE | {"next_from_mine": "0"}, "next_from_mine", False, 0),
        ("next_word", {"word_text": "Klingon"}, "word_text", "English grammar", 1),
        ("next_word", {"word_learning_rate": "2e-3"}, "word_learning_rate", 0.002, 0),
        ("sentiment", TRAIN | {"review_words": "5e3"}, "review_words", 5000, 0),
        ("data_rules", KNOWN | {"look_lags_1_2": "x[t-1]"}, "look_lags_1_2", [1], 0),
    ],
    ids=str,
)  # fmt: skip
def test_every_page_reads_its_knobs_so(page, query, key, value, n_said):
    app = opened(f"pages/{page}.py", **query)
    assert len(said(app)) == n_said
    if value is not None:
        assert app.session_state[key] == value


PIECES = (
    "1",
    "0",
    "5",
    ".",
    "-",
    "e",
    "+",
    ",",
    " ",
    "true",
    "nan",
    "x[t-1]",
    "[x](y)",
    "∞",
    "inf",
)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_said_of_a_fuzzed_link_is_what_happens(seed):
    generator = random.Random(seed)
    knobs = Settings.knobs({})
    names = generator.sample(sorted(set(knobs) - {"rule"}), 6)
    query = {name: "".join(generator.choices(PIECES, k=generator.randint(0, 4))) for name in names}
    app = opened(TRAINING, **query)
    used = {name: app.session_state[name] for name in names}
    for name in names:
        sentences = [one for one in said(app) if one.startswith(f"{knobs[name].label} must be")]
        if sentences:
            assert used[name] == knobs[name].default
            takes = TAKES.search(sentences[0])[1]
            assert takes in (str(used[name]), {True: "on", False: "off"}.get(used[name]))
        else:
            assert used[name] == knobs[name].read(query[name])
