"""Whatever can be set on a page stands in its address, but for what is named here."""

import pytest

from rnnlab.rules import RULES
from tests.pages.opened import opened_once

FILES = "what a visitor uploads or pastes, and how it is read, stays with them"
ANSWERS = "what a visitor answers is theirs, and gives nothing away to those who get a link"
REVIEWS = "a review is in a link only if one asks for that"
MIRRORS = "it shows what another parameter says"

EXCEPTIONS = {
    "guess": ANSWERS,
    "guessed_loss": ANSWERS,
    "typed_text": REVIEWS,
    "many_typed": REVIEWS,
    "hand_features": MIRRORS,
    "hand_units": MIRRORS,
    "hand_timesteps": MIRRORS,
    "look_own_lags": MIRRORS,
    "next_own_pasted": FILES,
}
"""Keys of widgets that the address does not hold, and why."""
MIRRORED = "look_chance_"
"""How the keys begin of the chances in the table of a rule, which its text says."""

KINDS = (
    "button_group",
    "multiselect",
    "number_input",
    "pills",
    "radio",
    "segmented_control",
    "select_slider",
    "selectbox",
    "slider",
    "text_area",
    "text_input",
    "toggle",
    "checkbox",
)

PARTS = {
    "hand_check": (
        "part",
        ("Forward", "The way back", "Exercises", "Memory, written out", "Shapes"),
    ),
    "data_rules": (
        "look",
        ("The series", "How it is cut", "What can be known", "Guess it yourself", "Take away"),
    ),
    "kinds": ("about", ("The kinds", "One or many", "How far back?", "The window's edge", "Why?")),
    "sentiment": ("sentiment", ("Your review", "Compare", "Train it yourself", "Many texts")),
    "next_word": (
        "next",
        (
            "What comes next",
            "Inside one prediction",
            "Map of the words",
            "Let it write",
            "Train it",
        ),
    ),
}

PLACES = [
    *((page, {key: part}) for page, (key, parts) in PARTS.items() for part in parts),
    *(("training", {"rule": rule}) for rule in RULES),
    *(("data_rules", {"rule": rule}) for rule in RULES),
    ("data_rules", {"rule": "own", "look_own": "As a table"}),
    ("hand_check", {"hand_cell": "gru"}),
    ("hand_check", {"hand_cell": "lstm", "part": "The way back"}),
    ("next_word", {"word_text": "Your own text"}),
    ("next_word", {"word_text": "Chinese grammar", "next": "Let it write"}),
]


def keys_set(app) -> set[str]:
    """The keys of all that can be set on a page, folded away or not; "" for what has none."""
    return {widget.key or "" for kind in KINDS for widget in app.get(kind)}


@pytest.mark.parametrize(("page", "query"), PLACES, ids=str)
def test_every_control_is_in_the_address(page, query):
    app = opened_once(f"pages/{page}.py", **query)
    linked = {key for part in app.session_state["address"].parts.values() for key in part}
    left_out = {
        key for key in keys_set(app) - linked - EXCEPTIONS.keys() if not key.startswith(MIRRORED)
    }
    assert not left_out
    assert linked


@pytest.mark.parametrize(("page", "parts"), PARTS.items(), ids=str)
def test_every_part_of_a_page_is_looked_at_here(page, parts):
    key, titles = parts
    app = opened_once(f"pages/{page}.py")
    (row,) = [group for group in app.get("button_group") if group.key == key]
    assert {option.split(":")[-1].strip() for option in row.options} == set(titles)


def test_every_exception_is_there_to_be_set():
    places = (opened_once(f"pages/{page}.py", **query) for page, query in PLACES)
    assert not EXCEPTIONS.keys() - {key for app in places for key in keys_set(app)}
