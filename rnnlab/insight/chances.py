"""Does the network know the chances? Its probabilities beside the rule's, case by case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.crowd import Crowd, Floats, Weights, causes_of, crowd
from rnnlab.settings import Settings

MOST_CONTEXTS = 32
KNOWN = 0.002
"""Nats a step: an excess that nobody sees in the picture."""

TINY = 1e-12
"""The least probability that counts, so that a sure mistake costs much but not everything."""


@dataclass(frozen=True)
class Context:
    """All steps with the same past, as far as the rule looks at it.

    `past` are the causing bits, the oldest first; it is empty where the rule states no causes.
    `predicted` is the mean probability of a 1 that the network says, nine in ten lie between
    `low` and `high`. `excess` is what a step costs on average, in nats, beyond what it must.
    """

    past: tuple[int, ...]
    truth: float
    predicted: float
    low: float
    high: float
    count: int
    excess: float


@dataclass(frozen=True)
class Chances:
    """Every context, those with the least true chance first, and the whole in nats a step.

    `lags` are the places of the past, the oldest first. `excess` is the mean divergence of the
    network's probabilities from the true ones, `best` the loss of who knows them; their sum is
    the network's expected loss. `hidden` is the part of the excess that nobody could avoid who
    sees only the window: 0 where the state is carried.
    """

    lags: tuple[int, ...]
    contexts: tuple[Context, ...]
    excess: float
    best: float
    hidden: float


def chances(settings: Settings, weights: Weights, *, seed: int = 0) -> Chances:
    """The network's probabilities on 4,000 fresh steps, sorted by what came before."""
    seen = crowd(settings, weights, seed=seed)
    truth = seen.truth[seen.places].ravel()
    said = seen.trace.predicted.reshape(-1, 2).astype(float)
    excess = divergence(truth, said)
    lags, past = _past(seen, causes_of(settings))
    keys = np.column_stack([past, np.round(truth, 9)])
    _, group = np.unique(keys, axis=0, return_inverse=True)
    group = group.ravel()
    found = [
        _context(past[chosen], truth[chosen], said[chosen, 1], excess[chosen])
        for chosen in (group == number for number in range(group.max() + 1))
    ]
    rule = settings.bit_rule
    best = rule.best_loss()
    in_window = best if settings.carry_state else rule.best_loss(settings.window)
    contexts = tuple(sorted(found, key=lambda one: (one.truth, one.past)))
    return Chances(lags, contexts, float(excess.mean()), best, in_window - best)


def divergence(truth: Floats, said: Floats) -> Floats:
    """KL(true chance || said), in nats, for each step; `said` (steps, 2) are both probabilities.

    Cover & Thomas (2006), eq. 2.26: what believing `said` costs beyond the entropy.
    """
    both = np.column_stack([1 - truth, truth])
    ratio = np.log(np.maximum(both, TINY)) - np.log(np.maximum(said, TINY))
    wasted: Floats = np.maximum((both * ratio).sum(axis=1), 0.0)
    return wasted


def chances_sentence(known: Chances) -> str:
    """How well the chances are known, and where they are known worst."""
    worst = max(known.contexts, key=lambda one: one.excess * one.count)
    whole = (
        f"Over all steps that costs {known.excess:.4f} nats a step beyond the best possible "
        f"{known.best:.4f}."
    )
    if known.hidden > 0:
        whole += f" {known.hidden:.4f} of that is what a window of its own hides from it."
    if known.excess < KNOWN:
        return f"Every point lies on the diagonal: your network knows the chances. {whole}"
    after = f" after {' '.join(map(str, worst.past))}" if worst.past else ""
    return (
        f"Look furthest from the diagonal: your network says {worst.predicted:.2f} where the true "
        f"chance{after} is {worst.truth:.2f}. {whole}"
    )


def _past(seen: Crowd, lags: tuple[int, ...]) -> tuple[tuple[int, ...], NDArray[np.uint8]]:
    """The causing bits of every step, the oldest first; none if there are too many to list."""
    if 2 ** len(lags) > MOST_CONTEXTS:
        lags = ()
    oldest_first = tuple(reversed(lags))
    bits = [seen.ago(lag).ravel() for lag in oldest_first]
    return oldest_first, np.array(bits, np.uint8).reshape(len(bits), seen.places.size).T


def _context(past: NDArray[np.uint8], truth: Floats, said: Floats, excess: Floats) -> Context:
    low, high = np.quantile(said, [0.05, 0.95])
    return Context(
        past=tuple(int(bit) for bit in past[0]),
        truth=float(truth[0]),
        predicted=float(said.mean()),
        low=float(low),
        high=float(high),
        count=len(said),
        excess=float(excess.mean()),
    )
