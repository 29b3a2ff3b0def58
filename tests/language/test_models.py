"""Models of the next word: n-grams by paper, networks, what they generate, and the shipped ones."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.language.corpus import grammar, grammar_corpus
from rnnlab.language.embedding import cosine_by_chance, neighbours, word_map
from rnnlab.language.generation import Sampling, generate, generate_by_each, sampling_probabilities
from rnnlab.language.model import LanguageModel, shipped
from rnnlab.language.ngram import NGram
from rnnlab.language.tokenizer import END, UNKNOWN
from rnnlab.network import Network

STREAM = np.array([2, 3, END, 2, 3, END, 2, 4, END], np.int32)
"""a b, a b, a c; the dictionary has 5 ids."""
V = 6


def small_model() -> LanguageModel:
    network = Network(cell="gru", units=3, features=2, outputs=V, last_step=False, vocabulary=V)
    rng = np.random.default_rng(1)
    weights = {name: rng.normal(size=shape) for name, shape in network.shapes.items()}
    return LanguageModel(network, weights)


class ByLastWord:
    """A model whose probabilities depend on the last word alone."""

    def __init__(self, rows: dict[int, list[float]]) -> None:
        self.rows = rows

    def next_probabilities(self, ids: list[int]) -> np.ndarray:
        return np.array(self.rows[ids[-1] if ids else END])


def test_a_bigram_is_that_of_paper():
    # Bigrams: ⏎a 3, ab 2, b⏎ 2, ac 1, c⏎ 1. Once: 2, twice: 2, so D = 2 / (2 + 2 · 2) = 1/3.
    # After how many different words: a 1, b 1, ⏎ 2, c 1; together 5. Once: 3, twice: 1, so
    # D' = 3 / (3 + 2) = 3/5, and P(b) = (1 - 3/5) / 5 + 3/5 · 4/5 · 1/5 = 0.08 + 0.096 = 0.176.
    # P(b | a) = (2 - 1/3) / 3 + 1/3 · 2/3 · 0.176 = 0.5556 + 0.0391.
    probabilities = NGram(STREAM, 2, 5).next_probabilities([2])
    assert probabilities[3] == pytest.approx(5 / 9 + 2 / 9 * 0.176)
    # P(c | a) likewise from a count of 1; P(c) = P(b).
    assert probabilities[4] == pytest.approx(2 / 9 + 2 / 9 * 0.176)


def test_a_trigram_looks_no_further_than_the_start_of_its_sentence():
    after = NGram(STREAM, 3, 5).next_probabilities
    assert after([]) == pytest.approx(after([END]))
    assert after([3, END, 2]) == pytest.approx(after([2]))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.integers(2, 6), max_size=5), min_size=1, max_size=8),
    st.lists(st.integers(0, 7), max_size=4),
    st.integers(1, 4),
)
def test_an_n_gram_gives_probabilities_after_anything(sentences, context, order):
    stream = np.array([word for words in sentences for word in [*words, END]], np.int32)
    probabilities = NGram(stream, order, 8).next_probabilities(context)
    assert probabilities.sum() == pytest.approx(1.0)
    assert (probabilities > 0).all()


def test_the_probability_of_each_word_of_a_stream_is_the_one_it_has_after_its_beginning():
    source = grammar("chinese")
    model = NGram(source.sample(np.random.default_rng(3), 60), 3, source.dictionary.size)
    stream = source.sample(np.random.default_rng(4), 5)
    sentence: list[int] = []
    expected = []
    for word in stream.tolist():
        expected.append(model.next_probabilities(sentence)[word])
        sentence = [] if word == END else [*sentence, word]
    np.testing.assert_allclose(model.probabilities_of(stream), expected)
    assert model.perplexity(stream) == pytest.approx(math.exp(-np.log(expected).mean()))


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_memory_pays_in_these_grammars(name):
    source = grammar(name)
    training, test = (source.sample(np.random.default_rng(k), 2000) for k in (1, 2))
    bigram, trigram = (
        NGram(training, order, source.dictionary.size).perplexity(test) for order in (2, 3)
    )
    assert source.perplexity * 1.2 < trigram < bigram


def test_a_network_says_the_same_after_some_words_when_more_follow():
    model = small_model()
    probabilities = model.probabilities([2, 5, 3])
    assert probabilities.shape == (4, V)
    np.testing.assert_allclose(model.next_probabilities([2, 5]), probabilities[2], rtol=1e-6)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-6)


@pytest.mark.parametrize("max_logits", [1, 4_000_000])
def test_losses_are_those_of_the_sentences_one_by_one_in_their_order(monkeypatch, max_logits):
    monkeypatch.setattr("rnnlab.language.model.MAX_LOGITS", max_logits)
    model = small_model()
    sentences = [[2, 3, END], [END], [4, 4, 5, 2, END], [5, END]]
    expected = [
        -math.log(model.next_probabilities(sentence[:n])[word])
        for sentence in sentences
        for n, word in enumerate(sentence)
    ]
    stream = np.concatenate(sentences).astype(np.int32)
    np.testing.assert_allclose(model.losses(stream), expected, rtol=1e-6)
    assert model.perplexity(stream) == pytest.approx(math.exp(np.mean(expected)))


def test_temperature_sharpens_or_flattens_and_k_cuts():
    p = np.array([0.1, 0.0, 0.6, 0.3])
    # At 1/2: squares, 0.01 : 0.36 : 0.09.
    assert sampling_probabilities(p, 0.5) == pytest.approx(np.array([1, 0, 36, 9]) / 46)
    assert sampling_probabilities(p, 1.0, top_k=2) == pytest.approx([0, 0, 2 / 3, 1 / 3])
    assert sampling_probabilities(p, 0.0).tolist() == [0, 0, 1, 0]
    assert sampling_probabilities(np.array([0.2, 0.7, 0.1]), 1.0)[UNKNOWN] == 0


def test_words_are_drawn_as_often_as_they_are_likely_and_a_sentence_ends_at_its_end():
    model = ByLastWord({END: [0, 0, 0.25, 0.75], 2: [1, 0, 0, 0], 3: [0, 0, 0, 1]})
    rng = np.random.default_rng(1)
    sentences = [generate(model, [], rng, Sampling(max_length=3)) for _ in range(400)]
    share = sum(sentence == [2, END] for sentence in sentences) / 400
    assert abs(share - 0.25) < 4 * math.sqrt(0.25 * 0.75 / 400)
    cut_off = {tuple(sentence) for sentence in sentences if sentence[0] == 3}
    assert cut_off == {(3, 3, 3)}


def test_all_sentences_of_the_grammar_itself_are_grammatical():
    source = grammar("english")
    prompt = source.dictionary.ids(["she", "was", "late", "for", "school", "because"]).tolist()
    options = {"seed": 1, "sampling": Sampling(max_length=60)}
    generated = generate_by_each({"truth": source}, prompt, source, 20, **options)["truth"]
    assert generated.n_grammatical == 20
    assert all(sentence[: len(prompt)] == tuple(prompt) for sentence in generated.sentences)
    without = generate_by_each({"truth": source}, prompt, None, 1, **options)["truth"]
    assert without.n_grammatical is None


def test_the_map_shows_the_directions_in_which_rows_differ_most():
    rows = np.array([[3.0, 0, 0], [-3, 0, 0], [0, 1, 0], [0, -1, 0]])
    coordinates, explained = word_map(rows)
    # Squares along the first direction 9 + 9, along the second 1 + 1: 90 % and 10 %.
    assert explained == pytest.approx((0.9, 0.1))
    np.testing.assert_allclose(np.abs(coordinates[:2, 0]), [3, 3])
    np.testing.assert_allclose(np.abs(coordinates[2:, 1]), [1, 1])


def test_neighbours_are_nearest_by_their_angle_whatever_their_length():
    rows = np.array([[1.0, 0], [10, 1], [0, 2], [-1, 0]])
    assert [row for row, _ in neighbours(rows, 0)] == [1, 2, 3]
    assert neighbours(rows, 0)[2][1] == pytest.approx(-1.0)


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_the_network_that_travels_with_the_lab_is_near_the_best_possible(name):
    _, model = shipped(name)
    test = grammar_corpus(name, 1000, 1).test
    assert model.perplexity(test) < 1.03 * grammar(name).perplexity


@pytest.mark.parametrize("n_rows", [1, 2, 3, 9])
@pytest.mark.parametrize("n_numbers", [1, 2, 8])
def test_a_map_of_any_few_words_has_a_place_for_each(n_rows, n_numbers):
    rows = np.random.default_rng(n_rows).normal(size=(n_rows, n_numbers))
    for kind in (rows, np.ones_like(rows)):
        coordinates, explained = word_map(kind)
        assert coordinates.shape == (n_rows, 2)
        assert np.isfinite(coordinates).all()
        assert 0 <= explained[1] <= explained[0] <= 1
    if n_rows == 2:
        assert explained == (0, 0)
        assert word_map(rows).explained == pytest.approx((1, 0))


@pytest.mark.parametrize(("n_rows", "n_numbers"), [(1, 64), (40, 128), (160, 32), (160, 128)])
def test_the_nearest_of_random_rows_stays_below_what_chance_makes_19_times_in_20(n_rows, n_numbers):
    rng = np.random.default_rng(0)
    tables = (rng.normal(size=(n_rows + 1, n_numbers)) for _ in range(400))
    nearest = np.array([neighbours(rows, 0, 1)[0][1] for rows in tables])
    assert 0.92 < np.mean(nearest < cosine_by_chance(n_rows, n_numbers)) < 0.985
