"""N-grams: smoothing by hand on seven words, and what must hold for any text."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.language.corpus import grammar
from rnnlab.language.dictionary import END
from rnnlab.language.ngram import NGram

STREAM = np.array([2, 3, END, 2, 3, END, 2, 4, END], np.int32)
"""a b, a b, a c; the dictionary has 5 numbers."""


def test_a_bigram_is_that_of_paper():
    # Bigrams: ⏎a 3, ab 2, b⏎ 2, ac 1, c⏎ 1. Once: 2, twice: 2, so D = 2 / (2 + 2 · 2) = 1/3.
    # After how many different words: a 1, b 1, ⏎ 2, c 1; together 5. Once: 3, twice: 1, so
    # D' = 3 / (3 + 2) = 3/5, and P(b) = (1 - 3/5) / 5 + 3/5 · 4/5 · 1/5 = 0.08 + 0.096 = 0.176.
    # P(b | a) = (2 - 1/3) / 3 + 1/3 · 2/3 · 0.176 = 0.5556 + 0.0391.
    chances = NGram(STREAM, 2, 5).next([2])
    assert chances[3] == pytest.approx(5 / 9 + 2 / 9 * 0.176)
    # P(c | a) likewise from a count of 1; P(c) = P(b).
    assert chances[4] == pytest.approx(2 / 9 + 2 / 9 * 0.176)


def test_a_trigram_looks_no_further_than_the_start_of_its_sentence():
    one = NGram(STREAM, 3, 5)
    assert one.next([]) == pytest.approx(one.next([END]))
    assert one.next([3, END, 2]) == pytest.approx(one.next([2]))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.integers(2, 6), max_size=5), min_size=1, max_size=8),
    st.lists(st.integers(0, 7), max_size=4),
    st.integers(1, 4),
)
def test_chances_are_chances_after_anything(sentences, before, order):
    stream = np.array([word for one in sentences for word in [*one, END]], np.int32)
    chances = NGram(stream, order, 8).next(before)
    assert chances.sum() == pytest.approx(1.0)
    assert (chances > 0).all()


def test_the_chance_of_each_word_of_a_stream_is_the_one_it_has_after_its_beginning():
    stream = grammar("chinese").sample(np.random.default_rng(3), 60)
    size = grammar("chinese").dictionary.size
    one = NGram(stream, 3, size)
    held_out = grammar("chinese").sample(np.random.default_rng(4), 5)
    before: list[int] = []
    expected = []
    for word in held_out.tolist():
        expected.append(one.next(before)[word])
        before = [] if word == END else [*before, word]
    np.testing.assert_allclose(one.chances_of(held_out), expected)
    assert one.perplexity(held_out) == pytest.approx(math.exp(-np.log(expected).mean()))


def test_memory_pays_in_these_grammars():
    for name in ("english", "chinese"):
        one = grammar(name)
        learn, judge = (one.sample(np.random.default_rng(k), 2000) for k in (1, 2))
        two, three = (NGram(learn, n, one.dictionary.size).perplexity(judge) for n in (2, 3))
        assert one.perplexity * 1.2 < three < two
