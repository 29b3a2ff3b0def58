"""Networks that read in both directions: where a run allows them, and why it costs no less."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import RULES, BitRule
from rnnlab.rules.lagged import LaggedRule
from rnnlab.settings import Settings
from rnnlab.theory import binary_entropy

BOTH = {"bidirectional": True}
WINDOW, BEFORE = 5, 3
"""Steps of a window, and as many steps before it as a lag of these tests goes back."""


def test_the_network_of_a_run_reads_both_ways_if_its_settings_say_so():
    assert not Settings().network.bidirectional
    settings = Settings(rule="sine", **BOTH)
    assert settings.network.bidirectional
    assert settings.to_query()["bidirectional"] == "true"
    assert set(settings.first_weights()) > {"rnn1_kernel", "rnn1_backward_kernel"}


def test_a_state_cannot_be_carried_on_by_who_reads_back():
    with pytest.raises(SettingError, match="turn “Carry the state” off"):
        Settings(**BOTH)
    assert Settings(carry_state=False, **BOTH).network.bidirectional


@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_who_reads_back_would_read_the_very_bit_that_is_asked_for(noise):
    with pytest.raises(SettingError, match="has already read it: turn “Both directions” off"):
        Settings(rule="self-pair", noise=noise, carry_state=False, **BOTH)


def test_two_directions_are_more_work_than_one():
    one, two = (
        Settings(rule="sine", bidirectional=both, units=16, layers=2) for both in (False, True)
    )
    # One way 16 x 18 + 16 x 33 + 17 weights; both ways the upper layers read 32 numbers, not 16.
    assert one.network.parameters == 288 + 528 + 17
    assert two.network.parameters == 2 * (288 + 528 + 16 * 16) + 33
    work = [each.network.parameters + 6 * 2 * width for each, width in ((one, 16), (two, 32))]
    assert two.work_per_update * work[0] == one.work_per_update * work[1]


def least_loss_of_who_sees_the_whole_window(rule: LaggedRule) -> float:
    """By going through every series of `BEFORE` + `WINDOW` bits, of which the last are seen."""
    chances: dict[tuple[int, ...], list[np.ndarray]] = {}
    for bits in product((0, 1), repeat=BEFORE + WINDOW):
        truth = rule.target_probabilities(np.array(bits, np.uint8))
        chances.setdefault(bits[BEFORE:], []).append(truth[BEFORE:])
    return float(np.mean([binary_entropy(np.mean(each, axis=0)) for each in chances.values()]))


@pytest.mark.parametrize("name", ["pair", "echo", "parity", "own"])
def test_the_later_bits_of_a_window_say_nothing_more_of_a_target(name):
    rule = RULES[name]
    assert isinstance(rule, LaggedRule)
    assert max(rule.lags) <= BEFORE
    found = least_loss_of_who_sees_the_whole_window(rule)
    assert found == pytest.approx(rule.best_loss(WINDOW))
    assert found > rule.best_loss(None) + 0.01


def test_every_rule_that_does_not_feed_on_itself_has_coin_flips_for_inputs():
    # This is why what comes later says nothing there.
    on_bits = [one for one in RULES.values() if isinstance(one, BitRule)]
    assert {one.name for one in on_bits if not isinstance(one, LaggedRule)} == {"self-pair"}
    assert [one.name for one in on_bits if one.autoregressive] == ["self-pair"]
