"""Noise: the clean series stays what it was, and what can be known falls by what can be counted."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import RULES, BitRule
from rnnlab.rules.pair import PairRule
from rnnlab.settings import Settings
from tests.rules.cases import EVERY_BIT_RULE, EVERY_NOISY_RULE

LN2 = math.log(2)


def entropy(p: float) -> float:
    return -sum(q * math.log(q) for q in (p, 1 - p) if q > 0)


@EVERY_NOISY_RULE
def test_the_clean_series_is_made_first_and_then_some_targets_are_turned(rule):
    clean = RULES[rule.name].generate(np.random.default_rng(3), 50_000)
    drawn = rule.generate(np.random.default_rng(3), 50_000)
    np.testing.assert_array_equal(drawn.inputs, clean.inputs)
    turned = drawn.targets != clean.targets
    assert turned.mean() == pytest.approx(rule.noise, abs=4 * 0.5 / math.sqrt(50_000))
    for bit in (0, 1):  # whatever the bit was
        some = turned[clean.targets == bit]
        assert some.mean() == pytest.approx(rule.noise, abs=4 * 0.5 / math.sqrt(len(some)))


@EVERY_NOISY_RULE
def test_a_noisy_rule_keeps_its_name_and_says_its_noise(rule):
    clean = RULES[rule.name]
    assert rule.name == clean.name
    assert rule.description.startswith(clean.description)
    assert f" {rule.noise:g}." in rule.description.removeprefix(clean.description)
    assert clean.description.startswith(clean.sentence)


@pytest.mark.parametrize("noise", [-0.1, 0.6, "loud"])
def test_noise_beyond_one_half_is_refused(noise):
    with pytest.raises(SettingError, match="Noise must be "):
        PairRule(noise=noise)


@pytest.mark.parametrize("window", [None, 1, 3, 50])
@EVERY_BIT_RULE
def test_at_one_half_nothing_can_be_known(rule, window):
    coin = replace(rule, noise=0.5)
    assert coin.best_loss(window) == pytest.approx(LN2, abs=1e-12)
    assert coin.base_rate_loss() == pytest.approx(LN2, abs=1e-12)
    assert coin.first_window_loss(5, window or 7) == pytest.approx(LN2, abs=1e-12)
    assert coin.partial_losses(window) == {}
    inputs = np.random.default_rng(0).integers(2, size=40, dtype=np.uint8)
    np.testing.assert_allclose(coin.target_probabilities(inputs), 0.5, atol=1e-15)


def test_the_losses_of_a_noisy_echo_on_paper():
    # The echo, delay 3, flipped 1 time in 10: 0.32508 nats where it is seen, ln 2 where not.
    seen = -0.1 * math.log(0.1) - 0.9 * math.log(0.9)
    echo = replace(RULES["echo"], noise=0.1)
    assert seen == pytest.approx(0.32508, abs=5e-6)
    assert echo.best_loss() == pytest.approx(seen)
    assert echo.best_loss(5) == pytest.approx((3 * LN2 + 2 * seen) / 5)
    assert echo.base_rate_loss() == pytest.approx(LN2)
    # Row 1 knows the silence before its start, which is noisy too.
    assert echo.first_window_loss(2, 5) == pytest.approx((seen + (3 * LN2 + 2 * seen) / 5) / 2)


def test_the_losses_of_a_noisy_pair_on_paper():
    # Half the targets are forced and cost H(0.1), half are coins. One bit of the pair leaves
    # 3/4: flipped that is 0.75 * 0.9 + 0.25 * 0.1 = 0.7.
    pair = replace(RULES["pair"], noise=0.1)
    whole = (entropy(0.1) + LN2) / 2
    assert pair.best_loss() == pytest.approx(whole)
    assert pair.best_loss(3) == pytest.approx((LN2 + entropy(0.7) + whole) / 3)


def chain(steps: int) -> dict[tuple[int, ...], float]:
    """P of each series of bits s[-1], s[0] ... that feeds on itself, from a moment like any."""
    found = {}
    for s in itertools.product((0, 1), repeat=steps + 2):
        chance = 1 / 6 if s[0] == s[1] else 1 / 3  # a third of the neighbours are equal
        for a, b, c in zip(s, s[1:], s[2:], strict=False):
            chance *= 0.5 if a != b else float(c != b)
        found[s] = chance
    assert sum(found.values()) == pytest.approx(1)
    return found


def enumerated_self_pair(window: int, noise: float) -> float:
    """The loss of who counts, over all series, which target follows which window so far."""
    total = 0.0
    for position in range(window):
        joint: dict[tuple[int, ...], list[float]] = {}
        for s, chance in chain(position + 1).items():
            seen, target = s[1:-1], s[-1]
            for flip, share in ((0, 1 - noise), (1, noise)):
                joint.setdefault(seen, [0.0, 0.0])[target ^ flip] += chance * share
        total += sum(
            sum(both) * entropy(both[1] / sum(both)) for both in joint.values() if any(both)
        )
    return total / window


@pytest.mark.parametrize("noise", [0.0, 0.01, 0.1, 0.37, 0.5])
@pytest.mark.parametrize("window", [1, 2, 4, 7])
def test_the_losses_of_the_noisy_pair_on_itself_are_those_of_who_counts(window, noise):
    rule = replace(RULES["self-pair"], noise=noise)
    expected = enumerated_self_pair(window, noise)
    assert rule.best_loss(window) == pytest.approx(expected, abs=1e-12)
    assert rule.first_window_loss(4, window) == pytest.approx(expected, abs=1e-12)
    whole = (2 * LN2 + entropy(noise)) / 3  # two steps in three are a coin, the rest is forced
    assert rule.best_loss() == pytest.approx(whole, abs=1e-12)
    for loss in rule.partial_losses(window).values():
        assert loss == pytest.approx(enumerated_self_pair(1, noise), abs=1e-12)


def test_the_stairs_of_noisy_lags_are_those_of_flipped_chances():
    # Lag 3 alone: 3/8 or 7/8, with noise 0.1 that is 0.4 or 0.8. Lag 8 alone: 1/2 or 3/4 -> 0.7.
    stairs = replace(RULES["lags"], noise=0.1).partial_losses()
    assert list(stairs) == ["lag 8 only", "lag 3 only"]
    assert stairs["lag 8 only"] == pytest.approx((LN2 + entropy(0.7)) / 2)
    assert stairs["lag 3 only"] == pytest.approx((entropy(0.4) + entropy(0.8)) / 2)


@EVERY_BIT_RULE
def test_more_noise_never_tells_more(rule):
    floors = [replace(rule, noise=noise).best_loss(4) for noise in np.linspace(0, 0.5, 11)]
    assert all(later >= sooner - 1e-12 for sooner, later in itertools.pairwise(floors))


def test_the_recipe_with_noise_has_one_line_more():
    clean = RULES["echo"].numpy_code().splitlines()
    *same, last = replace(RULES["echo"], noise=0.25).numpy_code().splitlines()
    assert same == clean
    assert last.startswith("y = y ^ (rng.random(n_bits) < 0.25)")


def test_the_rule_of_a_run_has_the_noise_of_its_settings_and_rules_on_numbers_have_none():
    data = Settings(rule="pair", noise=0.2).data
    assert isinstance(data, BitRule)
    assert data.best_loss() == pytest.approx((entropy(0.2) + LN2) / 2)
    assert Settings(rule="sine", noise=0.2) == Settings(rule="sine")
