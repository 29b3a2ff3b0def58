"""Padding and cutting, against Keras' own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras.utils import pad_sequences

from rnnlab.errors import SettingError
from rnnlab.sentiment.padding import padded


def as_ids(*reviews: list[int]) -> list[np.ndarray]:
    return [np.array(review, dtype=np.int32) for review in reviews]


def test_zeros_stand_in_front_and_the_end_of_a_long_review_is_kept():
    found = padded(as_ids([7, 8], [], [4, 5, 6], [4, 5, 6, 7], [4, 5, 6, 7, 8, 9]), 4)
    assert found.tolist() == [
        [0, 1, 7, 8],
        [0, 0, 0, 1],
        [1, 4, 5, 6],
        [4, 5, 6, 7],
        [6, 7, 8, 9],
    ]
    assert found.dtype == np.int32


@settings(max_examples=60)
@given(st.lists(st.lists(st.integers(2, 9999), max_size=9), max_size=5), st.integers(1, 12))
def test_reviews_are_padded_as_keras_pads_them(reviews, length):
    started = [[1, *review] for review in reviews]  # as imdb.load_data starts them
    ours = padded(as_ids(*reviews), length)
    assert ours.shape == (len(reviews), length)
    if reviews:
        assert ours.tolist() == pad_sequences(started, maxlen=length).tolist()


@pytest.mark.parametrize("length", [0, -3])
def test_no_steps_are_refused(length):
    with pytest.raises(SettingError, match=f"at least 1 step, but {length} were"):
        padded(as_ids([4]), length)
