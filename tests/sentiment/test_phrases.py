"""What phrases are worth: how they are found, counted and learnt."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.makers.sentiment.phrase_learning import learn_phrases
from rnnlab.sentiment.phrases import Phrases, frequent, phrases_of

N = 100


def ids(*numbers):
    return np.array(numbers, dtype=np.int32)


def test_phrases_are_words_pairs_and_triples_in_base_n():
    """5, 6, 7; 5 * 100 + 6 = 506 and 607; 50607."""
    assert list(phrases_of(ids(5, 6, 7), N)) == [5, 6, 7, 506, 607, 50607]


def test_what_is_no_known_word_parts_phrases():
    """2 is "unknown", 1 the start, and 100 lies beyond the vocabulary."""
    assert list(phrases_of(ids(1, 5, 2, 6, 100, 7), N)) == [5, 6, 7]


@given(st.lists(st.integers(0, N + 3), max_size=30))
def test_phrases_are_those_that_a_loop_finds(numbers):
    runs = [numbers[i : i + n] for n in (1, 2, 3) for i in range(len(numbers) - n + 1)]
    known = [run for run in runs if all(4 <= one < N for one in run)]
    want = {sum(one * N**k for k, one in enumerate(reversed(run))) for run in known}
    assert list(phrases_of(ids(*numbers), N)) == sorted(want)


def test_each_phrase_of_a_text_counts_once_by_the_root_of_how_many():
    """5 and 6 are worth 1 and 2, "5 6" 8: (1 + 2 + 8) / sqrt(3); 7 and "6 5" are not listed."""
    phrases = Phrases(N, np.array([5, 6, 506]), np.array([1.0, 2.0, 8.0]))
    assert phrases.logit(ids(5, 6, 5, 6, 7)) == pytest.approx(11 / math.sqrt(3))
    assert phrases.logit(ids(6)) == pytest.approx(2)
    assert phrases.logit(ids()) == 0
    assert Phrases(N, np.array([], np.int64), np.array([])).logit(ids(5, 6)) == 0


def test_frequent_are_those_in_enough_texts_however_often_in_one():
    texts = [ids(5, 5, 5, 6), ids(6, 7), ids(7, 6)]
    assert list(frequent(texts, N, 2)) == [6, 7]
    assert list(frequent(texts, N, 3)) == [6]


def test_not_turns_a_word_round_where_the_phrase_says_so():
    """Word 9 is bad, 8 is "not": 9 alone is in bad texts only, 8 9 in good ones only."""
    rng = np.random.default_rng(1)
    noise = rng.integers(20, 90, (200, 12))
    labels = np.arange(200) % 2
    texts = [
        ids(*(other[:6]), *((8, 9) if good else (9, 8)), *(other[6:]))
        for other, good in zip(noise, labels, strict=True)
    ]
    learnt = learn_phrases(texts, labels, N, rng)
    assert learnt.logit(ids(8, 9)) > 0.3
    assert learnt.logit(ids(9, 8)) < -0.3
    said = np.array([learnt.logit(text) for text in texts])
    assert ((said > 0) == (labels == 1)).mean() > 0.95
