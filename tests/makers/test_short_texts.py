"""Short texts by length."""

import numpy as np
import pytest

from rnnlab.errors import TrainingError
from rnnlab.makers.sentiment.short_texts import LENGTHS, ShortTexts
from rnnlab.sentiment.vocabulary import UNKNOWN


def text(length):
    return np.full(length, 100 + length, np.int32)


def test_a_text_keeps_its_end_and_its_target_whatever_length_it_is_filled_up_to():
    lengths = range(1, LENGTHS[-1] + 3)
    texts = ShortTexts([text(n) for n in lengths], np.array([n / 100 for n in lengths]))
    assert texts.lengths == LENGTHS
    rng = np.random.default_rng(0)
    seen = set()
    for length in LENGTHS:
        ids, targets = texts.drawn(length, 200, rng)
        assert ids.shape == (200, length)
        for row, target in zip(ids, targets, strict=True):
            n = int(row[-1]) - 100
            assert (row[length - n :] == 100 + n).all()
            assert (row[: length - n] == UNKNOWN).all()
            assert target == pytest.approx(n / 100)
            seen.add(n)
    assert seen == {*range(1, LENGTHS[-1] + 1)}, "what is too long is left out"


def test_long_ones_and_frequent_ones_are_drawn_more_often():
    texts = ShortTexts([text(4)] * 10 + [text(16)] * 10 + [text(1)], np.full(21, 0.5))
    rng = np.random.default_rng(0)
    drawn = [texts.any_length(rng) for _ in range(1000)]
    assert drawn.count(16) > 1.5 * drawn.count(4) > 10 * drawn.count(1)


def test_nothing_short_gets_a_sentence():
    with pytest.raises(TrainingError, match="No phrase has from 1 to 40 words"):
        ShortTexts([text(50)], np.array([0.5]))
