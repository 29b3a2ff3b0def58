"""A padded review is what Keras makes of it: outputs under a mask, verdict, gradient by word."""

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.network import layer_weights
from rnnlab.sentiment.model import shipped, sigmoid
from rnnlab.sentiment.padded_reading import (
    ALONE,
    BEHIND,
    IN_FRONT,
    MASKED_BEHIND,
    MASKED_IN_FRONT,
    ZERO,
    PaddedReading,
    in_both_directions,
    read_padded,
)
from rnnlab.sentiment.verdicts import probabilities
from rnnlab.sentiment.weighing import Weighing
from tests.sentiment.made import made_model

TEXT = "I loved this film, but not its end"
ZEROS = 6
EVERY_CELL = pytest.mark.parametrize("cell", CELLS)
BOTH = pytest.mark.parametrize("both", [False, True], ids=["one", "both"])


def readings(cell: str = "gru", **options: object) -> dict[object, PaddedReading]:
    model = made_model(cell=cell)
    return {reading.way: reading for reading in read_padded(model, TEXT, ZEROS, **options)}


@BOTH
@EVERY_CELL
def test_with_a_mask_it_says_what_it_says_of_the_text_alone(cell: str, both: bool) -> None:
    by_way = readings(cell, both=both)
    for way in (MASKED_IN_FRONT, MASKED_BEHIND):
        assert by_way[way].probability == pytest.approx(by_way[ALONE].probability, abs=1e-12)
    for way in (IN_FRONT, BEHIND):
        assert abs(by_way[way].probability - by_way[ALONE].probability) > 1e-9


@EVERY_CELL
def test_alone_it_is_the_verdict_of_the_sentiment_page(cell: str) -> None:
    model = made_model(cell=cell, weighing=Weighing((0, 30), ((0.7,), (0.3,)), (0.1, 0.4)))
    alone, *_ = read_padded(model, TEXT, ZEROS)
    assert alone.probability == pytest.approx(float(probabilities(model, [TEXT])[0]), abs=1e-9)


@BOTH
def test_words_and_zeros_stand_where_the_way_says(both: bool) -> None:
    by_way = readings(both=both)
    words = by_way[ALONE].words
    zeros = (ZERO,) * ZEROS
    assert words == ("start", "I", "loved", "this", "film", "but", "not", "its", "end")
    assert by_way[IN_FRONT].words == by_way[MASKED_IN_FRONT].words == zeros + words
    assert by_way[BEHIND].words == words + zeros
    assert by_way[IN_FRONT].first_word == ZEROS
    assert not by_way[MASKED_BEHIND].is_read[len(words) :].any()


@pytest.mark.parametrize("text", ["", "   ", "zzqx", "word " * 400])
def test_any_text_can_be_read_and_a_long_one_by_its_end(text: str) -> None:
    for zeros in (0, 3):
        for reading in read_padded(made_model(), text, zeros):
            assert 0 < reading.probability < 1
            assert len(reading.words) <= 41 + zeros
            assert np.isfinite(reading.gradients).all()


@pytest.mark.parametrize("name", ["simple_rnn", "lstm", "gru"])
@BOTH
def test_keras_makes_the_same_of_it(name: str, both: bool) -> None:
    import tensorflow as tf
    from keras import layers

    model = shipped(name)
    reader = in_both_directions(model.readers[0]) if both else model.readers[0]
    network, weights = reader.network, reader.weights
    layer = getattr(layers, network.cell_type.title)(network.units, return_sequences=True)
    last = getattr(layers, network.cell_type.title)(network.units)
    if both:
        layer, last = layers.Bidirectional(layer), layers.Bidirectional(last)
    own = [
        layer_weights(weights, 1, direction)[part]
        for direction in network.directions
        for part in network.cell_type.weight_shapes(network.features, network.units)
    ]
    n_words = len(TEXT.split())
    weight = model.weighing.weights_at(n_words)[0, 0]
    for reading in read_padded(model, TEXT, ZEROS, both=both):
        ids = ids_of(model, reading)
        inputs = tf.constant(weights["embedding"][ids][None])
        mask = tf.constant((ids != 0)[None]) if reading.way.masked else None
        layer.build(inputs.shape)
        last.build(inputs.shape)
        layer.set_weights(own)
        last.set_weights(own)
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            logit = last(inputs, mask=mask) @ weights["dense_kernel"] + weights["dense_bias"]
            logit = weight * logit + model.weighing.logits(np.zeros((1, 1)), n_words)[0]
        gradient = np.linalg.norm(tape.gradient(logit, inputs).numpy()[0], axis=1)
        outputs = np.asarray(layer(inputs, mask=mask))[0]
        np.testing.assert_allclose(reading.outputs, outputs, atol=1e-5)
        np.testing.assert_allclose(reading.gradients, gradient, atol=1e-5, rtol=1e-4)
        assert reading.probability == pytest.approx(float(sigmoid(logit.numpy())[0, 0]), abs=1e-5)


def ids_of(model, reading: PaddedReading) -> np.ndarray:
    words = [word.lower() for word in reading.words]
    special = {ZERO: 0, "start": 1}
    of_words = model.vocabulary.ids(words)
    return np.array(
        [special.get(word, number) for word, number in zip(words, of_words, strict=True)]
    )
