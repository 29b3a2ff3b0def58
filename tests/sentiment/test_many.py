"""Many texts judged at once: each gets its own verdict, and its unknown words are counted."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.many import AT_ONCE, Judged, judge_many
from rnnlab.sentiment.texts import Texts
from rnnlab.sentiment.vocabulary import Vocabulary

VOCABULARY = Vocabulary(("good", "bad", "film"))


def by_length(texts):
    """A model that believes in brevity: a text of n characters is positive with 1 / (1 + n)."""
    return np.array([1 / (1 + len(text)) for text in texts])


def judged(texts: list[str], labels: list[int | None] | None = None) -> list[Judged]:
    given_texts = Texts(tuple(texts), tuple(labels or [None] * len(texts)), "x")
    found: dict[int, Judged] = {}
    for some in judge_many(given_texts, by_length, VOCABULARY):
        assert 0 < len(some) <= AT_ONCE
        assert not found.keys() & some.keys(), "none is judged twice"
        found |= some
    return [found[place] for place in range(len(texts))]


@given(st.lists(st.text(max_size=30), max_size=3 * AT_ONCE))
def test_every_text_gets_the_verdict_on_itself(texts):
    found = judged(texts)
    assert [one.text for one in found] == texts
    assert [one.probability for one in found] == by_length(texts).tolist()


def test_the_longest_come_first_so_that_little_is_padded():
    asked: list[list[int]] = []

    def model(texts):
        asked.append([len(text) for text in texts])
        return np.full(len(texts), 0.5)

    texts = Texts(tuple("a" * n for n in range(1, 2 * AT_ONCE)), (None,) * (2 * AT_ONCE - 1), "x")
    list(judge_many(texts, model, VOCABULARY))
    assert [len(some) for some in asked] == [AT_ONCE, AT_ONCE - 1]
    assert list(chain(*asked)) == list(range(2 * AT_ONCE - 1, 0, -1))


@pytest.mark.parametrize(
    ("text", "n_words", "unknown"),
    [
        ("Good film!", 2, 0.0),
        ("Good grief, bad film.", 4, 0.25),
        ("Ein guter Film", 3, 2 / 3),
        ("🙂🙂", 0, None),
        ("", 0, None),
    ],
)
def test_unknown_words_are_counted(text, n_words, unknown):
    (one,) = judged([text])
    assert (one.n_words, one.unknown) == (n_words, unknown)


@pytest.mark.parametrize(
    ("text", "label", "verdict", "right"),
    [
        ("", 1, 1, True),  # 1
        ("a", 1, 1, True),  # 0.5
        ("ab", 1, 0, False),  # 1/3
        ("ab", 0, 0, True),
        ("ab", None, 0, None),
    ],
)
def test_a_verdict_is_what_is_more_probable_and_right_if_it_is_the_label(
    text, label, verdict, right
):
    (one,) = judged([text], [label])
    assert (one.verdict, one.right) == (verdict, right)


def test_how_sure_it_is_of_its_verdict_is_at_least_a_half():
    assert [one.sureness for one in judged(["", "a", "abcd"])] == [1, 0.5, 0.8]
