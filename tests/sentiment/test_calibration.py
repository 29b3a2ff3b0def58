"""Whether probabilities keep their word: errors by hand, and luck by enumeration."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.calibration import Bin, Calibration, calibration, calibration_sentence


def test_the_error_is_the_mean_distance_from_the_diagonal():
    # 0.9 and 0.95 share a bin: said 0.925, half are so. 0.2: none is so. 0.35, with one so.
    found = calibration([0.9, 0.95, 0.2, 0.35], [1, 0, 0, 1])
    assert [(one.low, one.n, one.positive) for one in found.bins] == [
        (0.2, 1, 0), (0.3, 1, 1), (0.9, 2, 1),
    ]  # fmt: skip
    assert [one.said for one in found.bins] == pytest.approx([0.2, 0.35, 0.925])
    assert [one.share for one in found.bins] == [0, 1, 0.5]
    assert found.error == pytest.approx((0.2 + 0.65 + 2 * 0.425) / 4)
    assert found.n == 4


@pytest.mark.parametrize(("probability", "low"), [(0.0, 0.0), (0.1, 0.1), (0.999, 0.9), (1.0, 0.9)])
def test_the_ends_belong_to_a_bin(probability, low):
    assert calibration([probability], [1]).bins[0].low == low


def test_who_is_sure_and_right_has_no_error_and_no_luck():
    found = calibration([0.0, 1.0, 1.0], [0, 1, 1])
    assert (found.error, found.luck, found.fine) == (0, 0, True)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=40),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_texts_does_not_matter(texts, random):
    mixed = random.sample(texts, len(texts))
    one, other = (calibration(*zip(*some, strict=True)) for some in (texts, mixed))
    assert one.error == pytest.approx(other.error, abs=1e-12)
    assert sum(some.positive for some in one.bins) == sum(label for _, label in texts)
    assert 0 <= one.error <= 1


def exact_chance_of_more(probabilities: list[float], limit: float) -> float:
    """P(error > limit) if every probability is true, by all labels that there can be."""
    total = 0.0
    for labels in product((0, 1), repeat=len(probabilities)):
        chance = np.prod([p if y else 1 - p for p, y in zip(probabilities, labels, strict=True)])
        by_bin: dict[int, float] = {}
        for p, y in zip(probabilities, labels, strict=True):
            by_bin[int(10 * p)] = by_bin.get(int(10 * p), 0.0) + y - p
        error = sum(map(abs, by_bin.values())) / len(probabilities)
        total += chance * (error > limit + 1e-9)
    return total


def test_luck_is_exceeded_one_time_in_twenty():
    probabilities = [0.11, 0.15, 0.32, 0.38, 0.55, 0.61, 0.74, 0.83, 0.91, 0.97]
    luck = calibration(probabilities, [0] * 10).luck
    # Of 1,000 draws: within 4 standard errors of 0.05, and the steps of ten texts are small.
    assert exact_chance_of_more(probabilities, luck) == pytest.approx(0.05, abs=0.03)
    assert exact_chance_of_more(probabilities, 0.9 * luck) > 0.05


def test_four_times_as_many_texts_leave_luck_half_as_much():
    few, many = (calibration(np.full(n, 0.5), np.zeros(n)).luck for n in (400, 1600))
    assert few / many == pytest.approx(2, rel=0.1)
    # One bin, so |share - 0.5| of n tosses: 1.96 standard errors of 0.5 / sqrt(n).
    assert few == pytest.approx(1.96 * 0.5 / 20, rel=0.1)


def test_true_probabilities_are_mostly_found_fine_and_exaggerated_ones_are_not():
    generator = np.random.default_rng(1)
    true = generator.random((40, 400))
    labels = generator.random((40, 400)) < true
    exaggerated = np.clip(1.6 * (true - 0.5) + 0.5, 0.01, 0.99)
    fine = sum(calibration(p, y).fine for p, y in zip(true, labels, strict=True))
    assert fine >= 32, "38 expected, less 4 standard errors of 1.4"
    assert not any(calibration(p, y).fine for p, y in zip(exaggerated, labels, strict=True))


def test_the_sentence_has_the_error_and_what_luck_makes_of_it():
    bins = (Bin(0.1, 0.2, 0.15, 10, 2), Bin(0.8, 0.9, 0.85, 90, 45))
    fine = calibration_sentence(Calibration(bins, 0.03, 0.04))
    assert "3.0 percentage points on average (expected calibration error 0.030)" in fine
    assert "With 100 texts, luck alone makes up to 4.0" in fine
    poor = calibration_sentence(Calibration(bins, 0.32, 0.04))
    assert "Luck alone makes 4.0 at most" in poor
    assert "of 90 texts that it called positive with about 85%, 50% are" in poor
