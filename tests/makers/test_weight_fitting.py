"""What each part of a model weighs, found from texts of every length."""

import numpy as np
import pytest

from rnnlab.makers.sentiment.held_out_texts import PHRASES, PIECES, REVIEWS, SENTENCES, HeldOutTexts
from rnnlab.makers.sentiment.weight_fitting import LENGTHS, fit_weighing
from rnnlab.sentiment.evaluation import calibration
from rnnlab.sentiment.model import sigmoid


def loaded_coins(weight: float, n: int, rng: np.random.Generator):
    """Logits of two parts that say the same with noise of their own, and labels by `weight` of it.

    What both say, said * weight, is the label's logit given it: so their sum weighs about as much.
    """
    said = rng.standard_normal(n)
    labels = (rng.random(n) < 1 / (1 + np.exp(-weight * said))).astype(int)
    return said[:, None] + 0.5 * rng.standard_normal((n, 2)), labels


@pytest.mark.usefixtures("sklearn")
def test_parts_weigh_in_texts_of_each_length_what_they_are_worth_there():
    """Short texts are worth 2, long ones 0.5; or each of the parts is for one kind alone."""
    rng = np.random.default_rng(2)
    parts, labels = zip(loaded_coins(2.0, 4_000, rng), loaded_coins(0.5, 4_000, rng), strict=True)
    logits, labels = np.concatenate(parts), np.concatenate(labels)
    short, long = LENGTHS[0], LENGTHS[-1]
    n_words = np.repeat([short, long], 4_000)
    texts = HeldOutTexts(
        [np.zeros(n, np.int32) for n in n_words],
        labels,
        np.repeat([PHRASES, REVIEWS], 4_000),
        np.zeros(8_000, bool),
    )
    both, one_each = fit_weighing(logits, texts), fit_weighing(logits, texts, short=True)
    assert one_each.weights[0][0] == one_each.weights[-1][1] == 0
    for found in (both, one_each):
        assert found.lengths == LENGTHS
        assert sum(found.weights[0]) > 3 * sum(found.weights[-1]) > 0.8
        for own in (n_words == short, n_words == long):
            probabilities = sigmoid(found.logits(logits[own], n_words[own]))
            assert calibration(probabilities, labels[own]).error < 0.03


@pytest.mark.usefixtures("sklearn")
def test_in_long_texts_network_and_phrases_keep_the_ratio_that_fits_all():
    """The third part says twice as loud what the first says: it weighs half as much, also there."""
    rng = np.random.default_rng(4)
    logits, labels = loaded_coins(1.0, 6_000, rng)
    logits = np.column_stack([logits[:, 0], logits[:, 0], 2 * logits[:, 1]])
    n_words = np.repeat([LENGTHS[0], LENGTHS[-1]], 3_000)
    texts = HeldOutTexts(
        [np.zeros(n, np.int32) for n in n_words],
        labels,
        np.repeat([PHRASES, REVIEWS], 3_000),
        np.zeros(6_000, bool),
    )
    *_, long = fit_weighing(logits, texts, short=True).weights
    assert long[1] == 0
    assert long[2] == pytest.approx(long[0] / 2, rel=0.1)


@pytest.mark.usefixtures("sklearn")
def test_pieces_of_reviews_are_weighed_only_where_there_is_nothing_shorter():
    """Their labels are those of whole reviews, so most of them say nothing of the label."""
    rng = np.random.default_rng(3)
    logits, labels = loaded_coins(1.0, 3_000, rng)
    kinds = np.repeat([REVIEWS, PIECES, SENTENCES], 1_000)
    texts = [np.zeros(20, np.int32)] * 3_000
    turned = np.where(kinds == PIECES, 1 - labels, labels)

    def found(labels, kinds):
        half = np.zeros(len(labels), bool)
        n = len(labels)
        return fit_weighing(logits[:n], HeldOutTexts(texts[:n], labels, kinds, half))

    assert found(turned, kinds) == found(labels, kinds)
    assert found(turned[:2_000], kinds[:2_000]) != found(labels[:2_000], kinds[:2_000])
