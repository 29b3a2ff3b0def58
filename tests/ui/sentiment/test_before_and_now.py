"""What the page says of a change."""

from __future__ import annotations

import pytest

from rnnlab.sentiment.reading import read
from rnnlab.ui.sentiment.before_and_now import words_changed
from tests.sentiment.made import made_model


def said(old: str, new: str) -> str:
    model = made_model()
    return words_changed(read(model, old), read(model, new))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("the end is dull", "the end is good", "the end is ~~dull~~ **good**"),
        ("bad", "not bad", "**not** bad"),
        ("A film!", "a Film", "The words are the same"),
        ("one two", "three", "It is another text"),
        (
            "a b c d e f g h dull i j k l m n o",
            "a b c d e f g h good i j k l m n o",
            "… e f g h ~~dull~~ **good** i j k l …",
        ),
        ("x*y", "x*z", "x ~~y~~ **z**"),
        ("it's _dull_", "it's <b>", "it's ~~dull~~ **b**"),
        ("the end of it is good", "the road to a far town", "It is another text"),
    ],
)
def test_what_went_is_struck_out_and_what_came_is_bold(old, new, words):
    assert said(old, new).startswith(words)


def test_words_between_two_changes_are_shortened_in_the_middle():
    old = "dull " + " ".join("abcdefghijklmno") + " dull"
    new = "good " + " ".join("abcdefghijklmno") + " good"
    assert said(old, new) == "~~dull~~ **good** a b c d … l m n o ~~dull~~ **good**"


def test_a_long_change_is_cut():
    old = "good " * 300
    said_of_it = said(old + "bad " * 300, old)
    assert said_of_it.startswith("… good good good good ~~bad bad ")
    assert said_of_it.endswith("~~ …")
    assert len(said_of_it) < 300
