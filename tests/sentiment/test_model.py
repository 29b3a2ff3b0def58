"""The parts of a model: phrases, and how they are found and added up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.model import Phrases, phrases_of

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
    known = [run for run in runs if all(4 <= number < N for number in run)]
    expected = {sum(number * N**k for k, number in enumerate(reversed(run))) for run in known}
    assert list(phrases_of(ids(*numbers), N)) == sorted(expected)


def test_each_phrase_of_a_text_counts_once_by_the_root_of_how_many():
    """5 and 6 are worth 1 and 2, "5 6" 8: (1 + 2 + 8) / sqrt(3); 7 and "6 5" are not listed."""
    phrases = Phrases(N, np.array([5, 6, 506]), np.array([1.0, 2.0, 8.0]))
    assert phrases.logit(ids(5, 6, 5, 6, 7)) == pytest.approx(11 / math.sqrt(3))
    assert phrases.logit(ids(6)) == pytest.approx(2)
    assert phrases.logit(ids()) == 0
    assert Phrases(N, np.array([], np.int64), np.array([])).logit(ids(5, 6)) == 0
