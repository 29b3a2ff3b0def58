"""Verdicts held against labels: counted by hand, errors by hand, and chance by enumeration."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.evaluation import (
    Bin,
    Calibration,
    ConfusionMatrix,
    accuracy_sentence,
    calibration,
    calibration_sentence,
    confidence_in_words,
    confusion_sentence,
    mistakes,
    mistakes_sentence,
)
from rnnlab.sentiment.verdicts import Verdict


def verdict(probability: float, label: int | None, text: str = "a") -> Verdict:
    return Verdict(text, label, probability, 1, 0)


# Negative: 0.1 and 0.4 right, 0.9 wrong. Positive: 0.8 right, 0.3 wrong. One has no label.
SOME = [
    verdict(0.1, 0),
    verdict(0.4, 0),
    verdict(0.9, 0),
    verdict(0.8, 1),
    verdict(0.3, 1),
    verdict(0.7, None),
]


def test_the_counts_are_those_of_the_labelled():
    confusion = ConfusionMatrix.of(SOME)
    assert confusion.counts == ((2, 1), (1, 1))
    assert (confusion.n, confusion.correct, confusion.accuracy) == (5, 3, 0.6)
    assert confusion.majority_accuracy == 0.6, "three of five are negative"


def test_the_uncertainty_is_wilsons():
    # 81 of 263: Newcombe (1998), table I, method 3.
    assert ConfusionMatrix(((81, 82), (100, 0))).interval == pytest.approx(
        (0.2553, 0.3662), abs=5e-5
    )


@pytest.mark.parametrize(
    ("counts", "comparison"),
    [
        (((45, 5), (5, 45)), "clearly better than"),
        (((3, 2), (2, 3)), "not surely better than"),
        (((0, 5), (0, 5)), "no better than"),
        (((0, 0), (3, 7)), "no better than"),
    ],
)
def test_an_accuracy_is_held_against_who_always_says_the_same(counts, comparison):
    assert f"That is {comparison} always saying" in accuracy_sentence(ConfusionMatrix(counts))


def test_the_accuracy_is_told_with_its_counts():
    sentence = accuracy_sentence(ConfusionMatrix(((45, 5), (5, 45))))
    assert sentence.startswith("90 of 100 right.")
    assert "between 82.6% and 94.5%" in sentence, "Wilson's interval of 90 of 100"
    assert sentence.endswith("which scores 50.0%.")


def test_the_surest_mistakes_come_first_and_what_has_no_label_is_none():
    assert mistakes(SOME) == [SOME[2], SOME[4]]
    assert mistakes(SOME, 1) == [SOME[2]]
    equals = [verdict(0.2, 1, "first"), verdict(0.8, 0, "second"), verdict(0.2, 1, "third")]
    assert [wrong.text for wrong in mistakes(equals)] == ["first", "second", "third"]


def test_the_worst_mistake_is_told():
    assert "90% positive, but the label says negative" in mistakes_sentence([SOME[2]])
    assert "70% negative, but the label says positive" in mistakes_sentence([SOME[4]])
    assert mistakes_sentence([]) == "There is none."


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.5, "50%"), (0.06, "94%"), (0.994, "99%"), (0.9951, "over 99%"), (0.0, "over 99%")],
)
def test_nothing_is_said_to_be_quite_sure(probability, words):
    assert confidence_in_words(verdict(probability, 1)) == words


@pytest.mark.parametrize(
    ("counts", "leaning"),
    [
        (((10, 0), (0, 10)), "it made no mistake"),
        (
            ((10, 2), (1, 10)),
            "2 negative taken for positive, 1 positive for negative. 3 mistakes do not show",
        ),
        (((10, 1), (0, 10)), "A single mistake does not show whether it leans to one side"),
        (((10, 6), (0, 10)), "It is too kind"),
        (((90, 40), (45, 90)), "It leans to neither side"),
        (((10, 30), (10, 10)), "It is too kind"),
        (((10, 10), (30, 10)), "It is too harsh"),
    ],
)
def test_the_more_frequent_kind_of_mistake_is_told(counts, leaning):
    assert leaning in confusion_sentence(ConfusionMatrix(counts))


@given(st.integers(0, 400), st.integers(0, 400))
def test_what_is_said_of_a_side_is_what_the_counts_can_show(too_kind, too_harsh):
    sentence = confusion_sentence(ConfusionMatrix(((50, too_kind), (too_harsh, 50))))
    n = too_kind + too_harsh
    if n == 0:
        assert "no mistake" in sentence
        return
    assert f"{too_kind} negative taken for positive, {too_harsh} positive for" in sentence
    # How likely is it that a fair coin, tossed for each mistake, lands as far from the middle?
    more = max(too_kind, too_harsh)
    unlikely = min(1, 2 * sum(comb(n, k) for k in range(more, n + 1)) / 2**n)
    if "too kind" in sentence or "too harsh" in sentence:
        assert ("too kind" in sentence) == (too_kind > too_harsh)
        assert unlikely < 0.1
    else:
        assert unlikely > 0.02
        # Only many mistakes, about as many of each kind, show that it leans to neither side.
        assert ("neither" not in sentence) or (n >= 40 and 0.4 < too_kind / n < 0.6)


def test_the_error_is_the_mean_distance_from_the_diagonal():
    # 0.9 and 0.95 share a bin: said 0.925, half are so. 0.2: none is so. 0.35, with one so.
    measured = calibration([0.9, 0.95, 0.2, 0.35], [1, 0, 0, 1])
    assert [(group.low, group.n, group.positive) for group in measured.bins] == [
        (0.2, 1, 0), (0.3, 1, 1), (0.9, 2, 1),
    ]  # fmt: skip
    assert [group.mean_probability for group in measured.bins] == pytest.approx([0.2, 0.35, 0.925])
    assert [group.share for group in measured.bins] == [0, 1, 0.5]
    assert measured.error == pytest.approx((0.2 + 0.65 + 2 * 0.425) / 4)
    assert measured.n == 4


@pytest.mark.parametrize(("probability", "low"), [(0.0, 0.0), (0.1, 0.1), (0.999, 0.9), (1.0, 0.9)])
def test_the_ends_belong_to_a_bin(probability, low):
    assert calibration([probability], [1]).bins[0].low == low


def test_who_is_sure_and_right_has_no_error_and_no_luck():
    measured = calibration([0.0, 1.0, 1.0], [0, 1, 1])
    assert (measured.error, measured.error_by_chance, measured.within_chance) == (0, 0, True)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=40),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_texts_does_not_matter(texts, random):
    mixed = random.sample(texts, len(texts))
    first, second = (calibration(*zip(*pairs, strict=True)) for pairs in (texts, mixed))
    assert first.error == pytest.approx(second.error, abs=1e-12)
    assert sum(group.positive for group in first.bins) == sum(label for _, label in texts)
    assert 0 <= first.error <= 1


def exact_probability_of_more(probabilities: list[float], limit: float) -> float:
    """P(error > limit) if every probability is true, by all labels that there can be."""
    total = 0.0
    for labels in product((0, 1), repeat=len(probabilities)):
        likely = np.prod([p if y else 1 - p for p, y in zip(probabilities, labels, strict=True)])
        by_bin: dict[int, float] = {}
        for p, y in zip(probabilities, labels, strict=True):
            by_bin[int(10 * p)] = by_bin.get(int(10 * p), 0.0) + y - p
        error = sum(map(abs, by_bin.values())) / len(probabilities)
        total += likely * (error > limit + 1e-9)
    return total


def test_luck_is_exceeded_one_time_in_twenty():
    probabilities = [0.11, 0.15, 0.32, 0.38, 0.55, 0.61, 0.74, 0.83, 0.91, 0.97]
    luck = calibration(probabilities, [0] * 10).error_by_chance
    # Of 1,000 draws: within 4 standard errors of 0.05, and the steps of ten texts are small.
    assert exact_probability_of_more(probabilities, luck) == pytest.approx(0.05, abs=0.03)
    assert exact_probability_of_more(probabilities, 0.9 * luck) > 0.05


def test_four_times_as_many_texts_leave_luck_half_as_much():
    few, many = (calibration(np.full(n, 0.5), np.zeros(n)).error_by_chance for n in (400, 1600))
    assert few / many == pytest.approx(2, rel=0.1)
    # One bin, so |share - 0.5| of n tosses: 1.96 standard errors of 0.5 / sqrt(n).
    assert few == pytest.approx(1.96 * 0.5 / 20, rel=0.1)


def test_true_probabilities_are_mostly_found_fine_and_exaggerated_ones_are_not():
    generator = np.random.default_rng(1)
    true = generator.random((40, 400))
    labels = generator.random((40, 400)) < true
    exaggerated = np.clip(1.6 * (true - 0.5) + 0.5, 0.01, 0.99)
    fine = sum(calibration(p, y).within_chance for p, y in zip(true, labels, strict=True))
    assert fine >= 32, "38 expected, less 4 standard errors of 1.4"
    assert not any(
        calibration(p, y).within_chance for p, y in zip(exaggerated, labels, strict=True)
    )


def test_the_sentence_has_the_error_and_what_luck_makes_of_it():
    bins = (Bin(0.1, 0.2, 0.15, 10, 2), Bin(0.8, 0.9, 0.85, 90, 45))
    fine = calibration_sentence(Calibration(bins, 0.03, 0.04))
    assert "3.0 percentage points on average (expected calibration error 0.030)" in fine
    assert "With 100 texts, luck alone makes up to 4.0" in fine
    poor = calibration_sentence(Calibration(bins, 0.32, 0.04))
    assert "Luck alone makes 4.0 at most" in poor
    assert "of 90 texts that it called positive with about 85%, 50% are" in poor
