"""Networks read quickly what the reference reads slowly."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.sentiment import forward
from rnnlab.sentiment.model import Reader
from rnnlab.sentiment.vocabulary import Ids
from tests.sentiment.made import made_reader

KINDS = pytest.mark.parametrize(
    ("cell", "bidirectional", "pooling", "layers"),
    list(product(CELLS, (False, True), ("", "mean_max"), (1, 2))),
)


def texts_of(*lengths: int) -> list[Ids]:
    rng = np.random.default_rng(sum(lengths))
    return [rng.integers(0, 2000, length).astype(np.int32) for length in lengths]


def slowly(reader: Reader, text: Ids) -> float:
    """The slow way: one text, one step after the other, every quantity kept."""
    trace = reference.forward(reader.network, reader.weights, text[None])
    return float(trace.outputs[0, -1, 0])


@KINDS
def test_texts_of_any_length_get_what_the_reference_says(cell, bidirectional, pooling, layers):
    reader = made_reader(cell=cell, bidirectional=bidirectional, pooling=pooling, layers=layers)
    texts = texts_of(3, 17, 1, 8, 17)
    logits = forward.logits(reader, texts)
    assert logits == pytest.approx([slowly(reader, text) for text in texts], abs=1e-12)
    assert np.ptp(logits) > 0.01  # they are not all alike


@pytest.mark.parametrize("activation", ["relu", "linear"])
@pytest.mark.parametrize("cell", CELLS)
def test_other_activations_too(cell, activation):
    reader = made_reader(cell=cell, activation=activation)
    texts = texts_of(4, 6)
    expected = [slowly(reader, text) for text in texts]
    assert forward.logits(reader, texts) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_the_verdict_so_far_is_that_on_the_text_so_far(cell, layers):
    reader = made_reader(cell=cell, layers=layers)
    (text,) = texts_of(9)
    expected = [slowly(reader, text[: n + 1]) for n in range(9)]
    assert forward.logits_so_far(reader, text) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=12)
@given(st.lists(st.integers(1, 150), min_size=1, max_size=70), st.booleans())
def test_what_is_read_beside_a_text_does_not_matter(lengths, bidirectional):
    reader = made_reader(units=2, features=2, bidirectional=bidirectional)
    texts = [np.arange(4, 4 + length, dtype=np.int32) for length in lengths]
    alone = {length: forward.logits(reader, [np.arange(4, 4 + length)])[0] for length in {*lengths}}
    expected = [alone[length] for length in lengths]
    assert forward.logits(reader, texts) == pytest.approx(expected, abs=1e-12)


def test_a_palindrome_is_the_same_from_both_ends():
    """Where both directions have the same weights, they say the same of it."""
    reader = made_reader(bidirectional=True)
    same = {name: reader.weights[name.replace("backward_", "")] for name in reader.weights}
    kernel = same["dense_kernel"].copy()
    kernel[5:] = -kernel[:5]
    even = Reader(reader.network, same | {"dense_kernel": kernel})
    half = texts_of(6)[0]
    (logit,) = forward.logits(even, [np.concatenate([half, half[::-1]])])
    assert logit == pytest.approx(same["dense_bias"][0], abs=1e-12)
    (other,) = forward.logits(even, [half])
    assert abs(other - same["dense_bias"][0]) > 0.01


def test_no_texts_have_no_logits():
    assert forward.logits(made_reader(), []).shape == (0,)


def test_an_id_of_no_word_is_an_error():
    with pytest.raises(ValueError, match="words are 0 to 1999"):
        forward.logits(made_reader(), [np.array([3, 2000])])
