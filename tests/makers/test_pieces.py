"""Learning from pieces of reviews: word vectors, phrases, and the models that are made so."""

from dataclasses import replace

import numpy as np
import pytest

from rnnlab.errors import TrainingError
from rnnlab.makers.sentiment import from_pieces as recipe
from rnnlab.makers.sentiment.from_pieces import FromPieces, Material
from rnnlab.makers.sentiment.made_phrases import PlainWords
from rnnlab.makers.sentiment.phrase_learning import frequent, learn_phrases
from rnnlab.makers.sentiment.pieces import PieceTraining, learn_pieces
from rnnlab.makers.sentiment.short_texts import ShortTexts
from rnnlab.makers.sentiment.treebank import Phrase, SentenceTree
from rnnlab.makers.sentiment.word_vectors import word_vectors
from rnnlab.network import Network
from rnnlab.sentiment import forward
from rnnlab.sentiment.model import Reader
from rnnlab.training.review_corpus import ReviewCorpus

GOOD, BAD, WORDS = 10, 11, 30
NETWORK = Network(cell="gru", units=4, features=4, outputs=1, last_step=True, vocabulary=WORDS)
SMALL = PieceTraining(NETWORK, updates=150, learning_rate=0.02, words=256, seed=2, lengths=(8, 12))


def made_corpus(n: int = 300) -> ReviewCorpus:
    """Every second review is good: a fifth of its words is GOOD, of the others' BAD."""
    rng = np.random.default_rng(0)
    labels = np.arange(n, dtype=np.int8) % 2
    texts = []
    for label in labels:
        words = rng.integers(12, WORDS, int(rng.integers(12, 30)))
        words[rng.random(len(words)) < 0.2] = GOOD if label else BAD
        texts.append(words.astype(np.int16))
    return ReviewCorpus(texts, labels, "made")


VECTORS = np.random.default_rng(1).normal(0, 0.5, (WORDS, 4)).astype(np.float32)


def learnt(training: PieceTraining = SMALL):
    return learn_pieces(training, VECTORS, made_corpus(), lambda *_: None)


def test_it_learns_what_tells_good_from_bad_in_a_text_of_three_words():
    weights = learnt()
    reader = Reader(NETWORK, weights)
    texts = [np.array([1, 20, word, 25], np.int32) for word in (GOOD, BAD)]
    good, bad = forward.logits(reader, texts)
    assert good > 0.5
    assert bad < -0.5


def test_the_same_seed_gives_the_same_weights_and_another_seed_others():
    few = replace(SMALL, updates=5)
    first, second, other = (learnt(training) for training in (few, few, replace(few, seed=3)))
    assert {name: weight.shape for name, weight in first.items()} == NETWORK.shapes
    assert (first["embedding"] == VECTORS).all(), "the numbers of the words stay as they were given"
    assert all((first[name] == second[name]).all() for name in first)
    assert any((first[name] != other[name]).any() for name in first)


def test_the_rate_rises_stays_for_half_of_the_updates_and_falls_to_nothing():
    training = replace(SMALL, updates=1000)
    assert [training.learning_rate_at(n) for n in (0, 500, 750, 1000)] == pytest.approx(
        [0.0002, 0.02, 0.01, 0]
    )


def test_what_short_texts_say_is_learnt_where_reviews_say_nothing_of_it():
    """Word 20 is as frequent in good reviews as in bad ones; alone it is good, and 21 neutral."""
    texts = [np.array([word], np.int32) for word in (20, 21, BAD)]
    short = ShortTexts(texts * 5, np.array([0.95, 0.5, 0.05] * 5))
    training = replace(SMALL, updates=300, short=(0.5,))
    weights = learn_pieces(training, VECTORS, made_corpus(), lambda *_: None, [short])
    read = [np.concatenate([[1], text]).astype(np.int32) for text in texts]
    good, neutral, bad = forward.logits(Reader(NETWORK, weights), read)
    assert good > 1 > neutral > -1 > bad


def test_reviews_that_are_all_too_short_get_a_sentence():
    short = ReviewCorpus(
        [np.array([10, 11], np.int16)] * 10, np.arange(10, dtype=np.int8) % 2, "short"
    )
    with pytest.raises(TrainingError, match="No review of 'short' has 8 words"):
        learn_pieces(SMALL, VECTORS, short, lambda *_: None)


TREES = [
    SentenceTree((Phrase((word, noun), 2 + side), Phrase((word,), 2 + side), Phrase((noun,), 2)))
    for word, noun, side in (
        ("good", "film", 1),
        ("bad", "plot", -1),
        ("great", "cast", 1),
        ("dull", "story", -1),
        ("funny", "actor", 1),
        ("awful", "scene", -1),
    )
]


@pytest.mark.usefixtures("sklearn")
def test_with_a_treebank_a_model_is_judged_by_sentences_that_it_has_not_learnt_from(monkeypatch):
    monkeypatch.setattr(recipe, "HELD_OUT_SENTENCES", 2)
    monkeypatch.setattr(recipe, "N_MADE", 50)
    monkeypatch.setattr(recipe, "plain_words", lambda *_: PLAIN)
    training = replace(SMALL, network=replace(NETWORK, vocabulary=500), short=(0.3, 0.2))
    made = FromPieces("Made", "From pieces.", training, phrases=True)
    model = made.make("made", made_corpus(), lambda _: None, TREES)
    assert len(model.readers) == 1
    assert model.figures["held-out sentences"] == 2
    assert 0 <= model.figures["others called neither"] <= 1
    assert model.phrases is not None


@pytest.mark.usefixtures("sklearn")
def test_networks_for_short_texts_share_the_words_and_say_nothing_of_reviews(monkeypatch):
    monkeypatch.setattr(recipe, "HELD_OUT_SENTENCES", 2)
    monkeypatch.setattr(recipe, "N_MADE", 50)
    monkeypatch.setattr(recipe, "N_SAYINGS", 50)
    monkeypatch.setattr(recipe, "plain_words", lambda *_: PLAIN)
    network = replace(NETWORK, vocabulary=500)
    training = replace(SMALL, network=network, updates=20, short=(0.3, 0.2))
    short = tuple(replace(training, seed=seed, short=(0.3, 0.2, 0.2)) for seed in (1, 2))
    made = FromPieces("Made", "From pieces.", training, short, phrases=True)
    model = made.make("made", made_corpus(), lambda _: None, TREES)
    first, *others = model.readers
    assert len(others) == 2
    assert all(own.weights["embedding"] is first.weights["embedding"] for own in others)
    assert (others[0].weights["dense_kernel"] != others[1].weights["dense_kernel"]).any()
    for weights in model.weighing.weights:
        assert len(weights) == 4
        assert weights[1] == weights[2]
    assert model.weighing.weights[-1][1] == 0 != model.weighing.weights[0][1]
    assert model.weighing.weights[0][0] == 0 != model.weighing.weights[-1][0]


def test_what_is_made_by_rule_says_nothing_that_is_held_back(monkeypatch):
    monkeypatch.setattr(recipe, "HELD_OUT_SENTENCES", 2)
    monkeypatch.setattr(recipe, "N_MADE", 3_000)
    made = FromPieces("Made", "From pieces.", SMALL)
    told = {("not", "good"), ("what", "a", "waste", "of", "an", "evening")}
    free = Material.of(made_corpus(), TREES)
    bound = Material.of(made_corpus(), TREES, told)
    held_out_trees = bound.held_back - told
    assert held_out_trees.isdisjoint(bound.phrases.by_words)
    assert told < bound.held_back
    for material, allowed in ((free, True), (bound, False)):
        _, *by_rule = made._labelled(material, PLAIN, 1, 20_000)
        texts = {text for own in by_rule for text in own.by_words}
        assert told.issubset(texts) == allowed
        assert texts.isdisjoint(material.held_back)


PLAIN = PlainWords({kind: (["bad"], ["good"]) for kind in ("adjective", "verb", "noun")})


@pytest.mark.usefixtures("sklearn")
def test_a_model_from_pieces_judges_what_was_held_out_whichever_kind_is_listed_first():
    """A folder lists all negative reviews, then all positive ones."""
    reports: list[str] = []
    mixed = made_corpus(2000)
    first_bad = mixed.subset(np.argsort(mixed.labels, kind="stable"))
    recipe = FromPieces("Made", "From pieces.", SMALL, phrases=True)
    model = recipe.make("made", first_bad, reports.append)
    assert model.figures["accuracy"] > 0.95  # as the network alone: weighing can only help
    assert model.figures["held out"] == 200
    assert model.phrases is not None
    assert any("phrases" in line for line in reports)


N = 100


def ids(*numbers):
    return np.array(numbers, dtype=np.int32)


def test_frequent_are_those_in_enough_texts_however_often_in_one():
    texts = [ids(5, 5, 5, 6), ids(6, 7), ids(7, 6)]
    assert list(frequent(texts, N, 2)) == [6, 7]
    assert list(frequent(texts, N, 3)) == [6]


@pytest.mark.usefixtures("sklearn")
def test_not_turns_a_word_round_where_the_phrase_says_so():
    """Word 9 is bad, 8 is "not": 9 alone is in bad texts only, 8 9 in good ones only."""
    rng = np.random.default_rng(1)
    noise = rng.integers(20, 90, (200, 12))
    labels = np.arange(200) % 2
    texts = [
        ids(*(other[:6]), *((8, 9) if good else (9, 8)), *(other[6:]))
        for other, good in zip(noise, labels, strict=True)
    ]
    learnt = learn_phrases(texts, labels, N, rng)
    assert learnt.logit(ids(8, 9)) > 0.3
    assert learnt.logit(ids(9, 8)) < -0.3
    logits = np.array([learnt.logit(text) for text in texts])
    assert ((logits > 0) == (labels == 1)).mean() > 0.95


def alike(vectors, first, second):
    a, b = vectors[first], vectors[second]
    return a @ b / np.linalg.norm(a) / np.linalg.norm(b)


@pytest.mark.usefixtures("sklearn")
def test_words_in_the_same_places_are_alike_and_others_are_not():
    """10 and 11 stand between 20 and 21, 12 and 13 between 30 and 31: never side by side."""
    rng = np.random.default_rng(0)
    kinds = [((20, 21), (10, 11)), ((30, 31), (12, 13))]
    texts = []
    for _ in range(400):
        (before, after), words = kinds[rng.integers(2)]
        noise = rng.integers(40, 60, 4)
        texts.append(np.array([before, words[rng.integers(2)], after, *noise]))
    vectors = word_vectors(texts, 60, 8, rng)
    assert vectors.shape == (60, 8)
    assert alike(vectors, 10, 11) > 0.9
    assert alike(vectors, 12, 13) > 0.9
    assert alike(vectors, 10, 12) < 0.5


@pytest.mark.usefixtures("sklearn")
def test_numbers_have_a_spread_of_one_and_what_is_no_word_has_none():
    rng = np.random.default_rng(1)
    vectors = word_vectors([rng.integers(4, 50, 200) for _ in range(20)], 50, 8, rng)
    assert np.isclose(vectors[4:].std(), 1)
    assert abs(vectors[:4]).max() < 1e-5


@pytest.mark.usefixtures("sklearn")
def test_the_same_texts_and_seed_give_the_same_numbers():
    texts = [np.random.default_rng(n).integers(0, 50, 100) for n in range(10)]
    first, second = (word_vectors(texts, 50, 8, np.random.default_rng(2)) for _ in range(2))
    assert (first == second).all()
