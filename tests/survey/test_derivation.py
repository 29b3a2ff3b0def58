"""The staircase of best losses: equal to the lines on the curve, and its formulas come out."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from rnnlab.bounds import Bounds
from rnnlab.errors import SettingError
from rnnlab.presets import PRESETS
from rnnlab.rules import BitRule
from rnnlab.settings import Settings
from rnnlab.survey.derivation import ACCURACY, BITS, NATS, fraction, number, stair, staircase
from rnnlab.theory import BayesPredictor

OWN = {"expression": "x[t-1] x[t-2] x[t-3]: .1 .2 .3 .4 .45 .35 .25 .15"}

CASES = {
    **{name: one.settings for name, one in PRESETS.items()},
    "noisy": Settings(rule="lags", noise=0.1),
    "noisy self-pair": Settings(rule="self-pair", noise=0.2, carry_state=False),
    "own": Settings(rule="own", parameters=OWN, window=2, carry_state=False),
    "own, carried": Settings(rule="own", parameters=OWN),
    "parity of 4": Settings(rule="parity", parameters={"bits": 4}),
    "long": Settings(rule="lags", window=50, carry_state=False),
}
BITS_ONLY = {name: one for name, one in CASES.items() if isinstance(one.data, BitRule)}
EVERY_CASE = pytest.mark.parametrize("case", BITS_ONLY)

OPTIMA = [
    # The table of exact optima in the articles: rule, its knobs, whole past, inside windows.
    ("pair", {}, 0.34657, {3: 0.5340, 5: 0.4590, 15: 0.3841}),
    ("pair", {"lag": 6}, 0.34657, {5: 0.69315}),
    ("self-pair", {}, 0.46210, {5: 0.4970}),
    ("echo", {"delay": 3}, 0.0, {3: 0.69315, 5: 0.41589, 15: 0.13863}),
    ("lags", {}, 0.4545, {5: 0.6046, 10: 0.5489, 20: 0.5017, 50: 0.4734}),
    ("parity", {"bits": 2}, 0.0, {5: 0.2773}),
]


def worth(settings: Settings, measure=NATS) -> dict[str, float]:
    return {one.label: one.worth(measure) for one in staircase(settings)}


@EVERY_CASE
def test_the_stairs_are_the_lines_on_the_curve(case):
    stairs = worth(BITS_ONLY[case])
    lines = {
        label: loss
        for labels, loss in Bounds.of(BITS_ONLY[case]).lines
        for label in labels.split(", or ")
        if labels != "first window of an epoch"
    }
    assert lines.keys() <= stairs.keys()
    assert {label: stairs[label] for label in lines} == pytest.approx(lines, abs=1e-9)
    assert list(stairs.values()) == sorted(stairs.values(), reverse=True)


@pytest.mark.parametrize(("rule", "knobs", "whole", "inside"), OPTIMA)
def test_the_articles_exact_optima_come_out(rule, knobs, whole, inside):
    for window, loss in inside.items():
        stairs = worth(Settings(rule=rule, parameters=knobs, window=window, carry_state=False))
        assert stairs["best possible"] == pytest.approx(whole, abs=5e-5)
        assert stairs["sees only this window"] == pytest.approx(loss, abs=5e-5)


def test_each_lag_alone_and_the_nearest_two_have_a_stair():
    labels = set(worth(BITS_ONLY["own"]))
    ends = {"knows nothing", "sees only this window", "best possible"}
    parts = {"lag 1 only", "lag 2 only", "lag 3 only", "lags 1 and 2 only"}
    assert labels == ends | parts
    for one in (Settings(rule="echo"), Settings(rule="own", parameters={"expression": "x[t-2]"})):
        assert set(worth(one)) == ends, "its one lag is all there is to know"


@EVERY_CASE
def test_bits_are_nats_over_ln_2(case):
    nats, bits = worth(BITS_ONLY[case]), worth(BITS_ONLY[case], BITS)
    assert bits == pytest.approx({label: loss / math.log(2) for label, loss in nats.items()})


@pytest.mark.parametrize("rule", ["pair", "self-pair", "lags", "parity", "echo", "own"])
def test_the_best_accuracy_is_what_the_best_guesser_reaches(rule):
    settings = Settings(rule=rule, noise=0.05)
    series = settings.data.generate(np.random.default_rng(5), 100_000)
    right = (settings.data.target_probabilities(series.inputs) > 0.5) == series.targets
    assert worth(settings, ACCURACY)["best possible"] == pytest.approx(right.mean(), abs=0.008)


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
@pytest.mark.parametrize("measure", [NATS, BITS, ACCURACY], ids=lambda one: one.name)
def test_the_numbers_of_every_formula_add_up(case, measure):
    for one in staircase(BITS_ONLY[case]):
        *_, last = lines = equations(one.formula(measure))
        assert float(last.rpartition("= ")[2]) == pytest.approx(one.worth(measure), abs=5.1e-5)
        for line in lines:
            sums = [side for side in line.split(" = ") if "(p" not in side]
            sums = [side for side in sums if not re.search(r"[HA]\(", side)]
            values = [value_of(side) for side in sums]
            assert values == pytest.approx([values[-1]] * len(values), abs=1.1e-4)


def test_the_window_of_five_on_paper():
    # Step 1 sees no cause; step 2 the nearer one: a chance of 3/4; from step 3 on both.
    quarter = -0.25 * math.log(0.25) - 0.75 * math.log(0.75)
    on_paper = (math.log(2) + quarter + 3 * math.log(2) / 2) / 5
    found = {one.label: one for one in staircase(Settings(window=5))}["sees only this window"]
    assert found.worth(NATS) == pytest.approx(on_paper)
    assert [(kind.first, kind.last) for kind in found.kinds] == [(1, 1), (2, 2), (3, 5)]
    assert found.formula(NATS) == (
        r"\begin{aligned}\text{step 1}&\; H(\tfrac{1}{2}) = 0.6931\\ "
        r"\text{step 2}&\; H(\tfrac{3}{4}) = 0.5623\\ "
        r"\text{steps 3 to 5}&\; \tfrac{1}{2} H(1) + \tfrac{1}{2} H(\tfrac{1}{2})\\ "
        r"&\; = \tfrac{1}{2} \cdot 0 + \tfrac{1}{2} \cdot 0.6931\\ "
        r"&\; = 0.3466\\ "
        r"\text{mean}&\; \tfrac{1}{5} \bigl(1 \cdot 0.6931 + 1 \cdot 0.5623\\ "
        r"&\; + 3 \cdot 0.3466\bigr)\\ &\; = 0.4590\end{aligned}"
    )


def test_a_chance_and_its_opposite_are_one_case():
    one = stair("any", BayesPredictor(np.array([[0.25, 0.75, 1.0, 0.0]]), np.full(4, 0.25)))
    assert [(term.p, term.weight, term.n_cases) for term in one.kinds[0].terms] == [
        (1.0, 0.5, 2),
        (0.75, 0.5, 2),
    ]


def test_many_different_chances_are_written_as_a_sum():
    found = {one.label: one for one in staircase(BITS_ONLY["own, carried"])}["best possible"]
    assert r"\sum_{i=1}^{8} w_i \, H(p_i)" in found.formula(NATS)
    assert len(found.kinds[0].terms) == 8


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.5, r"\tfrac{1}{2}"), (1.0, "1"), (2 / 3, r"\tfrac{2}{3}"), (0.1234567, "0.1235")],
)
def test_simple_shares_are_fractions(value, said):
    assert fraction(value) == said
    assert number(0.0) == "0"


def test_numbers_have_no_staircase():
    with pytest.raises(SettingError, match="The rule 'sine' is about numbers"):
        staircase(Settings(rule="sine"))
