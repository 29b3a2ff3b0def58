"""Verdicts on data that a network does not learn from, and what every number in them is."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.bounds import Bounds, Reached, verdict
from rnnlab.rules import RULES, BitRule
from rnnlab.rules.own_series import OwnSeries
from rnnlab.settings import Settings
from tests.rules.cases import wobble

BIT_RULES = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]


def bounds_of(**values: object) -> tuple[Bounds, Settings]:
    settings = Settings.of(values)
    return Bounds.of(settings), settings


def said(loss: float, fresh: float | None, **values: object) -> str:
    bounds, settings = bounds_of(**values)
    held_out = () if fresh is None else (fresh,)
    return verdict(bounds, settings, Reached(settings.updates, (loss,), held_out))


def few(loss: float, fresh: float | None) -> str:
    """The verdict on 500 bits of the pair rule, which are seen again and again."""
    return said(loss, fresh, rule="pair", rows=5, length=100)


@pytest.mark.parametrize("loss", [0.05, 0.3466, 0.35])
def test_few_bits_that_come_again_and_again_are_learnt_by_heart(loss):
    sentence = few(loss, 0.55)
    assert f"{loss:.4f} on the bits it learns from, but 0.5500 on fresh bits" in sentence
    # (0.6931 - 0.5500) / (0.6931 - 0.3466) = 0.413: judged by what holds for other bits too.
    assert "41%" in sentence
    assert "nothing left" not in sentence
    assert "0.6931" in few(loss, 0.7)
    assert "%" not in few(loss, 0.7)


def test_below_the_best_possible_by_luck_is_not_by_heart():
    # 500 bits of which each costs 0 or ln 2: two standard deviations are 2 x 0.3466 / sqrt(500).
    sentence = few(0.3466 - 0.03, 0.3470)
    assert "luck" in sentence
    assert "by heart" in few(0.3466 - 0.05, 0.3470)


def test_where_nothing_is_known_of_fresh_bits_nothing_is_claimed():
    for claim in ("by heart", "nothing left"):
        assert claim not in few(0.3470, None)
    assert "by heart" in few(0.2, None), "no chance is so kind"
    fresh = {"rule": "pair", "fresh_data": True}
    assert "nothing left" in said(0.3470, None, **fresh), "they come once and never again"
    assert "(0.3470 on fresh" not in said(0.3470, None, **fresh)


def test_what_came_once_is_not_known_by_heart():
    once = {"rule": "pair", "epochs": 1}
    assert "by heart" not in said(0.36, 0.41, **once)
    assert "by heart" not in said(0.30, None, **once)
    assert "by heart" not in said(0.36, 0.41, rule="pair", fresh_data=True)
    assert "by heart" in said(0.36, 0.41, rule="pair")
    little = said(0.6, 0.69, rule="self-pair", noise=0.4, rows=5, length=100)
    assert "by heart. Noise of 0.4 leaves hardly anything to learn." in little


NUMBER = r"\d\.\d{4}"


@given(
    st.sampled_from(BIT_RULES),
    st.floats(0, 1.2),
    st.floats(0, 1.2),
    st.booleans(),
    st.sampled_from([(5, 100), (250, 2000)]),
)
def test_every_number_of_a_verdict_on_bits_is_one_of_the_picture(rule, seen, fresh, carry, size):
    values = {"rule": rule, "carry_state": carry, "rows": size[0], "length": size[1]}
    bounds, settings = bounds_of(**values)
    reached = Reached(settings.updates, (seen,), (fresh,))
    sentence = verdict(bounds, settings, reached)
    known = {seen, fresh, bounds.best, bounds.baseline}
    assert set(re.findall(NUMBER, sentence)) <= {f"{value:.4f}" for value in known}
    assert f"{seen:.4f}" in sentence
    assert f"{fresh:.4f}" in sentence
    if said := re.search(r"learnt (-?\d+)%", sentence):
        assert int(said[1]) == round(
            100 * (bounds.baseline - fresh) / (bounds.baseline - bounds.best)
        )
    assert ("nothing left" in sentence) <= (fresh - bounds.best <= 0.01)
    assert ("by heart" in sentence) <= (fresh - seen > 0.01)
    assert not ("by heart" in sentence and "nothing left" in sentence)


@given(st.floats(1e-9, 20), st.integers(1, 8), st.integers(0, 3))
def test_every_number_of_a_verdict_on_numbers_is_one_of_the_same_test(loss, window, seed):
    own = wobble() if seed == 0 else OwnSeries.of("walk", walk(seed))
    settings = Settings(rule="series", own=own, window=window, rows=4)
    bounds = Bounds.of(settings)
    sentence = verdict(bounds, settings, Reached(9, (0.1,), (loss,)))
    assert f"the loss is {loss:.3g}, so" in sentence
    errors = settings.sample_rule.baselines(window)
    told = re.findall(r"“([^”]+)” (?:\(|is wrong by |reaches )([\d.e+-]+\d)", sentence)
    assert told
    for label, root in told:
        assert root == f"{math.sqrt(errors[label]):.3g}"
        assert ("no better" in sentence) == (errors[label] <= loss)
    if better := re.search(r"“([^”]+)” is better [^.]*? ([\d.e+-]+\d)\.$", sentence):
        assert better[2] == f"{math.sqrt(errors[better[1]]):.3g}"
        assert errors[better[1]] == min(errors.values()) <= loss
    else:
        assert (loss < min(errors.values())) or "no better than" in sentence


def walk(seed: int) -> np.ndarray:
    """A series that goes where chance takes it, and up."""
    steps = np.random.default_rng(seed).normal(0.3, 1, 80)
    return np.cumsum(steps)
