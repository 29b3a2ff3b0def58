"""A network as a model of the next word, what it writes, its map, and the shipped ones."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.language import model as models
from rnnlab.language.contest import contest, first_wrong
from rnnlab.language.corpus import grammar, of_grammar
from rnnlab.language.dictionary import END, UNKNOWN
from rnnlab.language.embedding import neighbours, word_map
from rnnlab.language.model import Model
from rnnlab.language.stored import shipped
from rnnlab.language.writing import sharpened, write
from rnnlab.network import Network

V = 6


def small(seed: int = 1) -> Model:
    network = Network(cell="gru", units=3, features=2, outputs=V, last_step=False, vocabulary=V)
    rng = np.random.default_rng(seed)
    weights = {name: rng.normal(size=shape) for name, shape in network.shapes.items()}
    return Model(network, weights)


class Table:
    """A model whose chances depend on the last word alone."""

    def __init__(self, rows: dict[int, list[float]]) -> None:
        self.rows = rows

    def next(self, ids: list[int]) -> np.ndarray:
        return np.array(self.rows[ids[-1] if ids else END])


def test_what_it_says_after_some_words_is_what_it_says_when_more_follow():
    one = small()
    whole = one.after_each([2, 5, 3])
    assert whole.shape == (4, V)
    np.testing.assert_allclose(one.next([2, 5]), whole[2], rtol=1e-6)
    np.testing.assert_allclose(whole.sum(axis=1), 1, rtol=1e-6)


@pytest.mark.parametrize("most_logits", [1, 4_000_000])
def test_costs_are_those_of_the_sentences_one_by_one_in_their_order(monkeypatch, most_logits):
    monkeypatch.setattr(models, "MOST_LOGITS", most_logits)
    one = small()
    sentences = [[2, 3, END], [END], [4, 4, 5, 2, END], [5, END]]
    expected = [
        -math.log(one.next(said[:n])[word]) for said in sentences for n, word in enumerate(said)
    ]
    stream = np.concatenate(sentences).astype(np.int32)
    np.testing.assert_allclose(one.costs(stream), expected, rtol=1e-6)
    assert one.perplexity(stream) == pytest.approx(math.exp(np.mean(expected)))


def test_temperature_sharpens_or_flattens_and_k_cuts():
    chances = np.array([0.1, 0.0, 0.6, 0.3])
    # At 1/2: squares, 0.01 : 0.36 : 0.09.
    assert sharpened(chances, 0.5) == pytest.approx(np.array([1, 0, 36, 9]) / 46)
    assert sharpened(chances, 1.0, most=2) == pytest.approx([0, 0, 2 / 3, 1 / 3])
    assert sharpened(chances, 0.0).tolist() == [0, 0, 1, 0]
    assert sharpened(np.array([0.2, 0.7, 0.1]), 1.0)[UNKNOWN] == 0


def test_it_writes_as_often_as_the_chances_say_and_ends_where_they_end():
    one = Table({END: [0, 0, 0.25, 0.75], 2: [1, 0, 0, 0], 3: [0, 0, 0, 1]})
    rng = np.random.default_rng(1)
    firsts = [write(one, [], rng, longest=3) for _ in range(400)]
    share = sum(said == [2, END] for said in firsts) / 400
    assert abs(share - 0.25) < 4 * math.sqrt(0.25 * 0.75 / 400)
    assert {len(said) for said in firsts if said[0] == 3} == {3}  # cut off, without an end


def test_in_a_contest_only_the_grammar_is_always_right():
    one = grammar("english")
    begin = one.dictionary.ids(["she", "was", "late", "for", "school", "because"]).tolist()
    options = {"seed": 1, "temperature": 1.0, "most": 0, "longest": 60}
    truth = contest({"truth": one}, begin, one, 20, **options)["truth"]
    assert truth.right == 20
    assert all(said[: len(begin)] == tuple(begin) for said in truth.sentences)
    wrong = [*begin, *one.dictionary.ids(["his"]).tolist()]
    assert first_wrong(one, wrong) == len(begin)
    assert contest({"truth": one}, begin, None, 1, **options)["truth"].right is None


def test_the_map_shows_the_directions_in_which_rows_differ_most():
    rows = np.array([[3.0, 0, 0], [-3, 0, 0], [0, 1, 0], [0, -1, 0]])
    found = word_map(rows)
    # Squares along the first direction 9 + 9, along the second 1 + 1: 90 % and 10 %.
    assert found.share == pytest.approx((0.9, 0.1))
    np.testing.assert_allclose(np.abs(found.places[:2, 0]), [3, 3])
    np.testing.assert_allclose(np.abs(found.places[2:, 1]), [1, 1])


def test_neighbours_are_nearest_by_their_angle_whatever_their_length():
    rows = np.array([[1.0, 0], [10, 1], [0, 2], [-1, 0]])
    assert [number for number, _ in neighbours(rows, 0)] == [1, 2, 3]
    assert neighbours(rows, 0)[2][1] == pytest.approx(-1.0)


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_the_network_that_travels_with_the_lab_is_near_the_best_possible(name):
    _, one = shipped(name)
    corpus = of_grammar(name, 1000, 1)
    assert one.perplexity(corpus.judge) < 1.03 * grammar(name).perplexity
