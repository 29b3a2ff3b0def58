"""What a teacher sees of a lesson before giving out its link is what the class will find."""

from __future__ import annotations

from tests.pages.opened import TRAINING, opened, texts

HOSTILE = "**bold** :material/home: <b>x</b>"


def glance(page: str = TRAINING, **query: str) -> dict[str, str]:
    """Each line of it, by its name."""
    shown = texts(opened(page, make="true", **query))
    lines = shown[shown.index("- **Page:**") :].split("\n")
    named = (line.removeprefix("- **").split(":** ", 1) for line in lines if line[:4] == "- **")
    return {name: words for name, words in named if name and words}


def test_every_knob_is_either_turned_or_kept_with_the_value_of_the_page():
    seen = glance(lag="3", units="4", make_turn="lag", make_question="What if?")
    assert seen["Question"] == "What if?"
    assert seen["Knobs they can turn"] == "Lag 3"
    kept = seen["Knobs that stay, and are not shown"]
    assert "Units 4" in kept
    assert "Window 5" in kept
    assert "Lag" not in kept
    assert "Minutes" not in kept  # of the lesson, not of its page


def test_guesses_are_named_with_the_right_one_and_parts_that_are_hidden():
    options = {"make_option_1": "Yes", "make_option_2": "No", "make_right": "No"}
    seen = glance(**options, make_hide="strip")
    assert seen["Guess"] == "“Yes”, “No”. Right: “No”, covered until they ask"
    assert "Your runs" in seen["Hidden"]
    assert "Your runs" not in seen["Below the curve"]
    assert "“" not in glance()["Guess"]


def test_what_a_teacher_types_is_shown_as_text():
    seen = glance(make_question=HOSTILE)
    assert "**bold**" not in seen["Question"]
    assert "<b>" not in seen["Question"]
