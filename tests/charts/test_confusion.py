"""The confusion table as tiles, as numbers and in words."""

from __future__ import annotations

import pytest

from rnnlab.charts import roles
from rnnlab.charts.many_texts import (
    confusion_alt,
    confusion_chart,
    confusion_numbers,
    confusion_table,
)
from rnnlab.sentiment.evaluation import ConfusionMatrix

CONFUSION = ConfusionMatrix(((30, 10), (5, 55)))


def test_there_is_a_tile_for_each_label_and_verdict():
    rows = confusion_table(CONFUSION).to_dict("records")
    assert [(row["label"], row["verdict"], row["texts"]) for row in rows] == [
        ("negative", "negative", 30),
        ("negative", "positive", 10),
        ("positive", "negative", 5),
        ("positive", "positive", 55),
    ]
    assert [row["share"] for row in rows] == pytest.approx([0.75, 0.25, 5 / 60, 55 / 60])
    assert [row["what"] for row in rows] == ["right", "mistake", "mistake", "right"]


def test_a_label_that_no_text_has_is_no_trouble():
    assert list(confusion_table(ConfusionMatrix(((3, 1), (0, 0))))["share"]) == [0.75, 0.25, 0, 0]


def test_the_numbers_add_up():
    assert confusion_numbers(CONFUSION).to_numpy().tolist() == [
        ["negative", 30, 10, 40],
        ["positive", 5, 55, 60],
        ["all", 35, 65, 100],
    ]


def test_right_and_wrong_differ_in_colour_and_in_words():
    spec = confusion_chart().to_dict()
    tiles, numbers, words = spec["layer"]
    scale = tiles["encoding"]["color"]["scale"]
    colours = dict(zip(scale["domain"], scale["range"], strict=True))
    assert colours == {"right": roles.PREDICTED, "mistake": roles.TARGET}
    assert numbers["encoding"]["text"]["field"] == "texts"
    assert "✗ mistake" in words["transform"][0]["calculate"]


def test_the_four_numbers_are_told():
    assert confusion_alt(CONFUSION) == (
        "Confusion table: of 40 negative texts 30 are called negative and 10 positive; of 60 "
        "positive ones 55 are called positive and 5 negative."
    )
