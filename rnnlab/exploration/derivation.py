"""The best losses, from knowing nothing to seeing the whole past, each with its derivation."""

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
"""More terms than this are not written out: nobody would read them."""

TERMS_A_LINE = 2

MOST_GROUPS, FIRST_GROUPS = 8, 4
"""Of more groups of steps the first ones and the last are written out."""

LARGEST_DENOMINATOR = 64
DIGITS = 4


@dataclass(frozen=True)
class Criterion:
    """What predictors are judged by: a function of P(target = 1), called `symbol` in formulas.

    `formula` says what it is, in LaTeX.
    """

    name: str
    title: str
    symbol: str
    formula: str
    function: Callable[[Probabilities], Probabilities]


NATS = Criterion(
    "nats", "Best loss (nats)", "H", r"H(p) = -p \ln p - (1-p) \ln (1-p)", binary_entropy
)
BITS = Criterion(
    "bits",
    "Best loss (bits)",
    "H",
    r"H(p) = -p \log_2 p - (1-p) \log_2 (1-p)",
    lambda p: binary_entropy(p) / math.log(2),
)
ACCURACY = Criterion(
    "accuracy",
    "Best share of right guesses",
    "A",
    r"A(p) = \max(p,\, 1-p)",
    lambda p: np.maximum(p, 1 - p),
)
CRITERIA = {criterion.name: criterion for criterion in (NATS, BITS, ACCURACY)}


@dataclass(frozen=True)
class ContextGroup:
    """Contexts in which the likelier bit, 0 or 1, has the same probability `p`.

    They are `n_contexts`, and together they come with the share `weight`.
    """

    p: float
    weight: float
    n_contexts: int


@dataclass(frozen=True)
class StepGroup:
    """Steps of a window at which the same is known: from `first` to `last`, counted from 1."""

    first: int
    last: int
    contexts: tuple[ContextGroup, ...]

    @property
    def n_steps(self) -> int:
        """How many steps they are."""
        return self.last - self.first + 1

    def value(self, criterion: Criterion) -> float:
        """The mean loss of such a step, or how often it is guessed right."""
        values = zip(self.contexts, self.context_values(criterion), strict=True)
        return sum(group.weight * value for group, value in values)

    def context_values(self, criterion: Criterion) -> list[float]:
        """The criterion for each group of contexts, not yet weighted."""
        return [float(criterion.function(np.array(group.p))) for group in self.contexts]


@dataclass(frozen=True)
class Derivation:
    """What a Bayes predictor reaches, derived from groups of steps of a window, or from one."""

    label: str
    groups: tuple[StepGroup, ...]

    @property
    def n_steps(self) -> int:
        """How many steps a window has, or 1."""
        return self.groups[-1].last

    def value(self, criterion: Criterion) -> float:
        """The mean over all steps: the least loss, or the greatest share of right guesses."""
        return sum(group.n_steps * group.value(criterion) for group in self.groups) / self.n_steps

    def formula(self, criterion: Criterion) -> str:
        """The derivation in LaTeX: each group of steps, then their mean."""
        if len(self.groups) == 1:
            return _aligned([("", _step_terms(self.groups[0], criterion))])
        if len(self.groups) > MOST_GROUPS:
            return self._long_formula(criterion)
        rows = [_step_row(group, criterion) for group in self.groups]
        parts = [
            rf"{group.n_steps} \cdot {number(group.value(criterion))}" for group in self.groups
        ]
        opening = rf"\tfrac{{1}}{{{self.n_steps}}} \bigl("
        a_line = TERMS_A_LINE if self.n_steps < 10 else 1
        mean = [*_sum(parts, opening, r"\bigr)", a_line), f"= {number(self.value(criterion))}"]
        return _aligned([*rows, (r"\text{mean}", mean)])

    def _long_formula(self, criterion: Criterion) -> str:
        """The first steps, the last ones, and the mean of all."""
        first = [_step_row(group, criterion) for group in self.groups[:FIRST_GROUPS]]
        mean = (r"\text{mean of all}", [number(self.value(criterion))])
        return _aligned([*first, (r"\vdots", [""]), _step_row(self.groups[-1], criterion), mean])


def derivation(label: str, predictor: BayesPredictor) -> Derivation:
    """The derivation of a predictor's loss: equal contexts, and equal steps in a row, together."""
    groups: list[StepGroup] = []
    rows = zip(predictor.probabilities, predictor.weights_by_step, strict=True)
    by_step = enumerate((_context_groups(*row) for row in rows), start=1)
    for contexts, same in groupby(by_step, key=lambda step: step[1]):
        steps = [step for step, _ in same]
        groups.append(StepGroup(steps[0], steps[-1], contexts))
    return Derivation(label, tuple(groups))


def derivations(settings: Settings) -> tuple[Derivation, ...]:
    """From knowing nothing to knowing all, the highest loss first; a `SettingError` for numbers.

    Predictors that know a part see what the run sees: the whole past, or one window if no state is
    carried.
    """
    rule = settings.bit_rule
    whole, window = rule.bayes_predictor(), rule.bayes_predictor(settings.window)
    base_rate = BayesPredictor(np.array([[whole.base_rate]]), np.ones(1))
    visible = None if settings.carry_state else settings.window
    all_derivations = [
        derivation("knows nothing", base_rate),
        *(derivation(*labelled) for labelled in rule.partial_predictors(visible).items()),
        derivation("forgets at each window", window),
        derivation("best possible", whole),
    ]
    return tuple(sorted(all_derivations, key=lambda each: -round(each.value(NATS), 12)))


def number(value: float) -> str:
    """A value in a formula: four decimals, and none for 0 and 1."""
    whole = round(value)
    return str(whole) if abs(value - whole) < ROUNDING else f"{value:.{DIGITS}f}"


def fraction(value: float) -> str:
    """A probability or a share in a formula: as a fraction if it is a simple one."""
    simple = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    if abs(float(simple) - value) > ROUNDING:
        return number(value)
    if simple.denominator == 1:
        return str(simple.numerator)
    return rf"\tfrac{{{simple.numerator}}}{{{simple.denominator}}}"


def _context_groups(
    probabilities: Probabilities, weights: Probabilities
) -> tuple[ContextGroup, ...]:
    """The contexts of one step by how sure they are, the surest first."""
    likelier = np.round(np.maximum(probabilities, 1 - probabilities), 12)
    values, group_of, counts = np.unique(likelier, return_inverse=True, return_counts=True)
    shares = np.bincount(group_of.ravel(), weights)
    return tuple(
        ContextGroup(float(p), round(float(weight), 12), int(n))
        for p, weight, n in zip(values[::-1], shares[::-1], counts[::-1], strict=True)
    )


def _step_terms(group: StepGroup, criterion: Criterion) -> list[str]:
    """The value of such a step, term by term if these fit; the pieces of the equation."""
    symbol, total = criterion.symbol, f"= {number(group.value(criterion))}"
    if len(group.contexts) == 1:
        return [f"{symbol}({fraction(group.contexts[0].p)}) {total}"]
    if len(group.contexts) > MOST_TERMS:
        return [rf"\sum_{{i=1}}^{{{len(group.contexts)}}} w_i \, {symbol}(p_i) {total}"]
    shares = [fraction(contexts.weight) for contexts in group.contexts]
    terms = [
        f"{share} {symbol}({fraction(contexts.p)})"
        for share, contexts in zip(shares, group.contexts, strict=True)
    ]
    products = [
        rf"{share} \cdot {number(value)}"
        for share, value in zip(shares, group.context_values(criterion), strict=True)
    ]
    return [*_sum(terms), *_sum(products, "= "), total]


def _sum(
    terms: list[str], opening: str = "", closing: str = "", a_line: int = TERMS_A_LINE
) -> list[str]:
    """A sum in pieces of a few terms: what fits on a telephone."""
    lines = [" + ".join(terms[start : start + a_line]) for start in range(0, len(terms), a_line)]
    first, *others = lines
    pieces = [opening + first, *(f"+ {line}" for line in others)]
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


def _step_row(group: StepGroup, criterion: Criterion) -> tuple[str, list[str]]:
    return _step_label(group), _step_terms(group, criterion)


def _step_label(group: StepGroup) -> str:
    if group.n_steps == 1:
        return rf"\text{{step {group.first}}}"
    return rf"\text{{steps {group.first} to {group.last}}}"
