"""The models that travel with the lab keep what their files say of them."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from rnnlab.makers.sentiment.from_pieces import HELD_OUT, SPLIT_SEED, by_film
from rnnlab.sentiment.evaluation import calibration
from rnnlab.sentiment.model import MODELS, NAMES, shipped, shipped_names, sigmoid
from rnnlab.sentiment.verdicts import logits, probabilities
from rnnlab.training.review_corpus import ReviewCorpus
from tests.sentiment.imdb import WITH_REVIEWS, imdb_corpus

TYPED = Path(__file__).with_name("typed_texts.tsv")
FROM_PIECES = [name for name in NAMES if name != "article"]


@cache
def held_out() -> ReviewCorpus:
    """The reviews that no model but the article's has learnt from, whole films."""
    return by_film(imdb_corpus(), HELD_OUT, SPLIT_SEED)[1]


@cache
def typed() -> tuple[list[str], np.ndarray]:
    with TYPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["text"] for row in rows], np.array([int(row["label"]) for row in rows])


def test_all_models_are_there_and_small():
    assert shipped_names() == NAMES
    assert all((MODELS / f"{name}.npz").stat().st_size < 8e6 for name in NAMES)


@WITH_REVIEWS
@pytest.mark.parametrize("name", FROM_PIECES)
def test_held_out_reviews_are_judged_as_well_as_the_file_says(name):
    """Weighed on all of them here, on halves for the figure: that moves a handful of verdicts.

    Both ways it takes a minute for all; a quarter of them has a standard error of one percent.
    """
    model, judged = shipped(name), held_out()
    in_full = not model.readers[0].network.bidirectional
    if not in_full:
        judged = judged.subset(np.arange(0, len(judged), 4))
    ids = [
        np.where(review < model.vocabulary.size, review, 2).astype(np.int32)
        for review in judged.ids
    ]
    found = sigmoid(logits(model, ids))
    accuracy = np.mean((found > 0.5) == (judged.labels == 1))
    assert accuracy == pytest.approx(model.figures["accuracy"], abs=0.006 if in_full else 0.025)
    assert calibration(found, judged.labels).error < (0.03 if in_full else 0.05)


@pytest.mark.parametrize(("name", "least"), [("best", 0.75), ("gru", 0.65), ("lstm", 0.65)])
def test_short_texts_typed_by_hand_are_judged_far_better_than_by_chance(name, least):
    """161 texts with negation, contrast and understatement; by chance half of them are right."""
    texts, labels = typed()
    assert len(texts) > 150
    assert np.mean((probabilities(shipped(name), texts) > 0.5) == labels) >= least


@pytest.mark.parametrize(
    ("plain", "turned"),
    [
        ("a good film", "not a good film"),
        ("it is worth seeing", "it is not worth seeing"),
        ("it was funny", "it was never funny"),
    ],
)
def test_the_best_reads_a_good_word_that_is_taken_back(plain, turned):
    positive, taken_back = probabilities(shipped("best"), [plain, turned])
    assert taken_back < positive - 0.1
    assert taken_back < 0.5
