"""What was changed in a text, and what the page says of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.reading import read
from rnnlab.ui.sentiment.edit import MOST_COMPARED, changed, words_changed
from tests.sentiment.made import made_model

WORDS = st.lists(st.sampled_from("abc"), max_size=12)


def rows(old: str, new: str) -> list[tuple[str, str]]:
    return [
        (segment.source, " ".join(segment.words)) for segment in changed(old.split(), new.split())
    ]


@pytest.mark.parametrize(
    ("old", "new", "segments"),
    [
        (
            "the end is dull",
            "the end is good",
            [("both", "the end is"), ("old", "dull"), ("new", "good")],
        ),
        ("not bad", "bad", [("old", "not"), ("both", "bad")]),
        ("bad", "not bad at all", [("new", "not"), ("both", "bad"), ("new", "at all")]),
        ("a b", "a b", [("both", "a b")]),
        ("", "a", [("new", "a")]),
        ("a a", "a", [("both", "a"), ("old", "a")]),
        ("", "", []),
    ],
)
def test_a_change_is_told_word_by_word(old, new, segments):
    assert rows(old, new) == segments


@given(WORDS, WORDS)
def test_both_texts_can_be_read_off_the_change(old, new):
    segments = changed(old, new)
    assert [
        word for segment in segments if segment.source != "new" for word in segment.words
    ] == old
    assert [
        word for segment in segments if segment.source != "old" for word in segment.words
    ] == new


def test_a_long_change_is_one_block():
    old = ["same", *(f"old{n}" for n in range(MOST_COMPARED + 1)), "end"]
    new = ["same", *(f"new{n}" for n in range(3)), "end"]
    assert [(segment.source, len(segment.words)) for segment in changed(old, new)] == [
        ("both", 1),
        ("old", MOST_COMPARED + 1),
        ("new", 3),
        ("both", 1),
    ]


def change(old: str, new: str) -> str:
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
    assert change(old, new).startswith(words)


def test_words_between_two_changes_are_shortened_in_the_middle():
    old = "dull " + " ".join("abcdefghijklmno") + " dull"
    new = "good " + " ".join("abcdefghijklmno") + " good"
    assert change(old, new) == "~~dull~~ **good** a b c d … l m n o ~~dull~~ **good**"


def test_a_long_change_is_cut():
    old = "good " * 300
    cut = change(old + "bad " * 300, old)
    assert cut.startswith("… good good good good ~~bad bad ")
    assert cut.endswith("~~ …")
    assert len(cut) < 300
