"""A typed rule over other inputs: against what each table says of strings of bits."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.rules.expression import over_lags, parse, with_probability
from rnnlab.rules.lagged import Causes

LAGS = st.lists(st.integers(0, 5), max_size=4, unique=True).map(tuple)


def said(causes: Causes, bits: tuple[int, ...]) -> float:
    """P(y = 1) where the input `lag` steps ago is bits[lag]."""
    return float(causes.table[tuple(bits[lag] for lag in causes.lags)])


@given(before=LAGS, after=LAGS, seed=st.integers(0, 99))
def test_it_says_the_mean_over_all_bits_that_the_new_inputs_do_not_tell(before, after, seed):
    rng = np.random.default_rng(seed)
    causes = Causes(before, rng.random((2,) * len(before)))
    new = over_lags(causes, after)
    assert new.lags == tuple(sorted(after))
    strings = list(product((0, 1), repeat=6))
    for bits in strings[::7]:
        alike = [one for one in strings if all(one[lag] == bits[lag] for lag in after)]
        mean = np.mean([said(causes, one) for one in alike])
        assert said(new, bits) == pytest.approx(mean)


def test_the_lags_of_a_typed_table_are_put_in_order():
    causes = over_lags(parse("x[t-3] x[t]: 0.1 0.2 0.3 0.4"), (3, 0))
    assert causes.lags == (0, 3)
    assert causes.table.tolist() == [[0.1, 0.3], [0.2, 0.4]]


def test_one_chance_changes_and_no_other_and_the_old_rule_stays():
    causes = parse("x[t-1] and not x[t-3]")
    changed = with_probability(causes, 1, 0.25)  # rows 00, 01, 10, 11
    assert changed.table.tolist() == [[0.0, 0.25], [1.0, 0.0]]
    assert causes.table.tolist() == [[0.0, 0.0], [1.0, 0.0]]


def test_the_chance_of_a_rule_without_inputs_can_change_too():
    assert with_probability(parse("0.5"), 0, 0.75).table.tolist() == 0.75
