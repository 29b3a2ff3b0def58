"""What labels mean, as all of them together tell."""

from __future__ import annotations

import pytest

from rnnlab.sentiment.files.labels import scale_of
from rnnlab.sentiment.files.reviews import ReviewsError
from rnnlab.sentiment.known_words import other_language


@pytest.mark.parametrize(
    ("column", "negative", "neither", "positive"),
    [
        ("", ["0"], [], ["1"]),
        ("", ["0.0"], [], ["1.0"]),
        ("", ["neg", "Negative", "bad"], ["neutral"], ["POS", "positive", "good"]),
        ("", ["False"], [], ["True"]),
        ("", ["-1"], ["0"], ["1", "+1"]),
        ("", ["0"], ["2"], ["4"]),
        ("", ["__label__1"], [], ["__label__2"]),
        ("", ["LABEL_0"], [], ["LABEL_1"]),
        ("", ["__label__neg"], [], ["__label__pos"]),
        ("", ["0", "1"], ["2"], ["3", "4"]),
        ("", ["1", "2"], ["3"], ["4", "5"]),
        ("stars", ["1", "2"], ["3"], ["4"]),
        ("Rating", ["1,5"], ["3,5"], ["4,5"]),
        ("stars", ["1"], [], []),
        ("", ["1", "4"], ["5", "6"], ["7", "10"]),
        ("review_rating", ["1"], ["3"], ["4"]),
        ("", ["1 star", "2-star"], ["3 stars"], ["Rated 4 out of 5", "5/5"]),
        ("", ["★☆☆☆☆", "★★"], ["★★★☆☆"], ["★★★★☆", "⭐⭐⭐⭐⭐"]),
        ("", ["2/10"], ["5 / 10"], ["8/10"]),
        ("", ["\u22121"], ["0"], ["+1"]),
        ("", ["no", "N", "-", "👎"], ["nan"], ["Yes", "P", "+", "👍"]),
        ("", ["Extremely Negative", "mostly negative"], ["Irrelevant"], ["very positive"]),
        ("", ["negativ", "ne\u0301gatif", "отрицательный"], ["中性"], ["Positivo", "好评", "긍정"]),
    ],
)
def test_labels_are_negative_positive_or_neither(column, negative, neither, positive):
    scale = scale_of([*negative, *neither, *positive], column)
    for meaning, labels in ((0, negative), (None, neither), (1, positive)):
        assert [scale.label(label) for label in labels] == [meaning] * len(labels)


@pytest.mark.parametrize(
    "labels",
    [
        ["1", "2"],
        ["1", "2", "3", "4"],
        ["0", "1", "7"],
        ["50", "90"],
        ["0.1", "0.9"],
        ["-0.7", "0.8"],
    ],
)
def test_labels_that_may_mean_one_thing_or_the_other_are_refused(labels):
    with pytest.raises(ReviewsError, match="it is not clear which are positive; write 0, neg or"):
        scale_of(labels)


def test_how_numbers_were_understood_is_told():
    assert scale_of(["0", "1"]).notice is None
    assert scale_of(["1", "3", "5"]).notice == (
        "Labels were read so: 1 as negative; 5 as positive; 3 as neither."
    )


def test_a_few_other_numbers_among_zeros_and_ones_are_mistakes():
    scale = scale_of(["0", "1"] * 50 + ["7"])
    assert (scale.label("0"), scale.label("1"), scale.knows("7")) == (0, 1, False)


def test_texts_of_another_language_are_told_by_their_words():
    assert other_language(["The film was good and the actors were great, really great"]) is None
    german = ["Der Film war gut, und die Schauspieler spielten wirklich ganz wunderbar miteinander"]
    assert other_language(german) == "5 of 12 words are known: these models read English."
    assert other_language(["Wunderbar gespielt"]) is None
    french = ["Un film nul et très ennuyeux", "Un film très beau, et magnifique"]
    assert other_language(french) == (
        "7 of 12 words are known, but only 2 are frequent in English: these models read English."
    )
    product = ["Bought this 64GB SD card for my Galaxy S5, works flawlessly w/ 4K vids. USB-C incl"]
    assert other_language(product) is None
