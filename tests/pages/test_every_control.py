"""Whatever can be set on a page stands in its address, but for what is named here."""

from functools import cache

import pytest

from rnnlab.rules import RULES
from rnnlab.ui.server import board_store
from tests.pages.opened import opened_once

FILES = "what a visitor uploads or pastes, and how it is read, stays with them"
ANSWERS = "what a visitor answers is theirs, and gives nothing away to those who get a link"
REVIEWS = "a review is in a link only if one asks for that"
OF_THE_BOARD = "the board itself holds it, for all who look at it"
MIRRORS = "it shows what another parameter says"

EXCEPTIONS = {
    "guess": ANSWERS,
    "guessed_loss": ANSWERS,
    "typed_text": REVIEWS,
    "many_typed": REVIEWS,
    "board_code": "what is typed there becomes the code in the address",
    "board_stage": OF_THE_BOARD,
    "pad_text": REVIEWS,
    "hand_features": MIRRORS,
    "hand_units": MIRRORS,
    "hand_timesteps": MIRRORS,
    "look_own_lags": MIRRORS,
    "next_own_pasted": FILES,
}
"""Keys of widgets that the address does not hold, and why."""
MIRRORED = "look_chance_"
"""How the keys begin of the chances in the table of a rule, which its text says."""
GUESSED = "guess_"
"""How the keys begin of guesses in lessons, which are answers."""

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
        ("The series", "How it is cut", "What can be known", "Guess it yourself", "Download"),
    ),
    "kinds": (
        "about",
        ("The kinds", "One or many", "How far back?", "The window's edge", "Why it forgets"),
    ),
    "teachers": (
        "teach",
        ("Forty-five minutes", "What students say", "Exercises to print", "Thirty at once"),
    ),
    "sentiment": ("sentiment", ("Your review", "Compare", "Train it yourself", "Many texts")),
    "padding": (
        "padding",
        ("Your review", "Four ways to train", "500 words", "Masks in Keras", "Three more"),
    ),
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

THE_TEACHER = "the teacher's secret"
"""In a place: the secret of a board that is opened for the test."""

PLACES = [
    *((page, {key: part}) for page, (key, parts) in PARTS.items() for part in parts),
    *(("training", {"rule": rule}) for rule in RULES),
    *(("data_rules", {"rule": rule}) for rule in RULES),
    ("board", {}),
    ("board", {"teacher": THE_TEACHER}),
    ("data_rules", {"rule": "own", "look_own": "As a table"}),
    ("hand_check", {"hand_cell": "gru"}),
    ("data_rules", {"lesson": "pair"}),
    *((page, {"make": "true"}) for page in ("training", "kinds")),
    ("hand_check", {"hand_cell": "lstm", "part": "The way back"}),
    ("next_word", {"word_text": "Your own text"}),
    ("next_word", {"word_text": "Chinese grammar", "next": "Let it write"}),
]


def opened(page, query):
    """The page as it opens there; a teacher finds the board of this process."""
    if query.get("teacher") == THE_TEACHER:
        query = {"teacher": board_of_the_teacher()}
    return opened_once(f"pages/{page}.py", **query)


@cache
def board_of_the_teacher() -> str:
    return board_store().open("a teacher").secret


def keys_set(app) -> set[str]:
    """The keys of all that can be set on a page, folded away or not; "" for what has none."""
    return {widget.key or "" for kind in KINDS for widget in app.get(kind)}


@pytest.mark.parametrize(("page", "query"), PLACES, ids=str)
def test_every_control_is_in_the_address(page, query):
    app = opened(page, query)
    linked = {key for part in app.session_state["address"].parts.values() for key in part}
    left_out = {
        key
        for key in keys_set(app) - linked - EXCEPTIONS.keys()
        if not key.startswith((MIRRORED, GUESSED))
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
    places = (opened(page, query) for page, query in PLACES)
    assert not EXCEPTIONS.keys() - {key for app in places for key in keys_set(app)}
