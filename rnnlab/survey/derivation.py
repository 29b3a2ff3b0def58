"""The staircase of best losses, from knowing nothing to knowing all, each step derived."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np

from rnnlab.rules.base import ROUNDING, Probabilities
from rnnlab.settings import Settings
from rnnlab.theory import BayesPredictor, binary_entropy

MOST_TERMS = 4
"""More terms than this do not fit into a line that can be read."""

TERMS_A_LINE = 2

LARGEST_DENOMINATOR = 64
DIGITS = 4


@dataclass(frozen=True)
class Measure:
    """What knowing a chance is worth: `of` a chance p of a 1, named `symbol` in formulas.

    `formula` says what it is, in LaTeX.
    """

    name: str
    title: str
    symbol: str
    formula: str
    of: Callable[[Probabilities], Probabilities]


NATS = Measure(
    "nats", "Best loss (nats)", "H", r"H(p) = -p \ln p - (1-p) \ln (1-p)", binary_entropy
)
BITS = Measure(
    "bits",
    "Best loss (bits)",
    "H",
    r"H(p) = -p \log_2 p - (1-p) \log_2 (1-p)",
    lambda p: binary_entropy(p) / math.log(2),
)
ACCURACY = Measure(
    "accuracy",
    "Best share of right guesses",
    "A",
    r"A(p) = \max(p,\, 1-p)",
    lambda p: np.maximum(p, 1 - p),
)
MEASURES = {one.name: one for one in (NATS, BITS, ACCURACY)}


@dataclass(frozen=True)
class Term:
    """Cases that are worth the same: a chance `p` of at least one half, for a 1 or for a 0.

    Of all `cases` these are `n_cases`, and together they come with the share `weight`.
    """

    p: float
    weight: float
    n_cases: int


@dataclass(frozen=True)
class Kind:
    """Steps of a window at which the same is known: from `first` to `last`, counted from 1."""

    first: int
    last: int
    terms: tuple[Term, ...]

    @property
    def n_steps(self) -> int:
        """How many steps they are."""
        return self.last - self.first + 1

    def worth(self, measure: Measure) -> float:
        """What such a step costs, or how often it is guessed right."""
        each = zip(self.terms, self.each(measure), strict=True)
        return sum(term.weight * worth for term, worth in each)

    def each(self, measure: Measure) -> list[float]:
        """What each of its terms is worth, before it is weighed."""
        return [float(measure.of(np.array(term.p))) for term in self.terms]


@dataclass(frozen=True)
class Stair:
    """What one who knows so much can reach; `kinds` are steps of a window, or the one of all."""

    label: str
    kinds: tuple[Kind, ...]

    @property
    def n_steps(self) -> int:
        """How many steps a window has, or 1."""
        return self.kinds[-1].last

    def worth(self, measure: Measure) -> float:
        """The mean over all steps: the least loss, or the greatest share of right guesses."""
        return sum(kind.n_steps * kind.worth(measure) for kind in self.kinds) / self.n_steps

    def formula(self, measure: Measure) -> str:
        """The derivation in LaTeX: each kind of step, then their mean."""
        if len(self.kinds) == 1:
            return _aligned([("", _of_terms(self.kinds[0], measure))])
        rows = [(_steps(kind), _of_terms(kind, measure)) for kind in self.kinds]
        parts = [rf"{kind.n_steps} \cdot {number(kind.worth(measure))}" for kind in self.kinds]
        opening = rf"\tfrac{{1}}{{{self.n_steps}}} \bigl("
        a_line = TERMS_A_LINE if self.n_steps < 10 else 1
        mean = [*_sum(parts, opening, r"\bigr)", a_line), f"= {number(self.worth(measure))}"]
        return _aligned([*rows, (r"\text{mean}", mean)])


def stair(label: str, predictor: BayesPredictor) -> Stair:
    """A stair of what can be known at best: equal cases, and equal steps in a row, together."""
    kinds: list[Kind] = []
    steps = enumerate((_terms(row, predictor.weights) for row in predictor.probabilities), start=1)
    for terms, same in groupby(steps, key=lambda step: step[1]):
        places = [place for place, _ in same]
        kinds.append(Kind(places[0], places[-1], terms))
    return Stair(label, tuple(kinds))


def staircase(settings: Settings) -> tuple[Stair, ...]:
    """From knowing nothing to knowing all, the highest loss first; a `SettingError` for numbers.

    Who knows a part sees what the run sees: the whole past, or one window if no state is carried.
    """
    rule = settings.bit_rule
    whole, window = rule.bayes_predictor(), rule.bayes_predictor(settings.window)
    nothing = BayesPredictor(np.array([[whole.base_rate]]), np.ones(1))
    seen = None if settings.carry_state else settings.window
    stairs = [
        stair("knows nothing", nothing),
        *(stair(label, one) for label, one in rule.partial_predictors(seen).items()),
        stair("sees only this window", window),
        stair("best possible", whole),
    ]
    return tuple(sorted(stairs, key=lambda one: -round(one.worth(NATS), 12)))


def number(value: float) -> str:
    """A value in a formula: four decimals, and none for 0 and 1."""
    whole = round(value)
    return str(whole) if abs(value - whole) < ROUNDING else f"{value:.{DIGITS}f}"


def fraction(value: float) -> str:
    """A chance or a share in a formula: as a fraction if it is a simple one."""
    simple = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    if abs(float(simple) - value) > ROUNDING:
        return number(value)
    if simple.denominator == 1:
        return str(simple.numerator)
    return rf"\tfrac{{{simple.numerator}}}{{{simple.denominator}}}"


def _terms(chances: Probabilities, weights: Probabilities) -> tuple[Term, ...]:
    """The cases of one step by how sure they are, the surest first."""
    sure = np.round(np.maximum(chances, 1 - chances), 12)
    values, number_of, counts = np.unique(sure, return_inverse=True, return_counts=True)
    shares = np.bincount(number_of.ravel(), weights)
    return tuple(
        Term(float(p), round(float(weight), 12), int(n))
        for p, weight, n in zip(values[::-1], shares[::-1], counts[::-1], strict=True)
    )


def _of_terms(kind: Kind, measure: Measure) -> list[str]:
    """What such a step costs, term by term if these fit; the pieces of the equation."""
    total = f"= {number(kind.worth(measure))}"
    if len(kind.terms) == 1:
        return [f"{measure.symbol}({fraction(kind.terms[0].p)}) {total}"]
    if len(kind.terms) > MOST_TERMS:
        return [rf"\sum_{{i=1}}^{{{len(kind.terms)}}} w_i \, {measure.symbol}(p_i) {total}"]
    shares = [fraction(term.weight) for term in kind.terms]
    said = [
        f"{share} {measure.symbol}({fraction(term.p)})"
        for share, term in zip(shares, kind.terms, strict=True)
    ]
    worth = [
        rf"{share} \cdot {number(one)}"
        for share, one in zip(shares, kind.each(measure), strict=True)
    ]
    return [*_sum(said), *_sum(worth, "= "), total]


def _sum(
    terms: list[str], opening: str = "", closing: str = "", a_line: int = TERMS_A_LINE
) -> list[str]:
    """A sum in pieces of a few terms: what fits on a telephone."""
    lines = [" + ".join(terms[start : start + a_line]) for start in range(0, len(terms), a_line)]
    first, *others = lines
    pieces = [opening + first, *(f"+ {one}" for one in others)]
    pieces[-1] += closing
    return pieces


def _aligned(rows: list[tuple[str, list[str]]]) -> str:
    """Rows of a name and the pieces of an equation, each piece on a line of its own."""
    lines = [
        (rf"{'' if number else name}&\; " if name else "& ") + piece
        for name, pieces in rows
        for number, piece in enumerate(pieces)
    ]
    return r"\begin{aligned}" + r"\\ ".join(lines) + r"\end{aligned}"


def _steps(kind: Kind) -> str:
    if kind.n_steps == 1:
        return rf"\text{{step {kind.first}}}"
    return rf"\text{{steps {kind.first} to {kind.last}}}"
