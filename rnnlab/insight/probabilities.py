"""Does the network know the probabilities? Its own beside the rule's, context by context."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.fresh_data import Floats, FreshData, Weights, causes_of, fresh_data
from rnnlab.rules.base import enumeration
from rnnlab.rules.expression import name_of
from rnnlab.settings import Settings

MOST_CONTEXTS = 32
UNSEEN = 0.002
"""Nats a step: an excess that nobody sees in the picture."""

ON_DIAGONAL = 0.02
"""How far from the diagonal a point may lie and still seem to lie on it."""

TINY = 1e-12
"""The least probability that counts, so that a sure mistake costs much but not everything."""


@dataclass(frozen=True)
class Context:
    """All steps with the same past, as far as the rule looks at it.

    `past` are the causing bits, the newest first; it is empty where the rule states no causes.
    `true` is the rule's probability of a 1, `predicted` the mean of the network's; nine in ten of
    these lie between `low` and `high`. `excess` is what a step costs on average, in nats, beyond
    what it must.
    """

    past: tuple[int, ...]
    true: float
    predicted: float
    low: float
    high: float
    count: int
    excess: float


@dataclass(frozen=True)
class PredictedProbabilities:
    """Every context, those with the least true probability first, and the whole in nats a step.

    `lags` are those of the bits of the past, the newest first, as everywhere in the lab.
    `excess` is the mean divergence of the network's probabilities from the true ones, `best_loss`
    the loss of a predictor that knows these; their sum is the network's expected loss. `hidden` is
    the part of the excess that no predictor can avoid that sees only the window: 0 where the state
    is carried.
    """

    lags: tuple[int, ...]
    contexts: tuple[Context, ...]
    excess: float
    best_loss: float
    hidden: float


def predicted_probabilities(
    settings: Settings, weights: Weights, *, seed: int = 0
) -> PredictedProbabilities:
    """The network's probabilities on 4,000 fresh steps, sorted by what came before."""
    data = fresh_data(settings, weights, seed=seed)
    true = data.target_probabilities[data.steps].ravel()
    predicted = data.trace.predicted.reshape(-1, 2).astype(float)
    excess = divergence(true, predicted)
    lags, past = _past(data, causes_of(settings))
    keys = np.column_stack([past, np.round(true, 9)])
    _, group = np.unique(keys, axis=0, return_inverse=True)
    groups = (group.ravel() == number for number in range(group.max() + 1))
    contexts = [_context(past[g], true[g], predicted[g, 1], excess[g]) for g in groups]
    best = settings.bit_rule.best_loss()
    in_window = best if settings.carry_state else settings.bit_rule.best_loss(settings.window)
    return PredictedProbabilities(
        lags=lags,
        contexts=tuple(sorted(contexts, key=lambda context: (context.true, context.past))),
        excess=float(excess.mean()),
        best_loss=best,
        hidden=in_window - best,
    )


def divergence(true: Floats, predicted: Floats) -> Floats:
    """KL(true || predicted) in nats for each step, from P(1), (steps,), and both P, (steps, 2).

    Cover & Thomas (2006), eq. 2.26: what believing `predicted` costs beyond the entropy.
    """
    both = np.column_stack([1 - true, true])
    ratio = np.log(np.maximum(both, TINY)) - np.log(np.maximum(predicted, TINY))
    nats: Floats = np.maximum((both * ratio).sum(axis=1), 0.0)
    return nats


def probabilities_sentence(probabilities: PredictedProbabilities) -> str:
    """How well the probabilities are known, and which point to look at."""
    whole = (
        f"Over all steps its mistakes cost {probabilities.excess:.4f} nats a step more than the "
        f"best possible {probabilities.best_loss:.4f}."
    )
    if probabilities.hidden > 0:
        whole += (
            f" {probabilities.hidden:.4f} of that it cannot avoid, because each window starts "
            "from zero."
        )
    return f"{_where_to_look(probabilities)} {whole}"


def _where_to_look(probabilities: PredictedProbabilities) -> str:
    """The point furthest from the diagonal, or the longest bar where all lie on it."""
    contexts = probabilities.contexts
    after = partial(_after, probabilities.lags)
    furthest = max(contexts, key=lambda context: abs(context.predicted - context.true))
    if abs(furthest.predicted - furthest.true) > ON_DIAGONAL:
        return (
            f"Look at the point furthest from the diagonal: your network says "
            f"{furthest.predicted:.2f}, and the true chance{after(furthest)} is "
            f"{furthest.true:.2f}."
        )
    if probabilities.excess < UNSEEN:
        return "Every point lies on the diagonal: your network knows the chances."
    widest = max(contexts, key=lambda context: context.high - context.low)
    return (
        "Every point is a mean, and lies on the diagonal. Look at the longest bar: where the true "
        f"chance{after(widest)} is {widest.true:.2f}, your network sometimes says "
        f"{widest.low:.2f} and sometimes {widest.high:.2f}."
    )


def _after(lags: tuple[int, ...], context: Context) -> str:
    """Where the bits of the past are these, each with its name."""
    named = zip(lags, context.past, strict=True)
    bits = enumeration(f"{name_of(lag)} = {bit}" for lag, bit in named)
    return f" after {bits}" if context.past else ""


def _past(data: FreshData, lags: tuple[int, ...]) -> tuple[tuple[int, ...], NDArray[np.uint8]]:
    """The causing bits of every step, the newest first; none if there are too many to list."""
    if 2 ** len(lags) > MOST_CONTEXTS:
        lags = ()
    bits = [data.lagged_inputs(lag).ravel() for lag in lags]
    return lags, np.array(bits, np.uint8).reshape(len(bits), data.steps.size).T


def _context(past: NDArray[np.uint8], true: Floats, predicted: Floats, excess: Floats) -> Context:
    low, high = np.quantile(predicted, [0.05, 0.95])
    return Context(
        past=tuple(int(bit) for bit in past[0]),
        true=float(true[0]),
        predicted=float(predicted.mean()),
        low=float(low),
        high=float(high),
        count=len(predicted),
        excess=float(excess.mean()),
    )
