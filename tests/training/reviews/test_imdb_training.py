"""One short training on IMDB's own reviews, and the shipped article's network on those held out."""

import numpy as np
import pytest

from rnnlab.sentiment import model as stored
from rnnlab.sentiment.review_training import ARTICLE, ReviewTraining
from rnnlab.sentiment.verdicts import logits
from rnnlab.training.review_corpus import ReviewCorpus, held_out
from rnnlab.training.reviews import learn
from tests.sentiment.imdb import WITH_REVIEWS, imdb_corpus

JUDGED = 2_000
"""Of the 5,000 that are held out, so that NumPy and a short training are soon done."""

pytestmark = WITH_REVIEWS


@pytest.fixture(scope="module")
def sides() -> tuple[ReviewCorpus, ReviewCorpus]:
    learnt, judged = held_out(imdb_corpus(), ARTICLE.validation_split)
    assert (len(learnt), len(judged)) == (20_000, 5_000)
    return learnt, judged.subset(np.arange(JUDGED))


def test_three_short_epochs_judge_four_of_five_reviews_rightly(sides):
    settings = ReviewTraining(length=200, epochs=3, batch=64)
    ends = [p for p in learn(settings, *sides) if p.validation is not None]
    # Six seeds end between 0.83 and 0.85, but one epoch can end on an unlucky update (0.78).
    assert max(end.validation.accuracy for end in ends) > 0.8
    assert ends[-1].training.accuracy > 0.85


def test_the_shipped_network_judges_held_out_reviews_as_was_recorded(sides):
    _, judged = sides
    model = stored.shipped("article")
    ids = [np.where(review < 10_000, review, 2).astype(np.int32) for review in judged.ids]
    right = np.mean((logits(model, ids) > 0) == (judged.labels == 1))
    # 2,000 of the 5,000: a standard error of 0.6 percent, and weights of float16.
    assert right == pytest.approx(model.figures["last validation accuracy"], abs=0.02)
