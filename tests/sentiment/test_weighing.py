"""How much each part counts, by the length of a text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.weighing import Weighing, hat_functions

TWO = Weighing((1, 7), ((1.0, 2.0), (3.0, 0.0)), (0.5, -0.5))


def test_between_two_lengths_all_lies_on_a_line_by_the_logarithm():
    """1 + words is 2, 4 and 8: 3 words lie half-way."""
    assert TWO.weights_at([1, 3, 7]) == pytest.approx(np.array([[1, 2], [2, 1], [3, 0]]))
    parts = np.array([[1.0, 10.0]] * 3)
    assert TWO.logits(parts, [1, 3, 7]) == pytest.approx([21.5, 12.0, 2.5])


def test_beyond_the_first_and_last_length_it_stays():
    assert TWO.weights_at([0, 1_000]) == pytest.approx(np.array([[1, 2], [3, 0]]))


@given(
    st.sets(st.integers(0, 500), min_size=1, max_size=6),
    st.lists(st.integers(0, 10_000), max_size=20),
)
def test_a_text_is_near_one_length_or_two(lengths, n_words):
    near = hat_functions(tuple(sorted(lengths)), n_words)
    assert near.shape == (len(n_words), len(lengths))
    assert (near >= 0).all()
    assert near.sum(axis=1) == pytest.approx(np.ones(len(n_words)))
    assert ((near > 0).sum(axis=1) <= 2).all()


def test_the_same_at_any_length():
    same = Weighing.at_any_length((2.0, 3.0), -1.0)
    assert same.n_parts == 2
    assert same.logits(np.array([[1.0, 1.0]] * 3), [0, 5, 900]) == pytest.approx([4, 4, 4])


def test_what_cannot_weigh_is_refused():
    with pytest.raises(ValueError, match="2 lengths need as many"):
        Weighing((1, 2), ((1.0,),), (0.0, 0.0))
    with pytest.raises(ValueError, match="weights of all parts"):
        Weighing((1, 2), ((1.0,), (1.0, 2.0)), (0.0, 0.0))
    with pytest.raises(ValueError, match="Lengths rise"):
        Weighing((2, 2), ((1.0,), (1.0,)), (0.0, 0.0))
