"""Temporal order: its strings, what they are to be called, and what a part of that is worth."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.rules.temporal_order import TemporalOrderRule
from rnnlab.settings import Settings

PAPER = TemporalOrderRule(steps=100)
NAMES = {"XX": "Q", "XY": "R", "YX": "S", "YY": "U"}


def written(rule: TemporalOrderRule, n: int, seed: int = 1) -> list[tuple[str, str]]:
    series = rule.generate(np.random.default_rng(seed), n * rule.string)
    signs = ("".join(rule.letters[k] for k in series.inputs), series.targets)
    answers = "".join(rule.answers[k] for k in signs[1])
    cuts = range(0, n * rule.string, rule.string)
    return [(signs[0][k : k + rule.string], answers[k : k + rule.string]) for k in cuts]


def test_a_string_is_that_of_the_paper():
    places = []
    for letters, answers in written(PAPER, 2_000):
        assert (letters[0], letters[-1]) == ("E", "B")
        counts = [k for k, sign in enumerate(letters) if sign in "XY"]
        assert len(counts) == 2
        places.append(counts)
        assert set(letters[1:-1]) <= set("abcdXY")
        assert answers == "-" * 99 + NAMES["".join(letters[k] for k in counts)]
    assert np.min(places, axis=0).tolist() == [10, 50]
    assert np.max(places, axis=0).tolist() == [20, 60]


@pytest.mark.parametrize("steps", [10, 30, 110])
def test_a_part_of_the_answer_is_worth_what_a_count_says(steps):
    """By the entropy of the class, given what is known, in 40,000 strings."""
    rule = TemporalOrderRule(steps=steps)
    whole = written(rule, 40_000)
    pairs = ["".join(sign for sign in letters if sign in "XY") for letters, _ in whole]
    known = {
        "knows when, not which": ["" for _ in pairs],
        "knows one of the two": [pair[1] for pair in pairs],
        "knows both, not their order": ["".join(sorted(pair)) for pair in pairs],
    }
    stated = rule.partial_losses()
    assert list(stated) == list(known)
    for label, knowledge in known.items():
        assert stated[label] * steps == pytest.approx(left(pairs, knowledge), abs=0.02)
    rates = -math.log(1 - 1 / steps) * (1 - 1 / steps) + math.log(4 * steps) / steps
    assert rule.base_rate_loss() == pytest.approx(rates)


def left(pairs: list[str], knowledge: list[str]) -> float:
    """H(pair | knowledge) in nats, of how often they came together."""
    both, alone = (
        np.unique(values, return_counts=True)[1] / len(pairs)
        for values in ([f"{a} {b}" for a, b in zip(pairs, knowledge, strict=True)], knowledge)
    )
    return float((alone * np.log(alone)).sum() - (both * np.log(both)).sum())


def test_order_counts_in_half_of_the_strings():
    series = PAPER.generate(np.random.default_rng(3), 100 * 4_000)
    kinds = PAPER.kinds_of(series.inputs)
    assert (np.bincount(kinds)[0], kinds[-1] > 0) == (99 * 4_000, True)
    different = np.array([PAPER.answers[k] in "RS" for k in series.targets])
    assert ((kinds == 2) == different).all()
    assert np.bincount(kinds)[2] == pytest.approx(2_000, abs=130)  # 4 standard deviations


def test_a_run_s_windows_are_strings():
    settings = Settings.of({"rule": "temporal-order", "steps": 12, "length": 100, "rows": 4})
    assert (settings.window, settings.carry_state) == (12, False)
    series = settings.stream_rule.generate(np.random.default_rng(4), 400)
    for row in series.targets.reshape(4, 100):
        asked = np.flatnonzero(row < 4)
        assert asked.tolist() == list(range(11, 100, 12))
    assert settings.stream_rule.costs(series).sum() == 0
