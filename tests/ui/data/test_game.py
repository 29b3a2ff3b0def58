"""The game in the page: clicks, scores, links, and rules that have none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.exploration.game import ROUND, Game, luck
from rnnlab.settings import Settings
from rnnlab.ui.data import game
from tests.pages.opened import opened, press, texts
from tests.ui.data.drawn import drawn


@pytest.fixture(autouse=True)
def no_other_pages(monkeypatch):
    """Pages that a link could open are those of the whole app, which is not there."""
    queries: list[dict[str, str]] = []
    monkeypatch.setattr(
        game.st, "page_link", lambda *_, query_params, **__: queries.append(query_params)
    )
    return queries


def played(number: str, *bits: int) -> AppTest:
    """The game with this number in the address, after these guesses."""
    return say(drawn("game", Settings(), {"look_game": number}), *bits)


def say(app: AppTest, *bits: int) -> AppTest:
    for bit in bits:
        app.button(key=f"look_say_{bit}").click().run()
    assert not app.exception, app.exception
    return app


def test_a_click_tells_the_truth_and_the_score():
    game = Game.new(Settings(), 1).guess(1)
    was = int(game.played.targets[0])
    told = texts(played("1", 1))
    assert ("✓ Right" in told) == (was == 1)
    assert f"you said 1, and it was {was}. **{was} of 1** so far" in told
    assert "(2 of 20)" in told


def test_at_the_end_the_score_stands_beside_the_best_and_beside_luck(no_other_pages):
    game = Game.new(Settings(), 7)
    for _ in range(ROUND):
        game = game.guess(1)
    app = played("7", *[1] * ROUND)
    shown = [metric.value for metric in app.metric]
    assert shown[:3] == [f"{game.score} of 20", f"{game.best_score} of 20", "15.0"]
    assert f"{game.coin_flips} fair coin flips (marked ?" in texts(app)
    assert no_other_pages[-1] == {"rule": "pair"}


def test_in_a_lesson_the_rule_waits_until_somebody_asks_for_the_answer():
    rule = Settings().data.description
    query = {"lesson": "pair", "look_game": "7"}
    app = say(opened("pages/data_rules.py", **query), *[1] * ROUND)
    assert app.metric[0].label == "You"
    assert rule not in texts(app.run())
    assert rule in texts(press(app, "Show the answer"))


def test_play_again_deals_the_next_number():
    app = played("7", *[0] * ROUND)
    press(app, "Play again")
    assert app.number_input(key="look_game").value == 8
    assert "The last column is now" in texts(app)


def test_after_the_last_game_comes_the_first():
    app = played("9999", *[0] * ROUND)
    press(app, "Play again")
    assert app.number_input(key="look_game").value == 1


def test_another_number_starts_anew():
    app = played("1", 0, 1, 1)
    app.number_input(key="look_game").set_value(5).run()
    assert "The last column is now" in texts(app)


@pytest.mark.parametrize("wrong", ["inf", "0", "seven"])
def test_a_number_in_the_address_that_is_no_game_opens_the_first(wrong):
    assert played(wrong).number_input(key="look_game").value == 1


@pytest.mark.parametrize("rule", ["sine", "toy"])
def test_of_numbers_there_is_no_game_and_the_page_says_what_to_look_at_instead(rule):
    app = drawn("game", Settings(rule=rule))
    assert not app.button
    assert "“What can be known”" in texts(app)


def ended(settings: Settings, *, right: int | None = None, always: int | None = None) -> Game:
    """A game that is over: with so many right answers, or always the same one."""
    game = Game.new(settings, 3)
    bits = []
    for n in range(ROUND):
        target = int(game.guess(0).played.targets[-1])
        bits.append(always if always is not None else target if n < (right or 0) else 1 - target)
        game = game.guess(bits[-1])
    return game


ONE_IN_FOUR = Settings.of({"rule": "own", "expression": "x[t-1] and x[t-2]"})


@pytest.mark.parametrize(
    ("game_over", "verdict"),
    [
        (ended(Settings(rule="echo"), right=15), "you know something of the rule"),
        (ended(Settings(rule="echo"), right=14), "does not show yet that you know the rule"),
        (ended(Settings(), right=20), "more luck"),
        (ended(ONE_IN_FOUR, always=0), "you did no better"),
    ],
)
def test_the_verdict_fits_the_score(game_over, verdict):
    assert verdict in game.result_sentence(game_over, "one in 17")


def test_hardly_luck_is_where_statisticians_begin_to_doubt():
    assert luck(15) < game.HARDLY < luck(14)
    assert Fraction(1, 20) == game.HARDLY
