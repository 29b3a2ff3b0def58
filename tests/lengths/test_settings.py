"""The experiment with unequal lengths: its sequences, how they are padded, what is possible."""

from collections import Counter
from itertools import product

import numpy as np
import pytest

from rnnlab.lengths.settings import (
    A_DIGIT,
    DIGITS,
    IN_FRONT,
    PADDING_ONLY,
    LengthProgress,
    LengthSettings,
    Sequences,
    learnt_after,
)

BOTH_ZEROS = pytest.mark.parametrize("zero", [A_DIGIT, PADDING_ONLY])


def drawn(settings: LengthSettings, *, equal: bool = False, updates: int = 30) -> Sequences:
    return Sequences.draw(settings, np.random.default_rng(0), updates, equal=equal)


@BOTH_ZEROS
def test_padding_moves_the_digits_and_leaves_zeros(zero: str) -> None:
    sequences = drawn(LengthSettings(zero=zero, longest=10))
    front, behind = sequences.padded(in_front=True), sequences.padded(in_front=False)
    for update, row in np.ndindex(sequences.lengths.shape):
        n = sequences.lengths[update, row]
        own = sequences.digits[update, row, :n]
        assert 1 <= n <= 10
        np.testing.assert_array_equal(behind[update, row], [*own, *[0] * (10 - n)])
        np.testing.assert_array_equal(front[update, row], [*[0] * (10 - n), *own])
        assert (own > 0).all() or zero == A_DIGIT


@BOTH_ZEROS
def test_the_answer_is_the_first_digit_and_every_one_comes(zero: str) -> None:
    settings = LengthSettings(zero=zero)
    answers = drawn(settings).answers(settings)
    assert {*answers.ravel().tolist()} == {*range(DIGITS)}


def test_unpadded_sequences_of_an_update_have_one_length() -> None:
    settings = LengthSettings(longest=15)
    lengths = drawn(settings, equal=True).lengths
    assert (lengths == lengths[:, :1]).all()
    assert len({*lengths[:, 0].tolist()}) > 5


def test_the_best_possible_in_front_is_that_of_someone_who_knows_all_chances() -> None:
    # Every sequence of up to 5 digits, padded; whoever sees a row takes its likeliest beginning.
    chances: dict[tuple[int, ...], Counter[int]] = {}
    for n in range(1, 6):
        for digits in product(range(DIGITS), repeat=n):
            row = (0,) * (5 - n) + digits
            chances.setdefault(row, Counter())[digits[0]] += DIGITS ** (5 - n)
    right = sum(max(counted.values()) for counted in chances.values())
    everything = sum(sum(counted.values()) for counted in chances.values())
    best = LengthSettings(longest=5).best_possible
    assert best[IN_FRONT] == pytest.approx(right / everything, abs=1e-12)
    assert {way for way, value in best.items() if value == 1} == {*best} - {IN_FRONT}
    assert set(LengthSettings(longest=5, zero=PADDING_ONLY).best_possible.values()) == {1.0}


def test_a_way_has_learnt_when_it_first_comes_so_far() -> None:
    reports = [
        LengthProgress(step=step, steps=9, seconds=0.0, losses=(1.0,) * 4, accuracies=accuracies)
        for step, accuracies in ((3, (0.95, 0.2, 0.5, 0.9)), (9, (0.8, 0.3, 0.91, 1.0)))
    ]
    assert list(learnt_after(reports, 0.9).values()) == [3, None, 9, 3]
