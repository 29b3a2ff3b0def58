"""What the bits tell of a machine's state: exact beliefs, and the predictors that follow.

A belief is the chance of each state, given the bits that came. A bit turns the belief b into b T,
scaled to sum to 1, where T holds P(this bit comes, and leads to a state | the state before): the
forward algorithm (L. R. Rabiner, "A tutorial on hidden Markov models", 1989, eq. 18 to 21). Many
pasts lead to the same belief, so all pasts of a window can be told one by one.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.rules.base import Probabilities
from rnnlab.rules.state_machine import Floats, Machine, Steps
from rnnlab.theory import SURE, BayesPredictor, check_window

MOST_BELIEFS = 2_000
DIGITS = 12
"""Beliefs that agree to so many digits are the same."""

LONGEST_WINDOW = 100
SETTLING, LONGEST_PERIOD = 3_000, 16
"""Steps after which what is believed comes again as it was, and after how many it may."""

SAME, VANISHED = 1e-14, 1e-11

LEAST_RUN = 1e-12
"""How often the longest runs come that are told apart."""

Measure = TypeVar("Measure")
Beliefs = tuple[Floats, Floats]
"""Beliefs (n, states), and how often each comes (n,)."""


def by_step(
    machine: Steps, start: Floats, window: int, measure: Callable[[Floats, Floats], Measure]
) -> list[Measure]:
    """A measure of what may be believed after each step of a window, from the belief before it.

    In windows of any length: once all that is believed comes again as it was, so do its measures.
    """
    check_window(window)
    beliefs: Beliefs = (start[None], np.ones(1))
    last: deque[Beliefs] = deque(maxlen=LONGEST_PERIOD)
    measures: list[Measure] = []
    for step in range(window):
        beliefs = _next(machine, beliefs)
        period = _period(last, beliefs) if step >= LONGEST_WINDOW else 0
        if period:
            again = itertools.cycle(measures[-period:])
            return [*measures, *itertools.islice(again, window - step)]
        last.append(beliefs)
        measures.append(measure(*beliefs))
    return measures


def in_window(machine: Machine, start: Floats, window: int) -> BayesPredictor:
    """Who sees the bits since the window began, and believed `start` before."""
    return stacked(by_step(machine, start, window, partial(_outputs, machine)))


@lru_cache(maxsize=100)
def whole_past(machine: Machine) -> BayesPredictor:
    """Who has seen a past without beginning, of a machine that has run for ever.

    Of two states that make the same bits in the long run, no past tells which it is, unless they
    merge; all others are told apart, at least in the limit: N. F. Travers and J. P. Crutchfield,
    "Asymptotic synchronization for finite-state sources", 2011 (arXiv 1011.1581). So it begins
    with knowing the group of such states, and goes on until what is believed has settled.
    """
    shares, groups = machine.stationary, _groups(machine)
    starts = [np.where(groups == group, shares, 0.0) for group in np.unique(groups)]
    known = [start for start in starts if start.sum() > 0]
    weights = np.array([start.sum() for start in known])
    beliefs: Beliefs = (np.array(known) / weights[:, None], weights)
    if all(np.count_nonzero(start) == 1 for start in known):
        return stacked([_outputs(machine, *beliefs)])
    settled = _settled(machine, beliefs)
    return averaged(stacked([_outputs(machine, *each) for each in settled]))


@lru_cache(maxsize=100)
def check_exact(machine: Machine) -> None:
    """A `SettingError` for a machine of which the best losses cannot be told exactly."""
    whole_past(machine)
    in_window(machine, machine.stationary, LONGEST_WINDOW)


def last_bits(machine: Machine, lags: tuple[int, ...]) -> tuple[Floats, Floats]:
    """P(target = 1 | the inputs at these lags) and P(these inputs), at any moment.

    Both have an axis of two for each of the `lags`, which fall. What never comes has nan.
    """
    beliefs = machine.stationary[None]  # (patterns, states), each times how often it comes
    for lag in range(max(lags, default=0), -1, -1):
        moved = np.stack([beliefs @ step for step in machine.steps], axis=1)
        beliefs = moved.reshape(-1, moved.shape[-1]) if lag in lags else moved.sum(axis=1)
    shape = (2,) * len(lags)
    come = beliefs.sum(axis=1).reshape(shape)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (beliefs @ machine.outputs).reshape(shape) / np.where(come > 0, come, np.nan), come


def this_run(machine: Machine, window: int | None) -> BayesPredictor:
    """Who knows the last bit and for how many steps it has been the same, and nothing else.

    In a window it does not see how far a run reaches that has no beginning there.
    """
    if window is None:
        return stacked([_weighted(machine, _runs(machine, None))])
    check_window(window)
    return stacked([_weighted(machine, _runs(machine, seen)) for seen in range(1, window + 1)])


def place_only(machine: Machine, start: Floats, window: int) -> BayesPredictor:
    """Who knows how many bits came since the window began, and none of them."""

    def mixed(rows: Floats, weights: Floats) -> tuple[Probabilities, Probabilities]:
        return _outputs(machine, (weights @ rows)[None], np.ones(1))

    return stacked(by_step(machine, start, window, mixed))


def stacked(steps: list[tuple[Probabilities, Probabilities]]) -> BayesPredictor:
    """One predictor from the probabilities and weights of each step of a window."""
    n_contexts = max(len(weights) for _, weights in steps)
    probabilities, weights = np.zeros((2, len(steps), n_contexts))
    for step, (of_step, how_often) in enumerate(steps):
        probabilities[step, : len(of_step)] = of_step
        weights[step, : len(how_often)] = how_often
    return BayesPredictor(probabilities, weights)


def averaged(predictor: BayesPredictor) -> BayesPredictor:
    """The same at a step that may be any of its window: a single row."""
    weights = predictor.weights_by_step / len(predictor.probabilities)
    return stacked([_merged(predictor.probabilities.ravel(), weights.ravel())])


def _next(machine: Steps, beliefs: Beliefs) -> Beliefs:
    """The beliefs after one more bit, equal ones together."""
    before, weights = beliefs
    moved = np.concatenate([before @ step for step in machine.steps])
    come = moved.sum(axis=1)
    weights = np.tile(weights, len(machine.steps)) * come
    kept = weights > SURE
    rounded = np.round(moved[kept] / come[kept, None], DIGITS) + 0.0
    distinct, place = np.unique(rounded, axis=0, return_inverse=True)
    if len(distinct) > MOST_BELIEFS:
        raise SettingError(
            f"So many pasts tell different things of your machine, more than {MOST_BELIEFS:,}, "
            "that the best loss cannot be calculated. Take fewer states, or the same chance of a 1 "
            "in all of them."
        )
    return distinct, _shares(place, weights[kept])


def _settled(machine: Machine, beliefs: Beliefs) -> list[Beliefs]:
    """What is believed in the long run: at each step of the period in which it comes again."""
    last: deque[Beliefs] = deque(maxlen=LONGEST_PERIOD)
    for _ in range(SETTLING):
        last.append(beliefs)
        beliefs = _next(machine, beliefs)
        if period := _period(last, beliefs):
            return [_lasting(*each) for each in list(last)[-period:]]
    raise SettingError(
        "However long your machine runs, what its bits tell does not settle, so the best loss "
        "cannot be calculated. Change an arrow or a chance."
    )


def _lasting(beliefs: Floats, weights: Floats) -> Beliefs:
    """Without those that come less and less often, and in the end never."""
    kept = weights > VANISHED
    return beliefs[kept], weights[kept] / weights[kept].sum()


def _period(last: Sequence[Beliefs], beliefs: Beliefs) -> int:
    """So many steps ago all that is believed was the same; 0 if it never was."""
    return next((ago for ago in range(1, len(last) + 1) if _are_same(last[-ago], beliefs)), 0)


def _are_same(before: Beliefs, after: Beliefs) -> bool:
    return all(
        a.shape == b.shape and bool(np.allclose(a, b, rtol=0, atol=SAME))
        for a, b in zip(before, after, strict=True)
    )


def _outputs(
    machine: Machine, beliefs: Floats, weights: Floats
) -> tuple[Probabilities, Probabilities]:
    """P(target = 1) for each belief, and how often it comes; equal ones together."""
    return _merged(np.clip(beliefs @ machine.outputs, 0.0, 1.0), weights)


def _merged(probabilities: Floats, weights: Floats) -> tuple[Probabilities, Probabilities]:
    distinct, place = np.unique(np.round(probabilities, DIGITS), return_inverse=True)
    return distinct, _shares(place, weights)


def _shares(place: NDArray[np.intp], weights: Floats) -> Floats:
    """The sum of the weights at each place."""
    return np.bincount(place.ravel(), weights).astype(np.float64)


def _weighted(machine: Machine, beliefs: list[Floats]) -> tuple[Probabilities, Probabilities]:
    """The same for beliefs that are not scaled, each times how often it comes."""
    rows = np.array([belief for belief in beliefs if belief.sum() > 0])
    weights = rows.sum(axis=1)
    return _outputs(machine, rows / weights[:, None], weights)


def _runs(machine: Machine, seen: int | None) -> list[Floats]:
    """What is believed by one who sees the run of equal bits at the end of the last `seen` bits.

    Each is times how often it comes: by the last bit, runs of 1, 2, 3, ... bits that begin in
    sight, and the one that fills it. With `None`, everything is in sight.
    """
    shares, steps = machine.stationary, machine.steps
    beliefs = []
    for bit in (0, 1):
        begun, filled, length = shares @ steps[1 - bit] @ steps[bit], shares @ steps[bit], 1
        while filled.sum() > LEAST_RUN and (seen is None or length < seen):
            beliefs.append(begun)
            begun, filled, length = begun @ steps[bit], filled @ steps[bit], length + 1
            if length > MOST_BELIEFS:
                break
        beliefs.append(filled)
    return beliefs


def _groups(machine: Machine) -> NDArray[np.intp]:
    """A number for each state; equal numbers make the same bits, whatever comes.

    The partition is refined until nothing tells two states of a group apart: E. F. Moore,
    "Gedanken-experiments on sequential machines", 1956.
    """
    groups = np.unique(machine.ones, return_inverse=True)[1].ravel()
    possible = np.array([machine.ones < 1, machine.ones > 0])
    while True:
        ahead = np.where(possible, groups[machine.after], -1)
        finer = np.unique(np.vstack([groups, ahead]), axis=1, return_inverse=True)[1].ravel()
        if finer.max() == groups.max():
            return groups
        groups = finer
