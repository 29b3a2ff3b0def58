"""A rule whose target hangs on no input, typed as one number: all of the survey takes it."""

from __future__ import annotations

import math

import pytest

from rnnlab.settings import Settings
from rnnlab.survey import counts, cut, derivation, export, game, magnified, strip, two_readings

NOISES = pytest.mark.parametrize("noise", [0.0, 0.1])
FROM = {"0": 0.0, "0.5": 0.5, "0.75": 0.75}
"""What is typed, and the chance of a 1 that it means."""

EVERY_NUMBER = pytest.mark.parametrize("typed", FROM)


def settings_of(typed: str, noise: float = 0.0) -> Settings:
    return Settings(
        rule="own", parameters={"expression": typed}, rows=5, length=200, noise=noise, seed=3
    )


def chance(typed: str, noise: float) -> float:
    return FROM[typed] * (1 - noise) + (1 - FROM[typed]) * noise


@NOISES
@EVERY_NUMBER
@pytest.mark.parametrize("lags", [(), (0,), (12, 3)])
def test_every_pattern_is_followed_by_the_same_chance(typed, noise, lags):
    settings = settings_of(typed, noise)
    rule = settings.bit_rule
    found = counts.count(rule, strip.series_of(settings), lags, 1000)
    assert found.n == 1000 - max(lags, default=0)
    assert len(found.rows) == 2 ** len(lags)
    assert [row.exact for row in found.rows] == pytest.approx(
        [chance(typed, noise)] * len(found.rows)
    )
    assert [row.often for row in found.rows] == [0.5 ** len(lags)] * len(found.rows)
    assert counts.lags_to_look_at(rule) == tuple(range(13))


class OwnCoin(type(Settings(rule="self-pair").bit_rule)):
    """Coin flips, each of them asked for one step before it comes in."""

    lags = ()

    def clean_probabilities(self, inputs):
        return 0.5 + 0.0 * inputs


@NOISES
@pytest.mark.parametrize("lags", [(), (0,), (2, 0)])
def test_a_chain_without_causes_is_a_series_of_coin_flips(noise, lags):
    chances, often = counts.exact(OwnCoin(noise=noise), lags)
    assert chances.ravel().tolist() == [0.5] * 2 ** len(lags)
    assert often.ravel().tolist() == [0.5 ** len(lags)] * 2 ** len(lags)


def test_the_strip_has_no_causes():
    settings = settings_of("0.5")
    steps = strip.strip(settings, 0, 40)
    assert {(step.chance, step.causes, step.kind) for step in steps} == {(0.5, (), strip.FREE)}
    assert strip.step_sentence(steps[7]).endswith("P(y[7] = 1) = 0.5: it depends on no input.")
    found = strip.counts(settings)
    assert (found.free, found.early, found.theory_forced) == (1000, 0, 0)
    assert strip.early_sentence(found) == ""


def test_no_cut_parts_a_cause():
    settings = settings_of("0.5")
    found = cut.cut_of(settings)
    assert (found.furthest, found.count(0)[cut.INSIDE]) == (0, 1000)
    assert "depend on no input" in cut.edge_sentence(found)
    assert cut.state_sentence(found, carried=True) == cut.rows_sentence(found) == ""
    window = magnified.magnified(settings, row=1, window=2)
    assert window.links == ()
    assert [place.place for place in window.places] == [10, 11, 12, 13, 14]


@NOISES
@EVERY_NUMBER
def test_all_stairs_are_one(typed, noise):
    p = chance(typed, noise)
    loss = -sum(q * math.log(q) for q in (p, 1 - p) if q)
    stairs = derivation.staircase(settings_of(typed, noise))
    assert {one.label for one in stairs} == {
        "knows nothing",
        "sees only this window",
        "best possible",
    }
    assert [one.worth(derivation.NATS) for one in stairs] == pytest.approx([loss] * 3)
    for measure in derivation.MEASURES.values():
        assert all(one.formula(measure) for one in stairs)


def test_the_file_has_no_column_for_a_cause():
    header, first, *_ = export.table_of_bits(settings_of("0.5"), 50).csv.decode().splitlines()
    assert header == "t,x,y,P(y=1),forced"
    assert first.startswith("0,")
    assert first.endswith(",0.5,no")


@pytest.mark.parametrize(("typed", "expected", "flips"), [("0.5", 10, 20), ("0.75", 15, 0)])
def test_the_game_can_be_played(typed, expected, flips):
    now = game.Game.begin(settings_of(typed), number=4)
    assert len(now.in_sight.inputs) == game.SEEN
    for _ in range(game.ROUND):
        now = now.guess(1)
    assert (now.best_expected, now.coin_flips) == (expected, flips)
    assert now.best_score == now.score  # where both bits are alike, "the likelier" is a 1
    assert now.always == (None if typed == "0.5" else (1, now.score))


def test_the_two_readings_are_those_of_the_pair():
    code, words = two_readings.two_readings(settings_of("0.5"))
    assert (code.share, words.share) == (1 / 2, 1 / 3)
