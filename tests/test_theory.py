"""The best reachable losses: numbers worked out elsewhere, and laws that hold for every table."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab import theory
from rnnlab.errors import SettingError

LN2 = math.log(2)

PAIR_LAGS = (1, 2)
PAIR = np.array([[1.0, 0.5], [0.5, 0.0]])

# P(y = 1) = 0.5 + 0.5 x[t-3] - 0.25 x[t-8]: a row for each x[t-3], a column for each x[t-8].
WEIGHTED_LAGS = (3, 8)
WEIGHTED = np.array([[0.5, 0.25], [1.0, 0.75]])

PARITY_LAGS = (1, 2)
PARITY = np.array([[0.0, 1.0], [1.0, 0.0]])


@st.composite
def lags_and_table(draw: st.DrawFn) -> tuple[tuple[int, ...], np.ndarray]:
    lags = tuple(draw(st.lists(st.integers(0, 12), min_size=1, max_size=4)))
    chance = st.floats(0.0, 1.0)
    entries = draw(st.lists(chance, min_size=2 ** len(lags), max_size=2 ** len(lags)))
    return lags, np.array(entries).reshape((2,) * len(lags))


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
    assert theory.binary_entropy(0.0) == 0.0
    assert theory.binary_entropy(1.0) == 0.0
    assert theory.binary_entropy(0.5) == pytest.approx(LN2, abs=1e-15)


def test_the_entropy_of_one_quarter():
    # 0.25 ln 4 + 0.75 ln (4/3) = 0.25 * 1.386294 + 0.75 * 0.287682 = 0.346574 + 0.215762
    assert theory.binary_entropy(0.25) == pytest.approx(0.562335, abs=1e-6)


def test_the_entropy_of_an_array_has_its_shape():
    entropies = theory.binary_entropy(np.array([[0.0, 0.25, 0.5], [1.0, 0.75, 0.5]]))
    assert entropies.shape == (2, 3)
    np.testing.assert_allclose(entropies[0], entropies[1])


@given(st.floats(0.0, 1.0))
def test_a_coin_and_its_other_side_are_equally_uncertain(p):
    assert 0.0 <= theory.binary_entropy(p) <= LN2 + 1e-15
    assert theory.binary_entropy(p) == pytest.approx(theory.binary_entropy(1 - p), abs=1e-14)


def test_the_staircase_of_the_pair_rule():
    # Step 0 sees no cause: ln 2. Step 1 sees x[t-1] only: a 1 leaves P(y = 1) = (0.5 + 0) / 2,
    # a 0 leaves 0.75, so the entropy of one quarter. From step 2 on, half the targets are sure.
    np.testing.assert_allclose(
        theory.loss_by_step(PAIR_LAGS, PAIR, 4), [LN2, 0.562335, LN2 / 2, LN2 / 2], atol=1e-6
    )


@pytest.mark.parametrize(
    ("window", "loss"), [(None, 0.4545), (5, 0.6046), (10, 0.5489), (20, 0.5017), (50, 0.4734)]
)
def test_weighted_lags_reach_the_losses_of_the_table(window, loss):
    assert theory.best_loss(WEIGHTED_LAGS, WEIGHTED, window) == pytest.approx(loss, abs=5e-5)


@pytest.mark.parametrize(
    ("visible", "loss"), [((), 0.6616), ((8,), 0.6277), ((3,), 0.5192), ((3, 8), 0.4545)]
)
def test_each_weighted_lag_that_is_seen_has_its_worth(visible, loss):
    entropy = theory.conditional_entropy(WEIGHTED_LAGS, WEIGHTED, visible)
    assert entropy == pytest.approx(loss, abs=5e-5)


@pytest.mark.parametrize(
    ("known", "window", "loss"),
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
def test_who_makes_use_of_one_weighted_lag_only_gets_its_worth(known, window, loss):
    reached = theory.best_loss(WEIGHTED_LAGS, WEIGHTED, window, known)
    assert reached == pytest.approx(loss, abs=5e-5)


def test_the_staircase_of_the_weighted_lags():
    # Positions 0 to 2 see no cause, 3 to 7 lag 3, 8 and later both.
    stairs = [0.66156] * 3 + [0.51917] * 5 + [0.45447] * 2
    found = theory.loss_by_step(WEIGHTED_LAGS, WEIGHTED, 10)
    np.testing.assert_allclose(found, stairs, atol=5e-5)


@given(lags_and_table(), st.integers(1, 16), st.sets(st.integers(0, 12)))
def test_who_makes_use_of_less_never_loses_less(rule, window, known):
    lags, table = rule
    for windows in (window, None):
        some = theory.best_loss(lags, table, windows, known)
        assert some >= theory.best_loss(lags, table, windows) - 1e-12
        assert some <= theory.best_loss(lags, table, windows, ()) + 1e-12


@given(lags_and_table(), st.integers(1, 16))
def test_who_makes_use_of_all_lags_is_the_default(rule, window):
    everything = theory.loss_by_step(*rule, window, used=range(13))
    np.testing.assert_array_equal(everything, theory.loss_by_step(*rule, window))


def test_parity_needs_both_of_its_bits():
    # In windows of 5 the first two steps miss a bit, and half a parity is worth nothing.
    assert theory.best_loss(PARITY_LAGS, PARITY) == 0.0
    assert theory.best_loss(PARITY_LAGS, PARITY, 5) == pytest.approx(2 * LN2 / 5)
    assert theory.best_loss(PARITY_LAGS, PARITY, 5) == pytest.approx(0.2773, abs=5e-5)


def test_a_lag_named_twice_is_one_bit():
    # Parity of a bit with itself is always 0.
    assert theory.best_loss((4, 4), PARITY, 3) == 0.0


def test_bits_that_are_no_cause_do_not_matter():
    assert theory.conditional_entropy(PAIR_LAGS, PAIR, range(1, 50)) == pytest.approx(LN2 / 2)


@given(lags_and_table(), st.integers(1, 16))
def test_the_enumeration_agrees_with_counting_one_by_one(rule, window):
    assert theory.best_loss(*rule, window) == pytest.approx(
        loss_by_counting(*rule, window), abs=1e-12
    )


@given(lags_and_table(), st.permutations(range(4)))
def test_the_order_in_which_the_lags_are_named_does_not_matter(rule, order):
    lags, table = rule
    axes = [axis for axis in order if axis < len(lags)]
    turned = tuple(lags[axis] for axis in axes), table.transpose(axes)
    assert theory.best_loss(*turned, 6) == pytest.approx(theory.best_loss(*rule, 6), abs=1e-12)


@given(lags_and_table())
def test_more_visible_lags_never_raise_the_loss(rule):
    lags, table = rule
    for n_visible in range(len(lags)):
        fewer = theory.conditional_entropy(lags, table, lags[:n_visible])
        more = theory.conditional_entropy(lags, table, lags[: n_visible + 1])
        assert -1e-12 <= more <= fewer + 1e-12
        assert fewer <= LN2 + 1e-12


@given(lags_and_table(), st.integers(1, 30))
def test_a_longer_window_never_raises_the_loss(rule, window):
    longer = theory.best_loss(*rule, window + 1)
    assert theory.best_loss(*rule) - 1e-12 <= longer <= theory.best_loss(*rule, window) + 1e-12


@given(lags_and_table(), st.sampled_from([10**2, 10**4, 10**5]))
def test_a_long_window_approaches_the_whole_past(rule, window):
    # At most max(lags) <= 12 steps miss a cause, and each costs at most ln 2 more.
    surplus = theory.best_loss(*rule, window) - theory.best_loss(*rule)
    assert -1e-12 <= surplus <= 12 * LN2 / window + 1e-12


@given(lags_and_table(), st.integers(1, 20))
def test_the_loss_of_a_window_is_the_mean_over_its_positions(rule, window):
    by_position = theory.loss_by_step(*rule, window)
    assert by_position.shape == (window,)
    assert np.all(np.diff(by_position) <= 1e-12)
    assert theory.best_loss(*rule, window) == pytest.approx(sum(by_position) / window)


def test_sixteen_lags_are_no_trouble():
    lags = tuple(range(1, 17))
    parity = np.indices((2,) * 16).sum(axis=0) % 2
    assert theory.best_loss(lags, parity, 32) == pytest.approx(LN2 / 2)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: theory.binary_entropy(1.25),
            "A probability must lie between 0 and 1, but it is 1.25.",
        ),
        (
            lambda: theory.best_loss((1,), [0.5, math.nan]),
            "A probability must lie between 0 and 1, but it is nan.",
        ),
        (
            lambda: theory.best_loss((1,), [0.0, 1.0], 0),
            "A window must have at least 1 step, but it has 0.",
        ),
        (
            lambda: theory.best_loss((1, -2), PAIR),
            "A lag must be at least 0, but the lags are (1, -2).",
        ),
        (
            lambda: theory.best_loss((1, 2), [0.0, 1.0]),
            "A table over 2 lags must have the shape (2, 2), but it has (2,).",
        ),
    ],
)
def test_nonsense_is_refused_in_a_sentence(call, sentence):
    with pytest.raises(SettingError) as refusal:
        call()
    assert str(refusal.value) == sentence
