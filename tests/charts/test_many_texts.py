"""Many texts: the confusion table as tiles, numbers and words; probabilities beside shares."""

from __future__ import annotations

import pytest

from rnnlab.charts.many_texts import (
    confusion_alt,
    confusion_numbers,
    confusion_table,
    reliability_alt,
    reliability_table,
)
from rnnlab.sentiment.evaluation import ConfusionMatrix
from tests.charts.examples import CALIBRATION, CONFUSION


def test_there_is_a_tile_for_each_label_and_verdict():
    rows = confusion_table(CONFUSION).to_dict("records")
    assert [(row["label"], row["verdict"], row["texts"]) for row in rows] == [
        ("negative", "negative", 30),
        ("negative", "positive", 10),
        ("positive", "negative", 5),
        ("positive", "positive", 55),
    ]
    assert [row["share"] for row in rows] == pytest.approx([0.75, 0.25, 5 / 60, 55 / 60])
    assert [row["outcome"] for row in rows] == ["right", "mistake", "mistake", "right"]


def test_the_shares_of_a_label_that_no_text_has_are_zero():
    assert list(confusion_table(ConfusionMatrix(((3, 1), (0, 0))))["share"]) == [0.75, 0.25, 0, 0]


def test_the_numbers_add_up():
    assert confusion_numbers(CONFUSION).to_numpy().tolist() == [
        ["negative", 30, 10, 40],
        ["positive", 5, 55, 60],
        ["all", 35, 65, 100],
    ]


def test_the_four_numbers_stand_in_a_sentence():
    assert confusion_alt(CONFUSION) == (
        "Confusion table: of 40 negative texts 30 are called negative and 10 positive; of 60 "
        "positive ones 55 are called positive and 5 negative."
    )


def test_reliability_has_a_row_for_each_bin_with_its_bar():
    first, second = reliability_table(CALIBRATION).to_dict("records")
    assert (first["bin"], first["probability"], first["share"]) == ("10% to 20%", 0.15, 0)
    assert (first["n"], second["n"]) == (20, 263)
    # 0 of 20 and 81 of 263: Newcombe (1998), table I, method 3.
    assert (first["low"], first["high"]) == pytest.approx((0, 0.1611), abs=5e-5)
    assert (second["low"], second["high"]) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_every_point_of_reliability_stands_in_the_sentence():
    assert "said 15%, so were 0% of 20; said 55%, so were 31% of 263" in reliability_alt(
        CALIBRATION
    )
