"""How reviews are padded to measure what that does."""

import numpy as np

from rnnlab.lengths.settings import BEHIND, IN_FRONT, MASKED
from rnnlab.makers.padding_record import padded
from rnnlab.sentiment.review_training import ARTICLE
from rnnlab.sentiment.vocabulary import START
from rnnlab.training.review_corpus import ReviewCorpus


def test_each_way_has_the_same_words_where_its_name_says() -> None:
    ids = [np.array([5, 6, 7], np.int16), np.arange(4, 604, dtype=np.int16)]
    corpus = ReviewCorpus(ids, np.array([0, 1], np.int8), "two")
    both = np.arange(2)
    front, whole = padded(corpus, both, IN_FRONT)
    behind, also_whole = padded(corpus, both, BEHIND)
    masked, lengths = padded(corpus, both, MASKED)
    assert front.shape == (2, ARTICLE.length)
    assert front[0, -4:].tolist() == behind[0, :4].tolist() == [START, 5, 6, 7]
    assert not front[0, :-4].any()
    assert not behind[0, 4:].any()
    np.testing.assert_array_equal(masked, behind)
    np.testing.assert_array_equal(front[1], behind[1])
    assert whole.tolist() == also_whole.tolist() == [ARTICLE.length] * 2
    assert lengths.tolist() == [4, ARTICLE.length]
