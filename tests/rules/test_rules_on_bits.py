"""Each rule on bits against the numbers of its article, paper, and a hand-written loop."""

from __future__ import annotations

import math
from itertools import groupby

import numpy as np
import pytest

from rnnlab.rules.echo import EchoRule
from rnnlab.rules.lags import LagsRule
from rnnlab.rules.pair import PairRule
from rnnlab.rules.parity import ParityRule
from rnnlab.rules.self_pair import SelfPairRule

LN2 = math.log(2)
LAGS, SELF_PAIR = LagsRule(), SelfPairRule()


@pytest.mark.parametrize(
    ("rule", "window", "loss"),
    [
        (PairRule(), None, 0.34657),  # half the targets are forced, half are coins: 0.5 ln 2
        (PairRule(), 3, 0.5340),  # (ln 2 + 0.56234 + 0.34657) / 3: see test_theory
        (PairRule(), 5, 0.4590),
        (PairRule(), 15, 0.3841),
        (PairRule(6), None, 0.34657),
        (PairRule(6), 5, 0.69315),  # the cause is older than the window: ln 2
        (SELF_PAIR, None, 0.46210),  # two steps in three are a coin: 2/3 * 0.69315
        (SELF_PAIR, 1, 0.63651),  # (1/3) ln 3 + (2/3) ln 1.5 = 0.36620 + 0.27031
        (SELF_PAIR, 2, 0.54931),  # (0.63651 + 0.46210) / 2, which is (1/2) ln 3
        (SELF_PAIR, 5, 0.4970),
        (EchoRule(3), None, 0.0),
        (EchoRule(3), 3, 0.69315),  # no window holds a bit and its echo
        (EchoRule(3), 5, 0.41589),  # 3 of 5 echoes come from before the window
        (EchoRule(3), 15, 0.13863),  # 3 of 15: 0.2 * 0.69315
        (LAGS, None, 0.4545),
        (LAGS, 5, 0.6046),
        (LAGS, 10, 0.5489),
        (LAGS, 20, 0.5017),
        (LAGS, 50, 0.4734),
        (ParityRule(2), None, 0.0),
        (ParityRule(2), 5, 0.2773),  # the first 2 of 5 steps miss a bit: 2/5 * 0.69315
        (ParityRule(3), 5, 0.4159),  # the first 3
        (ParityRule(4), 5, 0.5545),
        (ParityRule(4), 4, 0.6931),
    ],
)
def test_the_best_losses_of_the_table(rule, window, loss):
    digits = 0.5 * 10 ** -max(len(f"{loss}".split(".")[1]), 4)
    assert rule.best_loss(window) == pytest.approx(loss, abs=digits)


@pytest.mark.parametrize(
    ("rule", "inputs", "expected"),
    [
        # pairs x[t-2], x[t-1] from t = 2 on: 1,1  1,0  0,0  0,0
        (PairRule(), [1, 1, 0, 0, 0, 1], [0.5, 0.5, 0.0, 0.5, 1.0, 1.0]),
        # next: 1/3, a sure 0, three coins, a sure 1
        (SELF_PAIR, [1, 1, 0, 1, 0, 0], [1 / 3, 0.0, 0.5, 0.5, 0.5, 1.0]),
        (SELF_PAIR, [0, 1, 0, 0], [2 / 3, 0.5, 0.5, 1.0]),
        (EchoRule(2), [1, 1, 0, 1, 0], [0.0, 0.0, 1.0, 1.0, 0.0]),
        # t = 8: x[5] = 1, x[0] = 1: 0.5 + 0.5 - 0.25;  t = 9: x[6] = 0, x[1] = 0;  t = 10 too
        (LAGS, [1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0], [0.5] * 8 + [0.75, 0.5, 0.5]),
        # t = 2: 1 XOR 1;  t = 3: 1 XOR 0;  t = 4: 0 XOR 1
        (ParityRule(2), [1, 1, 0, 1, 1], [0.5, 0.5, 0.0, 1.0, 1.0]),
        # t = 3: 1 XOR 1 XOR 0;  t = 4: 1 XOR 0 XOR 1
        (ParityRule(3), [1, 1, 0, 1, 1], [0.5, 0.5, 0.5, 0.0, 0.0]),
    ],
)
def test_the_target_probabilities_of_a_short_series_by_hand(rule, inputs, expected):
    bits = np.array(inputs, dtype=np.uint8)
    assert rule.target_probabilities(bits).tolist() == pytest.approx(expected)


def test_the_first_window_of_two_rows_by_hand():
    # Windows of 3, lag 1. Row 1: two fresh flips, then a pair, which is worth half a coin.
    # Row 2: the staircase ln 2, entropy of one quarter (0.56234), ln 2 / 2; see test_theory.
    first, second = (LN2 + LN2 + LN2 / 2) / 3, (LN2 + 0.56234 + LN2 / 2) / 3
    assert PairRule().first_window_loss(2, 3) == pytest.approx((first + second) / 2, abs=5e-6)


def test_the_parts_of_a_pair_have_no_stairs():
    for rule in (PairRule(), PairRule(noise=0.1)):
        assert rule.partial_losses() == rule.partial_losses(5) == {}


def test_half_a_pair_is_worth_something_all_the_same():
    # One of the pair is 0: the other is 0 (a sure 1) or 1 (a coin), so 3/4. H(3/4) = 0.56234.
    parts = PairRule(6).partial_predictors()
    assert list(parts) == ["lag 7 only", "lag 6 only"]
    assert [part.loss for part in parts.values()] == pytest.approx([0.56234] * 2, abs=5e-6)


def test_no_three_bits_are_equal_and_after_a_change_a_coin_decides():
    drawn = SELF_PAIR.generate(np.random.default_rng(3), 20_000)
    s = [*drawn.inputs, drawn.targets[-1]]
    after_change = []
    for t in range(2, len(s)):
        if s[t - 1] == s[t - 2]:
            assert s[t] != s[t - 1]
        else:
            after_change.append(s[t] == s[t - 1])
    assert np.mean(after_change) == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(13_000))
    assert {len(list(run)) for _, run in groupby(s)} == {1, 2}


def test_the_series_begins_at_a_moment_like_any_other():
    """Bits 0 to 4 of many series have the chances that the chain has in the long run."""
    rng = np.random.default_rng(5)
    n = 4_000
    starts = np.array([SELF_PAIR.generate(rng, 5).inputs for _ in range(n)])
    error = 4 * 0.5 / math.sqrt(n)
    np.testing.assert_allclose(starts.mean(axis=0), 0.5, atol=error)
    equal = starts[:, 1:] == starts[:, :-1]
    np.testing.assert_allclose(equal.mean(axis=0), 1 / 3, atol=error)


@pytest.mark.parametrize("rows", [1, 5, 250])
def test_the_first_window_is_a_window_like_any_other(rows):
    assert SELF_PAIR.first_window_loss(rows, 5) == pytest.approx(0.4970, abs=5e-5)


def test_who_looks_at_the_last_bit_only_stands_halfway():
    assert SELF_PAIR.partial_losses() == SELF_PAIR.partial_losses(5)
    assert SELF_PAIR.partial_losses()["last bit only"] == pytest.approx(0.63651, abs=5e-6)
    assert SELF_PAIR.partial_losses(1) == {}


@pytest.mark.parametrize("delay", [1, 3, 20])
def test_the_targets_are_the_inputs_shifted_to_the_right(delay):
    drawn = EchoRule(delay).generate(np.random.default_rng(1), 500)
    assert drawn.targets[:delay].tolist() == [0] * delay
    assert drawn.targets[delay:].tolist() == drawn.inputs[:-delay].tolist()


def test_the_first_window_of_an_epoch_has_the_spike_of_the_article():
    # Rows 2 to 5 begin with 3 echoes of what their state has never seen: 4/5 of the rows, 3/15 of
    # the steps, a coin each. Row 1 begins with silence.
    floor = EchoRule().first_window_loss(rows=5, window=15)
    assert floor == pytest.approx(4 / 5 * 3 / 15 * math.log(2), abs=1e-12)
    assert floor == pytest.approx(0.1109, abs=5e-5)
    assert EchoRule().first_window_loss(rows=1, window=15) == 0


@pytest.mark.parametrize("window", range(1, 9))
def test_windows_too_short_for_lag_8_have_no_stairs(window):
    assert LAGS.partial_losses(window) == {}


def test_ones_come_as_often_as_the_two_causes_say():
    drawn = LAGS.generate(np.random.default_rng(6), 100_000)
    x, y = drawn.inputs, drawn.targets
    came: dict[tuple[int, int], list[int]] = {}
    for t in range(8, len(x)):
        came.setdefault((int(x[t - 3]), int(x[t - 8])), []).append(int(y[t]))
    shares = {causes: np.mean(ones) for causes, ones in came.items()}
    expected = {(0, 0): 0.5, (0, 1): 0.25, (1, 0): 1.0, (1, 1): 0.75}
    assert shares == pytest.approx(expected, abs=4 * 0.5 / np.sqrt(25_000))
    assert shares[1, 0] == 1


def test_the_first_targets_are_coins():
    rng = np.random.default_rng(9)
    first = [ParityRule(4).generate(rng, 6).targets[:4] for _ in range(1_000)]
    np.testing.assert_allclose(np.mean(first, axis=0), 0.5, atol=4 * 0.5 / math.sqrt(1_000))


def test_half_a_parity_is_worth_nothing():
    assert ParityRule(3).partial_losses() == {}
    assert ParityRule(3).base_rate_loss() == pytest.approx(math.log(2))
