"""The best losses: numbers worked out elsewhere, and laws for every table; Wilson's interval."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.theory import binary_entropy, probabilities, probabilities_by_step, wilson

LN2 = math.log(2)

PAIR_LAGS = (1, 2)
PAIR = np.array([[1.0, 0.5], [0.5, 0.0]])

# P(y = 1) = 0.5 + 0.5 x[t-3] - 0.25 x[t-8]: a row for each x[t-3], a column for each x[t-8].
WEIGHTED_LAGS = (3, 8)
WEIGHTED = np.array([[0.5, 0.25], [1.0, 0.75]])

PARITY = np.array([[0.0, 1.0], [1.0, 0.0]])


@st.composite
def lags_and_table(draw: st.DrawFn) -> tuple[tuple[int, ...], np.ndarray]:
    lags = tuple(draw(st.lists(st.integers(0, 12), min_size=1, max_size=4)))
    chance = st.floats(0.0, 1.0)
    entries = draw(st.lists(chance, min_size=2 ** len(lags), max_size=2 ** len(lags)))
    return lags, np.array(entries).reshape((2,) * len(lags))


def loss_by_step(lags, table, window, used=None) -> np.ndarray:
    return binary_entropy(probabilities_by_step(lags, table, window, used)).mean(axis=1)


def best_loss(lags, table, window=None, used=None) -> float:
    """The conditional entropy: in windows, or with the whole past visible."""
    if window is not None:
        return float(loss_by_step(lags, table, window, used).mean())
    visible = lags if used is None else used
    return float(binary_entropy(probabilities(lags, table, visible)).mean())


def loss_by_counting(lags: tuple[int, ...], table: np.ndarray, steps: int) -> float:
    """Mean over the positions of -sum of P(seen, y) ln P(y | seen), by plain loops and dicts."""
    total = 0.0
    for position in range(steps):
        distinct = sorted(set(lags))
        joint: dict[tuple[tuple[int, ...], int], float] = {}
        for values in itertools.product((0, 1), repeat=len(distinct)):
            bit = dict(zip(distinct, values, strict=True))
            chance = table[tuple(bit[lag] for lag in lags)]
            seen = tuple(bit[lag] for lag in distinct if lag <= position)
            for y, p in ((1, chance), (0, 1 - chance)):
                joint[seen, y] = joint.get((seen, y), 0.0) + p / 2 ** len(distinct)
        for (seen, _), p in joint.items():
            if p > 0:
                total -= p * math.log(p / (joint[seen, 0] + joint[seen, 1]))
    return total / steps


def test_a_sure_coin_has_no_entropy_and_a_fair_one_ln_2():
    assert binary_entropy(0.0) == 0.0
    assert binary_entropy(1.0) == 0.0
    assert binary_entropy(0.5) == pytest.approx(LN2, abs=1e-15)


def test_the_entropy_of_one_quarter():
    # 0.25 ln 4 + 0.75 ln (4/3) = 0.25 * 1.386294 + 0.75 * 0.287682 = 0.346574 + 0.215762
    assert binary_entropy(0.25) == pytest.approx(0.562335, abs=1e-6)


def test_the_staircase_of_the_pair_rule():
    # Step 0 sees no cause: ln 2. Step 1 sees x[t-1] only: a 1 leaves P(y = 1) = (0.5 + 0) / 2,
    # a 0 leaves 0.75, so the entropy of one quarter. From step 2 on, half the targets are sure.
    np.testing.assert_allclose(
        loss_by_step(PAIR_LAGS, PAIR, 4), [LN2, 0.562335, LN2 / 2, LN2 / 2], atol=1e-6
    )


@pytest.mark.parametrize(
    ("used", "window", "loss"),
    [
        ((8,), None, 0.6277),
        ((3,), None, 0.5192),
        ((), None, 0.6616),
        ((3, 8), 10, 0.5489),
        # Windows of 10: lag 8 is seen by positions 8 and 9, lag 3 by positions 3 to 9.
        ((8,), 10, (8 * 0.66156 + 2 * 0.62774) / 10),
        ((3,), 10, (3 * 0.66156 + 7 * 0.51917) / 10),
        ((8,), 5, 0.6616),
        ((3,), 5, 0.6046),  # all that such a window shows
        ((1, 2, 99), 20, 0.6616),  # lags that are no causes
    ],
)
def test_who_makes_use_of_one_weighted_lag_only_gets_its_worth(used, window, loss):
    reached = best_loss(WEIGHTED_LAGS, WEIGHTED, window, used)
    assert reached == pytest.approx(loss, abs=5e-5)


@given(lags_and_table(), st.integers(1, 16), st.sets(st.integers(0, 12)))
def test_who_makes_use_of_less_never_loses_less(rule, window, used):
    lags, table = rule
    for windows in (window, None):
        some = best_loss(lags, table, windows, used)
        assert some >= best_loss(lags, table, windows) - 1e-12
        assert some <= best_loss(lags, table, windows, ()) + 1e-12


def test_a_lag_named_twice_is_one_bit():
    # Parity of a bit with itself is always 0.
    assert best_loss((4, 4), PARITY, 3) == 0.0


def test_bits_that_are_no_cause_do_not_matter():
    assert best_loss(PAIR_LAGS, PAIR, used=range(1, 50)) == pytest.approx(LN2 / 2)


@given(lags_and_table(), st.integers(1, 16))
def test_the_enumeration_agrees_with_counting_one_by_one(rule, window):
    assert best_loss(*rule, window) == pytest.approx(loss_by_counting(*rule, window), abs=1e-12)


@given(lags_and_table(), st.permutations(range(4)))
def test_the_order_in_which_the_lags_are_named_does_not_matter(rule, order):
    lags, table = rule
    axes = [axis for axis in order if axis < len(lags)]
    turned = tuple(lags[axis] for axis in axes), table.transpose(axes)
    assert best_loss(*turned, 6) == pytest.approx(best_loss(*rule, 6), abs=1e-12)


@given(lags_and_table())
def test_more_visible_lags_never_raise_the_loss(rule):
    lags, table = rule
    for n_visible in range(len(lags)):
        fewer = best_loss(lags, table, used=lags[:n_visible])
        more = best_loss(lags, table, used=lags[: n_visible + 1])
        assert -1e-12 <= more <= fewer + 1e-12
        assert fewer <= LN2 + 1e-12


@given(lags_and_table(), st.integers(1, 30))
def test_a_longer_window_never_raises_the_loss(rule, window):
    longer = best_loss(*rule, window + 1)
    assert best_loss(*rule) - 1e-12 <= longer <= best_loss(*rule, window) + 1e-12


def test_sixteen_lags_are_no_trouble():
    lags = tuple(range(1, 17))
    parity = np.indices((2,) * 16).sum(axis=0) % 2
    assert best_loss(lags, parity, 32) == pytest.approx(LN2 / 2)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: binary_entropy(1.25),
            "A probability must lie between 0 and 1, but it is 1.25.",
        ),
        (
            lambda: best_loss((1,), [0.5, math.nan]),
            "A probability must lie between 0 and 1, but it is nan.",
        ),
        (
            lambda: best_loss((1,), [0.0, 1.0], 0),
            "A window must have at least 1 step, but it has 0.",
        ),
        (
            lambda: best_loss((1, -2), PAIR),
            "A lag must be at least 0, but the lags are (1, -2).",
        ),
        (
            lambda: best_loss((1, 2), [0.0, 1.0]),
            "A table over 2 lags must have the shape (2, 2), but it has (2,).",
        ),
    ],
)
def test_nonsense_is_refused_in_a_sentence(call, sentence):
    with pytest.raises(SettingError) as refusal:
        call()
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("ones", "n", "low", "high"),
    [
        # R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998),
        # table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_that_of_the_literature(ones, n, low, high):
    assert wilson(ones, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 3000), st.data())
def test_its_ends_lie_just_1_96_standard_errors_from_the_share(n, data):
    ones = data.draw(st.integers(0, n))
    low, high = wilson(ones, n)
    assert 0 <= low <= ones / n + 1e-12
    assert ones / n - 1e-12 <= high <= 1
    for end in (low, high):
        if 1e-9 < end < 1 - 1e-9:
            away = 1.96 * math.sqrt(end * (1 - end) / n)
            assert abs(ones / n - end) == pytest.approx(away, rel=1e-6)


def test_of_nothing_nothing_is_known():
    assert all(map(math.isnan, wilson(0, 0)))
