"""Longer strings: networks that hold for ever, and one that counts steps."""

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.insight import longer
from rnnlab.insight.longer import (
    FARTHEST,
    TIMES,
    best_by_step,
    by_step,
    by_step_sentence,
    steps_shown,
)
from rnnlab.rules import RULES, BitRule
from rnnlab.rules.strings import StringRule
from rnnlab.settings import Settings
from tests.insight.networks import echo_settings, random, shift_register, zeros

BIT_RULES = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]


def test_a_shift_register_holds_for_ever():
    settings = echo_settings(carry_state=False)
    found = by_step(settings, shift_register(settings, reads=3, sureness=20.0))
    assert found.length == 6 * TIMES
    assert found.beyond == pytest.approx(0, abs=1e-6)
    # Until the fourth step it has read nothing to repeat, and says 0, surely.
    np.testing.assert_allclose(found.right[3:], 1)
    np.testing.assert_allclose(found.loss[3:], 0, atol=1e-6)
    np.testing.assert_allclose(found.right[:3], 0.5, atol=0.2)
    assert found.holds
    assert by_step_sentence(found, carried=False).startswith("It holds: ")


def counter(settings: Settings) -> dict:
    """A shift register that falls silent: one unit grows with every step and drowns the answer."""
    weights = shift_register(settings, reads=3)
    weights["rnn1_recurrent_kernel"][4] = 0
    weights["rnn1_recurrent_kernel"][3, 4] = 0
    weights["rnn1_recurrent_kernel"][4, 4] = 1
    weights["rnn1_bias"][4] = 1
    weights["dense_kernel"][4] = 1, -1  # after t steps: 2 t nats against a 1
    return weights


def test_a_network_that_counts_its_steps_has_learnt_the_lengths_by_heart():
    settings = echo_settings(carry_state=False)
    found = by_step(settings, counter(settings))
    assert not found.holds
    assert found.rise > 1
    sentence = by_step_sentence(found, carried=False)
    assert "by heart, up to 6 steps" in sentence
    # In the end it says 0 whatever came.
    assert found.right[-1] == pytest.approx(0.5, abs=0.1)


def test_who_knows_nothing_loses_the_same_at_every_step():
    settings = Settings.of({"rule": "echo", "carry_state": False})
    found = by_step(settings, zeros(settings))
    np.testing.assert_allclose(found.loss, np.log(2))
    assert found.holds
    assert "not learnt the rule" in by_step_sentence(found, carried=False)


@pytest.mark.parametrize("name", BIT_RULES)
def test_nobody_is_better_than_the_best_possible(name):
    settings = Settings.of({"rule": name, "window": 4, "noise": 0.1})
    found = by_step(settings, random(settings))
    assert (found.loss > found.best_loss - 0.05).all()
    late = found.first > 20
    assert (found.right[late] < found.best_right[late] + 0.05).all()


@pytest.mark.parametrize("name", BIT_RULES)
def test_the_best_at_each_step_is_on_average_that_of_a_window(name):
    settings = Settings.of({"rule": name})
    loss, right = best_by_step(settings, 12)
    assert loss.shape == right.shape == (12,)
    assert loss.mean() == pytest.approx(settings.bit_rule.best_loss(12))
    if not isinstance(settings.data, StringRule):
        assert (np.diff(loss) < 1e-9).all(), "more of the past never costs anything"
    assert (right >= 0.5).all()


@pytest.mark.parametrize("length", [None, FARTHEST])
@pytest.mark.parametrize("window", [1, 2, 5, 15, 99, 100])
def test_the_steps_follow_each_other_without_a_gap(window, length):
    length = length or TIMES * window
    first, last = steps_shown(window, length)
    assert first[0] == 1
    assert last[-1] == length
    assert (first[1:] == last[:-1] + 1).all()
    assert (first <= last).all()
    assert window in last, "no group reaches across the end of a window"
    assert len(first) <= 100


@pytest.mark.parametrize("cell", CELLS)
def test_it_reads_on_where_the_part_before_ended(cell, monkeypatch):
    settings = Settings.of({"cell": cell, "units": 3, "window": 20, "rule": "pair"})
    weights = random(settings)
    found = by_step(settings, weights)  # 320 steps: several passes
    monkeypatch.setattr(longer, "CHUNK", 10_000)
    np.testing.assert_allclose(found.loss, by_step(settings, weights).loss, rtol=1e-12)


def test_a_window_that_is_a_single_step_can_be_asked_too():
    settings = Settings.of({"rule": "echo", "window": 1, "units": 2})
    found = by_step(settings, random(settings))
    assert found.length == 16
    assert np.isfinite(found.rise)


def test_a_shift_register_holds_for_ten_thousand_steps():
    settings = echo_settings(carry_state=False)
    found = by_step(settings, shift_register(settings, reads=3, sureness=20.0), length=FARTHEST)
    assert (found.length, found.holds) == (FARTHEST, True)
    assert found.right[-1] == 1


@pytest.mark.parametrize("name", [*BIT_RULES, "embedded-reber"])
def test_the_best_possible_of_ten_thousand_steps_goes_on_from_that_of_few(name):
    settings = Settings.of({"rule": name})
    for few, many in zip(best_by_step(settings, 40), best_by_step(settings, FARTHEST), strict=True):
        np.testing.assert_allclose(many[:40], few, atol=1e-12)
        assert np.isfinite(many).all()
