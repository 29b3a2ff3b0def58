"""Words get their numbers from the words beside them."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.makers.sentiment.word_vectors import word_vectors

pytestmark = pytest.mark.usefixtures("sklearn")


def alike(vectors, first, second):
    a, b = vectors[first], vectors[second]
    return a @ b / np.linalg.norm(a) / np.linalg.norm(b)


def test_words_in_the_same_places_are_alike_and_others_are_not():
    """10 and 11 stand between 20 and 21, 12 and 13 between 30 and 31: never side by side."""
    rng = np.random.default_rng(0)
    kinds = [((20, 21), (10, 11)), ((30, 31), (12, 13))]
    texts = []
    for _ in range(400):
        (before, after), words = kinds[rng.integers(2)]
        noise = rng.integers(40, 60, 4)
        texts.append(np.array([before, words[rng.integers(2)], after, *noise]))
    vectors = word_vectors(texts, 60, 8, rng)
    assert vectors.shape == (60, 8)
    assert alike(vectors, 10, 11) > 0.9
    assert alike(vectors, 12, 13) > 0.9
    assert alike(vectors, 10, 12) < 0.5


def test_numbers_have_a_spread_of_one_and_what_is_no_word_has_none():
    rng = np.random.default_rng(1)
    vectors = word_vectors([rng.integers(4, 50, 200) for _ in range(20)], 50, 8, rng)
    assert np.isclose(vectors[4:].std(), 1)
    assert abs(vectors[:4]).max() < 1e-5


def test_the_same_texts_and_seed_give_the_same_numbers():
    texts = [np.random.default_rng(n).integers(0, 50, 100) for n in range(10)]
    first, second = (word_vectors(texts, 50, 8, np.random.default_rng(2)) for _ in range(2))
    assert (first == second).all()
