"""The embedded Reber grammar: its words, and its floors in ways that have nothing in common."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules.embedded_reber import EITHER, OUTER, SURE, EmbeddedReberRule
from rnnlab.rules.letter_machine import LetterMachine

RULE = EmbeddedReberRule()
BEST, FORGOTTEN = 7 * math.log(2) / 12, 8 * math.log(2) / 12

GRAPH = {1: "T2 P3", 2: "S2 X4", 3: "T3 V5", 4: "X3 S6", 5: "P4 V6"}
"""Reber's graph as papers draw it, from the letter after B to the one before E."""


def letters(n: int, seed: int = 3) -> str:
    series = RULE.generate(np.random.default_rng(seed), n)
    return "".join(RULE.letters[k] for k in series.inputs)


def words(n: int) -> list[str]:
    """The whole words of a long series: each from the B after an outer E to the next outer E."""
    return re.findall(r"B([TP])(B[^BE]*E)(\1)E(?=B)", letters(n))


def is_inner(word: str) -> bool:
    """Whether this is a word of Reber's own grammar, by his graph."""
    place = 1
    for letter in word[1:-1]:
        ways = {way[0]: int(way[1]) for way in GRAPH.get(place, "").split()}
        if letter not in ways:
            return False
        place = ways[letter]
    return (word[0], word[-1], place) == ("B", "E", 6)


def test_the_series_is_words_between_two_equal_letters():
    text = letters(20_000)
    found = words(20_000)
    assert all(is_inner(inner) for _, inner, _ in found)
    assert {outer for outer, *_ in found} == {"T", "P"}
    n_letters = sum(len(inner) + 4 for _, inner, _ in found)
    assert n_letters > len(text) - 100, "nothing stands between them"


def test_the_floors_are_those_of_the_renewal_argument():
    """Mean length and mean number of coin flips of a word, by the equations of the graph."""
    places = list(GRAPH)
    moves = np.zeros((len(places), len(places)))
    for row, place in enumerate(places):
        for way in GRAPH[place].split():
            if int(way[1]) in places:
                moves[row, places.index(int(way[1]))] += 0.5
    flips = np.linalg.solve(np.eye(len(places)) - moves, np.ones(len(places)))[0]
    length = 1 + flips + 1 + 4  # B, a letter a flip, E; and B, two outer letters, E around them
    assert (flips + 1, length) == (pytest.approx(7), pytest.approx(12))
    assert RULE.best_loss() == pytest.approx((flips + 1) * math.log(2) / length, abs=1e-12)
    assert RULE.partial_losses() == {"outer letter forgotten": pytest.approx(FORGOTTEN, abs=1e-12)}
    assert RULE.best_loss() == pytest.approx(BEST, abs=1e-12)


def test_who_forgets_the_outer_letter_pays_a_coin_flip_a_word():
    """By simulation: the costs of the truth, and ln 2 more at every outer letter's return."""
    series = RULE.generate(np.random.default_rng(8), 200_000)
    costs = RULE.costs(series)
    again = RULE.kinds_of(series.inputs) == RULE.kinds.index(OUTER)
    costs[again] += math.log(2)
    costs = costs[1000:].reshape(-1, 100).mean(axis=1)  # of words, not of letters, independent
    error = costs.std() / math.sqrt(len(costs))
    assert abs(costs.mean() - FORGOTTEN) < 4 * error


def test_a_window_s_best_loss_is_that_of_counted_pasts():
    """How often each letter follows each short past, counted."""
    series = RULE.generate(np.random.default_rng(9), 300_000)
    x, y = series.inputs.astype(np.int64), series.targets
    by_step = []
    for seen in (1, 2, 3):
        past = sum(x[k : len(x) - seen + 1 + k] * 7**k for k in range(seen))
        target = y[seen - 1 :]
        counts = np.zeros((7**seen, 7))
        np.add.at(counts, (past, target), 1)
        shares = counts[past, target] / counts[past].sum(axis=1)
        by_step.append(-np.log(shares).mean())
    np.testing.assert_allclose(RULE.losses_by_step(3), by_step, atol=0.005)
    assert RULE.best_loss(3) == pytest.approx(np.mean(by_step), abs=0.005)
    assert RULE.losses_by_step(60)[-1] == pytest.approx(BEST, abs=1e-3)


def test_right_guesses_are_those_of_the_likelier_letter():
    series = RULE.generate(np.random.default_rng(5), 50_000)
    right = RULE.target_probabilities(series.inputs).argmax(axis=1) == series.targets
    assert right[100:].mean() == pytest.approx(RULE.right_by_step(60)[-1], abs=0.01)
    assert RULE.right_by_step(60)[-1] == pytest.approx(1 - 7 / 24, abs=1e-3)  # 7 of 12 are flips


def test_each_kind_of_step_comes_as_often_as_the_words_say():
    kinds = RULE.kinds_of(RULE.generate(np.random.default_rng(6), 60_000).inputs)[100:]
    shares = np.bincount(kinds, minlength=3) / len(kinds)
    expected = {SURE: 4 / 12, EITHER: 7 / 12, OUTER: 1 / 12}
    assert shares == pytest.approx([expected[kind] for kind in RULE.kinds], abs=0.01)


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        ({"a": "A b"}, "there is no such state"),
        ({"a": "X a"}, "letters of the alphabet"),
        ({"a": "A a, A a"}, "each once"),
    ],
)
def test_a_machine_of_letters_that_is_none_is_refused(states, sentence):
    with pytest.raises(SettingError, match=sentence):
        LetterMachine.of("AB", states)


def test_three_ways_are_equally_likely():
    machine = LetterMachine.of("ABC", {"a": "A a, B b, C a", "b": "A a"})
    made, _ = machine.run(np.random.default_rng(1).random(30_000))
    shares = np.bincount(made, minlength=3) / len(made)
    # In the long run state b comes after a third of the visits of a: 3/4 of the steps begin in a.
    assert shares == pytest.approx([1 / 2, 1 / 4, 1 / 4], abs=0.01)
    assert machine.stationary == pytest.approx([3 / 4, 1 / 4])
