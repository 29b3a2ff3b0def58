"""Verdicts held against labels, counted by hand."""

from __future__ import annotations

import pytest

from rnnlab.sentiment.many import Judged
from rnnlab.sentiment.score import (
    Score,
    accuracy_sentence,
    confusion_sentence,
    how_sure,
    mistakes,
    mistakes_sentence,
)


def one(probability: float, label: int | None, text: str = "a") -> Judged:
    return Judged(text, label, probability, 1, 0)


# Negative: 0.1 and 0.4 right, 0.9 wrong. Positive: 0.8 right, 0.3 wrong. One has no label.
SOME = [one(0.1, 0), one(0.4, 0), one(0.9, 0), one(0.8, 1), one(0.3, 1), one(0.7, None)]


def test_the_counts_are_those_of_the_labelled():
    score = Score.of(SOME)
    assert score.counts == ((2, 1), (1, 1))
    assert (score.n, score.right, score.accuracy) == (5, 3, 0.6)
    assert score.constant == 0.6, "three of five are negative"


def test_the_uncertainty_is_wilsons():
    # 81 of 263: Newcombe (1998), table I, method 3.
    assert Score(((81, 82), (100, 0))).bar == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "worth"),
    [
        (((45, 5), (5, 45)), "clearly better than"),
        (((3, 2), (2, 3)), "not surely better than"),
        (((0, 5), (0, 5)), "no better than"),
        (((0, 0), (3, 7)), "no better than"),
    ],
)
def test_an_accuracy_is_held_against_who_always_says_the_same(counts, worth):
    assert f"That is {worth} always saying" in accuracy_sentence(Score(counts))


def test_the_accuracy_is_told_with_its_counts():
    said = accuracy_sentence(Score(((45, 5), (5, 45))))
    assert said.startswith("90 of 100 right.")
    assert "between 82.6% and 94.5%" in said, "Wilson's interval of 90 of 100"
    assert said.endswith("which scores 50.0%.")


def test_the_surest_mistakes_come_first_and_what_has_no_label_is_none():
    assert mistakes(SOME) == [SOME[2], SOME[4]]
    assert mistakes(SOME, 1) == [SOME[2]]
    equals = [one(0.2, 1, "first"), one(0.8, 0, "second"), one(0.2, 1, "third")]
    assert [wrong.text for wrong in mistakes(equals)] == ["first", "second", "third"]


def test_the_worst_mistake_is_told():
    assert "90% positive, but the label says negative" in mistakes_sentence([SOME[2]])
    assert "70% negative, but the label says positive" in mistakes_sentence([SOME[4]])
    assert mistakes_sentence([]) == "There is none."


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.5, "50%"), (0.06, "94%"), (0.994, "99%"), (0.9951, "over 99%"), (0.0, "over 99%")],
)
def test_nothing_is_said_to_be_quite_sure(probability, said):
    assert how_sure(one(probability, 1)) == said


@pytest.mark.parametrize(
    ("counts", "leaning"),
    [
        (((10, 0), (0, 10)), "it made no mistake"),
        (((10, 3), (2, 10)), "3 negative taken for positive, 2 positive for negative. It leans to"),
        (((10, 30), (10, 10)), "It is too kind"),
        (((10, 10), (30, 10)), "It is too harsh"),
    ],
)
def test_the_more_frequent_kind_of_mistake_is_told(counts, leaning):
    assert leaning in confusion_sentence(Score(counts))
