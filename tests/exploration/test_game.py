"""A game of guessing: what may be seen, what it is worth, and what luck can do, by enumeration."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from rnnlab.exploration.game import ROUND, VISIBLE, WARM_UP, Game, in_words, luck
from rnnlab.rules import BitRule
from rnnlab.settings import Settings
from tests.rules.cases import VARIANTS

ECHO = Settings(rule="echo")
PAIR = Settings()


def played(game: Game, bits) -> Game:
    for bit in bits:
        game = game.guess(int(bit))
    return game


def truths(game: Game) -> np.ndarray:
    """The targets of a whole game, as they come to light."""
    targets = []
    for _ in range(ROUND):
        game = game.guess(0)
        targets.append(int(game.played.targets[-1]))
    return np.array(targets)


@pytest.mark.parametrize("targets", [1, 2, 5, 8])
def test_luck_is_the_share_of_all_ways_to_toss_that_do_as_well(targets):
    scores = np.array([sum(ways) for ways in product((0, 1), repeat=targets)])
    for score in range(targets + 2):
        assert luck(score, targets) == Fraction(int(np.sum(scores >= score)), 2**targets)


def test_luck_in_a_whole_game_is_what_tables_of_the_binomial_say():
    # P(X >= 15) = 0.0207 and P(X >= 14) = 0.0577 for n = 20, p = 1/2; two halves by symmetry.
    assert float(luck(15)) == pytest.approx(0.0207, abs=5e-5)
    assert float(luck(14)) == pytest.approx(0.0577, abs=5e-5)
    assert luck(10) + luck(11) == 1
    assert luck(20) == Fraction(1, 1_048_576)
    assert luck(0) == luck(-1) == 1


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0, "all"),
        (2, "nearly all"),
        (10, "59 in 100"),  # 0.5881
        (13, "13 in 100"),  # 0.1316
        (14, "one in 17"),  # 0.05766
        (15, "one in 48"),  # 0.02069
        (20, "one in 1,048,576"),
        (21, "none"),
    ],
)
def test_a_probability_is_written_as_people_say_it(score, words):
    assert in_words(luck(score)) == words


def test_before_a_guess_its_target_and_all_that_comes_later_is_out_of_sight():
    game = Game.new(ECHO, 3)
    for n in range(ROUND):
        excerpt = game.visible
        assert len(excerpt.inputs) == VISIBLE
        assert len(excerpt.targets) == VISIBLE - 1
        assert len(excerpt.guesses) == min(n, VISIBLE - 1)
        game = game.guess(n % 2)
    assert game.over


def test_the_strip_moves_on_by_one_step_a_guess():
    game = Game.new(PAIR, 3)
    after = game.guess(1)
    assert after.visible.inputs[:-1].tolist() == game.visible.inputs[1:].tolist()
    assert after.visible.targets[:-1].tolist() == game.visible.targets[1:].tolist()
    assert after.visible.targets[-1] == after.played.targets[-1]
    assert after.visible.guesses == (1,)


@pytest.mark.parametrize(("number", "delay"), [(1, 3), (2, 11), (50, 12), (3, 20)])
def test_who_reads_the_echo_off_the_strip_is_always_right(number, delay):
    game = Game.new(Settings.of({"rule": "echo", "delay": delay}), number)
    for _ in range(ROUND):
        game = game.guess(int(game.visible.inputs[-1 - delay]))
    assert game.score == game.best_score == game.expected_best_score == ROUND
    assert game.coin_flips == 0


def test_who_is_always_wrong_scores_nothing():
    game = Game.new(PAIR, 4)
    wrong = played(game, 1 - truths(game))
    assert wrong.score == 0
    assert played(game, truths(game)).score == ROUND


def test_a_game_that_is_over_takes_no_guess():
    game = played(Game.new(PAIR, 1), [0] * ROUND)
    assert game.guess(1) is game


def test_games_of_equal_data_are_equal_and_other_numbers_other_games():
    twin = Game.new(Settings(units=9, window=7, seed=5), 1)
    assert twin == Game.new(PAIR, 1)
    assert truths(twin).tolist() == truths(Game.new(PAIR, 1)).tolist()
    others = [Game.new(PAIR, 2), Game.new(ECHO, 1), Game.new(Settings(noise=0.1), 1)]
    assert all(truths(other).tolist() != truths(twin).tolist() for other in others)
    assert twin.guess(1).restarted == twin


def test_a_game_begins_where_every_cause_lies_within_the_series():
    for rule in VARIANTS.values():
        if isinstance(rule, BitRule):
            assert 2 * max(rule.lags, default=0) < WARM_UP  # what is visible has its causes too


def test_of_an_own_rule_with_skewed_targets_the_commoner_bit_has_a_score_of_its_own():
    rule = Settings.of({"rule": "own", "expression": "x[t-1] and x[t-2]"})  # 1 in 4 times
    game = played(Game.new(rule, 2), [1] * ROUND)
    assert game.constant_guess == (0, ROUND - game.score)
    assert Game.new(PAIR, 2).constant_guess is None


@pytest.mark.parametrize(
    ("settings", "expected", "flips"),
    [
        (PAIR, 15.0, 0.5),  # half of the targets forced, half fair: 20 (1 + 1/2) / 2
        (Settings(rule="self-pair"), 20 * (1 / 3 + 2 / 3 / 2), 2 / 3),
        (Settings(rule="echo", noise=0.1), 18.0, 0.0),
        (Settings.of({"rule": "own", "expression": "0.5 + 0.3 * x[t-2]"}), 13.0, 0.5),
    ],
)
def test_the_best_predictor_scores_on_average_what_paper_says(settings, expected, flips):
    games = [played(Game.new(settings, number), [0] * ROUND) for number in range(250)]
    assert games[0].expected_best_score == pytest.approx(expected)
    for scores, mean in (
        ([game.best_score for game in games], expected),
        ([game.coin_flips for game in games], ROUND * flips),
    ):
        error = np.std(scores) / math.sqrt(len(games))
        assert abs(np.mean(scores) - mean) <= 4 * error + 1e-9


def test_tossing_a_coin_scores_like_luck():
    rng = np.random.default_rng(5)
    games = [played(Game.new(PAIR, number), rng.integers(2, size=ROUND)) for number in range(250)]
    share = np.mean([game.score >= 12 for game in games])
    probability = float(luck(12))
    assert abs(share - probability) <= 4 * math.sqrt(probability * (1 - probability) / len(games))
