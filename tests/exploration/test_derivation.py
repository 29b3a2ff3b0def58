"""The best losses, derived: equal to the lines on the curve, and the formulas come out."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from rnnlab.bounds import Bounds
from rnnlab.errors import SettingError
from rnnlab.exploration.derivation import (
    ACCURACY,
    BITS,
    CRITERIA,
    NATS,
    derivation,
    derivations,
    fraction,
    number,
)
from rnnlab.presets import PRESETS
from rnnlab.rules import BitRule
from rnnlab.settings import Settings
from rnnlab.theory import BayesPredictor

OWN = "x[t-1] x[t-2] x[t-3]: .1 .2 .3 .4 .45 .35 .25 .15"

CASES = {
    **{name: preset.settings for name, preset in PRESETS.items()},
    "noisy": Settings(rule="lags", noise=0.1),
    "noisy self-pair": Settings(rule="self-pair", noise=0.2, carry_state=False),
    "own": Settings.of({"rule": "own", "expression": OWN, "window": 2, "carry_state": False}),
    "own, carried": Settings.of({"rule": "own", "expression": OWN}),
    "parity of 4": Settings.of({"rule": "parity", "bits": 4}),
    "long": Settings(rule="lags", window=50, carry_state=False),
}
BITS_ONLY = {
    name: settings for name, settings in CASES.items() if isinstance(settings.data, BitRule)
}
EVERY_CASE = pytest.mark.parametrize("case", BITS_ONLY)


def values(settings: Settings, criterion=NATS) -> dict[str, float]:
    return {each.label: each.value(criterion) for each in derivations(settings)}


@EVERY_CASE
def test_the_stairs_are_the_lines_on_the_curve(case):
    stairs = values(BITS_ONLY[case])
    lines = {
        label: loss
        for labels, loss in Bounds.of(BITS_ONLY[case]).lines
        for label in labels.split(", or ")
        if labels != "first window of an epoch"
    }
    assert lines.keys() <= stairs.keys()
    assert {label: stairs[label] for label in lines} == pytest.approx(lines, abs=1e-9)
    assert list(stairs.values()) == sorted(stairs.values(), reverse=True)


def test_each_lag_alone_and_the_nearest_two_have_a_stair():
    labels = set(values(BITS_ONLY["own"]))
    ends = {"knows nothing", "forgets at each window", "best possible"}
    parts = {"lag 1 only", "lag 2 only", "lag 3 only", "lags 1 and 2 only"}
    assert labels == ends | parts
    for settings in (Settings(rule="echo"), Settings.of({"rule": "own", "expression": "x[t-2]"})):
        assert set(values(settings)) == ends, "its one lag is all there is to know"


@EVERY_CASE
def test_bits_are_nats_over_ln_2(case):
    nats, bits = values(BITS_ONLY[case]), values(BITS_ONLY[case], BITS)
    assert bits == pytest.approx({label: loss / math.log(2) for label, loss in nats.items()})


@pytest.mark.parametrize("rule", ["pair", "self-pair", "lags", "parity", "echo", "own"])
def test_the_best_accuracy_is_what_the_best_guesser_reaches(rule):
    settings = Settings(rule=rule, noise=0.05)
    series = settings.data.generate(np.random.default_rng(5), 100_000)
    right = (settings.data.target_probabilities(series.inputs) > 0.5) == series.targets
    assert values(settings, ACCURACY)["best possible"] == pytest.approx(right.mean(), abs=0.008)


def value_of(latex: str) -> float:
    """What a sum of products in a formula comes to."""
    plain = re.sub(r"\\tfrac\{(\d+)\}\{(\d+)\}", r"(\1/\2)", latex)
    plain = re.sub(r"\\bigl|\\bigr", "", plain).replace(r"\cdot", "*")
    plain = re.sub(r"\)\s*\(", ")*(", plain)
    return float(eval(plain))


def equations(formula: str) -> list[str]:
    """The equations of an aligned block, one a row with a name, without the names."""
    body = formula.removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}")
    lines: list[str] = []
    for row in body.split(r"\\ "):
        name, _, piece = row.partition("&")
        piece = piece.removeprefix(r"\;").strip()
        if name or not lines:
            lines.append(piece)
        else:
            lines[-1] += " " + piece
    return lines


@EVERY_CASE
@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
def test_the_numbers_of_every_formula_add_up(case, criterion):
    for each in derivations(BITS_ONLY[case]):
        *_, last = lines = equations(each.formula(criterion))
        assert float(last.rpartition("= ")[2]) == pytest.approx(each.value(criterion), abs=5.1e-5)
        for line in filter(None, lines):  # dots stand for steps that are not written out
            sums = [side for side in line.split(" = ") if "(p" not in side]
            sums = [side for side in sums if not re.search(r"[HA]\(", side)]
            sides = [value_of(side) for side in sums]
            assert sides == pytest.approx([sides[-1]] * len(sides), abs=1.1e-4)


def test_the_window_of_five_on_paper():
    # Step 1 sees no cause; step 2 the nearer one: a chance of 3/4; from step 3 on both.
    quarter = -0.25 * math.log(0.25) - 0.75 * math.log(0.75)
    on_paper = (math.log(2) + quarter + 3 * math.log(2) / 2) / 5
    by_label = {each.label: each for each in derivations(Settings(window=5))}
    inside = by_label["forgets at each window"]
    assert inside.value(NATS) == pytest.approx(on_paper)
    assert [(steps.first, steps.last) for steps in inside.groups] == [(1, 1), (2, 2), (3, 5)]
    assert inside.formula(NATS) == (
        r"\begin{aligned}\text{step 1}&\; H(\tfrac{1}{2}) = 0.6931\\ "
        r"\text{step 2}&\; H(\tfrac{3}{4}) = 0.5623\\ "
        r"\text{steps 3 to 5}&\; \tfrac{1}{2} H(1) + \tfrac{1}{2} H(\tfrac{1}{2})\\ "
        r"&\; = \tfrac{1}{2} \cdot 0 + \tfrac{1}{2} \cdot 0.6931\\ "
        r"&\; = 0.3466\\ "
        r"\text{mean}&\; \tfrac{1}{5} \bigl(1 \cdot 0.6931 + 1 \cdot 0.5623\\ "
        r"&\; + 3 \cdot 0.3466\bigr)\\ &\; = 0.4590\end{aligned}"
    )


def test_a_probability_and_its_opposite_are_one_group():
    mixed = derivation("any", BayesPredictor(np.array([[0.25, 0.75, 1.0, 0.0]]), np.full(4, 0.25)))
    assert [(group.p, group.weight, group.n_contexts) for group in mixed.groups[0].contexts] == [
        (1.0, 0.5, 2),
        (0.75, 0.5, 2),
    ]


def test_many_different_chances_are_written_as_a_sum():
    best = derivations(BITS_ONLY["own, carried"])[-1]
    assert best.label == "best possible"
    assert r"\sum_{i=1}^{8} w_i \, H(p_i)" in best.formula(NATS)
    assert len(best.groups[0].contexts) == 8


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, r"\tfrac{1}{2}"), (1.0, "1"), (2 / 3, r"\tfrac{2}{3}"), (0.1234567, "0.1235")],
)
def test_simple_shares_are_fractions(value, text):
    assert fraction(value) == text
    assert number(0.0) == "0"


def test_numbers_have_no_derivation():
    with pytest.raises(SettingError, match="The rule 'sine' is about"):
        derivations(Settings(rule="sine"))


@pytest.mark.parametrize("noise", [0.0, 0.1])
@pytest.mark.parametrize("p", [0.0, 0.75])
def test_without_causes_all_losses_are_the_base_rates(p, noise):
    flipped = p * (1 - noise) + (1 - p) * noise
    loss = -sum(q * math.log(q) for q in (flipped, 1 - flipped) if q)
    coin = Settings.of({"rule": "own", "expression": f"{p}", "noise": noise})
    assert list(values(coin).values()) == pytest.approx([loss] * 3)
    assert all(each.formula(ACCURACY) for each in derivations(coin))
