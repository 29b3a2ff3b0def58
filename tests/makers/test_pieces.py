"""Learning from pieces of reviews, and the models that are made so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnlab.errors import TrainingError
from rnnlab.makers.sentiment import pieces as module
from rnnlab.makers.sentiment.from_pieces import FromPieces
from rnnlab.makers.sentiment.pieces import Pieces, learn_pieces
from rnnlab.makers.sentiment.split import by_film
from rnnlab.network import Network
from rnnlab.sentiment import forward
from rnnlab.sentiment.files.reviews import ReviewsError
from rnnlab.sentiment.model import Reader
from rnnlab.training.reviews.corpus import Corpus

GOOD, BAD, WORDS = 10, 11, 30
NETWORK = Network(cell="gru", units=4, features=4, outputs=1, last_step=True, vocabulary=WORDS)
SMALL = Pieces(NETWORK, updates=150, learning_rate=0.02, words=256, seed=2)


@pytest.fixture(autouse=True)
def few_lengths(monkeypatch):
    monkeypatch.setattr(module, "LENGTHS", (8, 12))


def made_corpus(n: int = 300) -> Corpus:
    """Every second review is good: a fifth of its words is GOOD, of the others' BAD."""
    rng = np.random.default_rng(0)
    labels = np.arange(n, dtype=np.int8) % 2
    texts = []
    for label in labels:
        words = rng.integers(12, WORDS, int(rng.integers(12, 30)))
        words[rng.random(len(words)) < 0.2] = GOOD if label else BAD
        texts.append(words.astype(np.int16))
    return Corpus(texts, labels, "made")


VECTORS = np.random.default_rng(1).normal(0, 0.5, (WORDS, 4)).astype(np.float32)


def learnt(pieces: Pieces = SMALL):
    told: list[tuple[int, float]] = []
    weights = learn_pieces(pieces, VECTORS, made_corpus(), lambda *news: told.append(news))
    return weights, told


def test_it_learns_what_tells_good_from_bad_in_a_text_of_three_words():
    weights, _ = learnt()
    reader = Reader(NETWORK, weights)
    texts = [np.array([1, 20, word, 25], np.int32) for word in (GOOD, BAD)]
    good, bad = forward.logits(reader, texts)
    assert good > 0.5
    assert bad < -0.5


def test_the_numbers_of_the_words_stay_as_they_were_given():
    weights, _ = learnt(replace(SMALL, updates=5))
    assert (weights["embedding"] == VECTORS).all()
    assert {name: w.shape for name, w in weights.items()} == NETWORK.shapes


def test_the_same_seed_gives_the_same_weights_and_another_seed_others():
    few = replace(SMALL, updates=5)
    first, second, other = (learnt(one)[0] for one in (few, few, replace(few, seed=3)))
    assert all((first[name] == second[name]).all() for name in first)
    assert any((first[name] != other[name]).any() for name in first)


def test_the_rate_stays_for_half_of_the_updates_and_falls_to_nothing():
    pieces = replace(SMALL, updates=100)
    assert [pieces.rate(n) for n in (0, 50, 75, 100)] == pytest.approx([0.02, 0.02, 0.01, 0])


def test_reviews_that_are_all_too_short_get_a_sentence():
    short = Corpus([np.array([10, 11], np.int16)] * 10, np.arange(10, dtype=np.int8) % 2, "short")
    with pytest.raises(TrainingError, match="No review of 'short' has 8 words"):
        learn_pieces(SMALL, VECTORS, short, lambda *_: None)


def test_films_are_on_one_side_and_no_text_is_on_both():
    corpus = made_corpus(1000)
    twin = corpus.ids[0]
    corpus = Corpus([*corpus.ids[:-1], twin], corpus.labels, "made")
    learnt_from, judged = by_film(corpus, 0.2, seed=1)
    assert 195 <= len(judged) <= 200
    texts = [{ids.tobytes() for ids in side.ids} for side in (learnt_from, judged)]
    assert not texts[0] & texts[1]


def test_reviews_of_a_film_stay_together_wherever_they_stand():
    corpus = made_corpus(60)
    numbers = [np.array([place, place + 1], np.int16) for place in range(60)]
    films = tuple("ABCDEF"[place % 6] for place in range(60))
    learnt_from, judged = by_film(Corpus(numbers, corpus.labels, "made", (), films), 1 / 3, seed=1)
    sides = [{int(ids[0]) % 6 for ids in side.ids} for side in (learnt_from, judged)]
    assert [len(side) for side in sides] == [4, 2]  # a third of six films
    assert not sides[0] & sides[1]


def test_figures_do_not_depend_on_which_kind_is_listed_first():
    """A folder lists all negative reviews, then all positive ones."""
    mixed = made_corpus(2000)
    first_bad = mixed.chosen(np.argsort(mixed.labels, kind="stable"))
    model = FromPieces("Made", "From pieces.", SMALL, phrases=True).make("made", first_bad, str)
    assert model.figures["accuracy"] > 0.95  # as the network alone: weighing can only help


def test_reviews_that_are_all_alike_cannot_be_held_out():
    alike = Corpus([np.array([10, 11], np.int16)] * 40, np.arange(40, dtype=np.int8) % 2, "some")
    with pytest.raises(ReviewsError, match="'some' are all alike; add different ones"):
        by_film(alike, 0.2, seed=1)


def test_a_model_from_pieces_judges_what_was_held_out():
    said: list[str] = []
    recipe = FromPieces("Made", "From pieces.", SMALL, phrases=True)
    model = recipe.make("made", made_corpus(2000), said.append)
    assert model.figures["accuracy"] > 0.9
    assert model.figures["held out"] == 200
    assert model.phrases is not None
    assert any("phrases" in line for line in said)
