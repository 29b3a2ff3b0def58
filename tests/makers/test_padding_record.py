"""How reviews are padded to measure what that does."""

import numpy as np

from rnnlab.lengths.settings import BEHIND, IN_FRONT, MASKED
from rnnlab.makers.padding_record import batches, learnt_from, padded, windows
from rnnlab.sentiment.review_training import ARTICLE
from rnnlab.sentiment.vocabulary import PADDING, START
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


def test_only_reviews_under_a_mask_are_sorted_and_run_short_windows() -> None:
    rng = np.random.default_rng(0)
    sizes = rng.integers(20, 700, 20 * ARTICLE.batch + 5)
    ids = [np.full(size, 9, np.int16) for size in sizes]
    corpus = ReviewCorpus(ids, np.zeros(len(ids), np.int8), "made up")
    shuffled, masked = ([*batches(corpus, way, epoch=1)] for way in (IN_FRONT, MASKED))
    assert {batch.window for batch in shuffled} == {*windows(IN_FRONT)} == {ARTICLE.length}
    assert {ARTICLE.length} < {batch.window for batch in masked} <= {*windows(MASKED)}
    assert len(shuffled) == len(masked) == 20
    for batch in masked:
        learnt = learnt_from(corpus, MASKED, batch)
        assert learnt.inputs.shape == (1, 1, ARTICLE.batch, batch.window)
        own = np.minimum(sizes[batch.indices] + 1, ARTICLE.length)  # with the start
        np.testing.assert_array_equal(learnt.lengths, own[None, None])
        np.testing.assert_array_equal((learnt.inputs != PADDING).sum(axis=-1), own[None, None])
