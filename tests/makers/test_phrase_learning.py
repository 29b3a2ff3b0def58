"""Which phrases count, and how their weights are learnt."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.makers.sentiment.phrase_learning import frequent, learn_phrases

N = 100


def ids(*numbers):
    return np.array(numbers, dtype=np.int32)


def test_frequent_are_those_in_enough_texts_however_often_in_one():
    texts = [ids(5, 5, 5, 6), ids(6, 7), ids(7, 6)]
    assert list(frequent(texts, N, 2)) == [6, 7]
    assert list(frequent(texts, N, 3)) == [6]


@pytest.mark.usefixtures("sklearn")
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
    logits = np.array([learnt.logit(text) for text in texts])
    assert ((logits > 0) == (labels == 1)).mean() > 0.95
