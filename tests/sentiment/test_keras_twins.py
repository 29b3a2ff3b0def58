"""The lab's own reading of a text against Keras', from the same weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras.utils import pad_sequences

from rnnlab.keras_models.network import keras_network, set_weights
from rnnlab.sentiment.forward import logits
from rnnlab.sentiment.model import Reader, SentimentModel, shipped, shipped_names, sigmoid
from rnnlab.sentiment.verdicts import network_inputs
from rnnlab.sentiment.vocabulary import Ids, padded
from tests.sentiment.imdb import WITH_REVIEWS, imdb
from tests.sentiment.made import made_reader


def by_keras(reader: Reader, texts: list[Ids]) -> np.ndarray:
    """Probabilities, texts of one length together; one model, so that it is traced seldom."""
    model = keras_network(reader.network)
    set_weights(model, reader.network, reader.weights)
    probabilities = np.empty(len(texts))
    for length in {len(text) for text in texts}:
        places = [place for place, text in enumerate(texts) if len(text) == length]
        together = np.stack([texts[place] for place in places])
        probabilities[places] = np.asarray(model(together))[:, 0]
    return probabilities


@pytest.mark.parametrize("cell", ["simple_rnn", "lstm", "gru"])
@pytest.mark.parametrize("pooling", ["", "mean_max"])
def test_a_network_by_chance_says_what_its_twin_says(cell, pooling):
    drawn = made_reader(cell=cell, bidirectional=bool(pooling), pooling=pooling)
    weights = {name: weight.astype(np.float32) for name, weight in drawn.weights.items()}
    reader = Reader(drawn.network, weights)
    rng = np.random.default_rng(1)
    texts = [rng.integers(0, 2000, length).astype(np.int32) for length in (1, 7, 40, 7)]
    got = sigmoid(logits(reader, texts))
    assert got == pytest.approx(by_keras(reader, texts), abs=1e-5)


@WITH_REVIEWS
@pytest.mark.parametrize("name", shipped_names())
def test_shipped_models_say_what_their_twins_say_to_real_reviews(name):
    model: SentimentModel = shipped(name)
    texts = [
        network_inputs(model, _cut(model.vocabulary.ids_of(text))) for text in imdb().texts[::125]
    ]
    for reader in model.readers:
        got = sigmoid(logits(reader, texts))
        assert got == pytest.approx(by_keras(reader, texts), abs=1e-5)


def _cut(ids: Ids) -> Ids:
    """The ids, cut to one of few lengths: each is another program to Keras."""
    return ids[: max(length for length in (10, 50, 120, 200, 400) if length <= max(10, len(ids)))]


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(2, 9999), max_size=9), max_size=5), st.integers(1, 12))
def test_reviews_are_padded_as_keras_pads_them(reviews, length):
    started = [[1, *review] for review in reviews]  # as imdb.load_data starts them
    ours = padded([np.array(review, np.int32) for review in reviews], length)
    assert ours.shape == (len(reviews), length)
    if reviews:
        assert ours.tolist() == pad_sequences(started, maxlen=length).tolist()
