"""What was changed in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.changes import MOST_COMPARED, changed

WORDS = st.lists(st.sampled_from("abc"), max_size=12)


def rows(old: str, new: str) -> list[tuple[str, str]]:
    return [(row.where, " ".join(row.words)) for row in changed(old.split(), new.split())]


@pytest.mark.parametrize(
    ("old", "new", "said"),
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
def test_a_change_is_told_word_by_word(old, new, said):
    assert rows(old, new) == said


@given(WORDS, WORDS)
def test_both_texts_can_be_read_off_the_change(old, new):
    said = changed(old, new)
    assert [word for row in said if row.where != "new" for word in row.words] == old
    assert [word for row in said if row.where != "old" for word in row.words] == new


def test_a_long_change_is_one_block():
    old = ["same", *(f"old{n}" for n in range(MOST_COMPARED + 1)), "end"]
    new = ["same", *(f"new{n}" for n in range(3)), "end"]
    assert [(row.where, len(row.words)) for row in changed(old, new)] == [
        ("both", 1),
        ("old", MOST_COMPARED + 1),
        ("new", 3),
        ("both", 1),
    ]
