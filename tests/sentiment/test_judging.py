"""From texts to probabilities, and to words."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.sentiment import forward
from rnnlab.sentiment.judging import (
    as_read,
    in_words,
    logits,
    logits_so_far,
    probabilities,
)
from rnnlab.sentiment.model import SentimentModel, probability
from rnnlab.sentiment.phrases import Phrases
from tests.sentiment.made import VOCABULARY, made_model, made_reader


def ids(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (1.0, "clearly positive"),
        (0.9, "clearly positive"),
        (0.8999, "clearly positive"),  # shown as 90%
        (0.89, "rather positive"),
        (0.6, "rather positive"),
        (0.59, "undecided"),
        (0.5, "undecided"),
        (0.4, "undecided"),
        (0.39, "rather negative"),
        (0.1, "rather negative"),
        (0.09, "clearly negative"),
        (0.0, "clearly negative"),
    ],
)
def test_a_verdict_in_words(chance, said):
    assert in_words(chance) == said


def test_what_a_network_reads_begins_with_the_start():
    assert list(as_read(made_model(), ids(7, 8))) == [1, 7, 8]
    assert list(as_read(made_model(), ids())) == [1]
    assert list(as_read(made_model(most_words=2), ids(7, 8, 9))) == [1, 8, 9]


def test_or_with_zeros_before_it_as_keras_pads():
    model = made_model(padded_to=4, most_words=4)
    assert list(as_read(model, ids(7, 8))) == [0, 1, 7, 8]
    assert list(as_read(model, ids(5, 6, 7, 8, 9))) == [6, 7, 8, 9]


def test_a_model_is_the_mean_of_its_readers_and_its_phrases_scaled_and_moved():
    readers = made_reader(1), made_reader(2, cell="simple_rnn")
    phrases = Phrases(VOCABULARY, np.array([50, 60]), np.array([0.4, 0.3]))
    model = made_model(readers=readers, phrases=phrases, scale=0.5, offset=-0.25)
    text = ids(50, 60)
    first, second = (forward.logits(one, [ids(1, 50, 60)])[0] for one in readers)
    want = 0.5 * ((first + second) / 2 + 0.7 / math.sqrt(2)) - 0.25
    assert logits(model, [text]) == pytest.approx([want])


@pytest.mark.parametrize("padded_to", [0, 12])
def test_the_verdicts_so_far_are_those_on_shorter_texts(padded_to):
    model = made_model(padded_to=padded_to, most_words=12, scale=2.0, offset=0.5)
    text = ids(*range(10, 17))
    if padded_to:  # the zeros in front are read as well, and a shorter text has more of them
        read = np.concatenate([np.zeros(4, int), [1], text])
        said = forward.logits_so_far(model.readers[0], read)[4:]
        assert logits_so_far(model, text) == pytest.approx(2 * said + 0.5)
    else:
        want = logits(model, [text[:n] for n in range(8)])
        assert logits_so_far(model, text) == pytest.approx(want)


def test_probabilities_are_those_of_the_logits_and_capitals_do_not_matter():
    model = made_model()
    texts = ["I loved it", "i LOVED it!!", "", "😀"]
    said = probabilities(model, texts)
    assert said[0] == said[1]
    assert said[2] == said[3] == pytest.approx(1 / (1 + math.exp(-logits(model, [ids()])[0])))


def test_a_probability_never_overflows():
    chances = probability(np.array([-1e4, 0.0, math.log(3), 1e4]))
    assert chances == pytest.approx([0, 0.5, 0.75, 1])


def test_what_cannot_be_a_model_is_refused():
    with pytest.raises(ValueError, match="one vocabulary"):
        made_model(readers=(made_reader(), made_reader(vocabulary=50)))
    with pytest.raises(ValueError, match="one vocabulary"):
        SentimentModel("a", "A", "", ())
    with pytest.raises(ValueError, match="do not fit"):
        made_model(padded_to=10, most_words=11)
    with pytest.raises(ValueError, match="does not read words"):
        made_reader(vocabulary=0)
