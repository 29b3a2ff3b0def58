"""Many steps of a fresh series, read side by side by a trained network: what means are taken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.reference import Trace, forward
from rnnlab.rules import BitRule, Samples
from rnnlab.rules.base import Bits, Probabilities
from rnnlab.rules.lagged import LaggedRule
from rnnlab.settings import Settings

Weights = Mapping[str, NDArray[Any]]
Floats = NDArray[np.floating[Any]]

WARM_UP = 100
"""Steps read before the ones that count, so that the state has forgotten its beginning."""

MOST_PAST = 200
"""Steps of the series before the first one that counts: room for the longest lag."""

FRESH = 40_001
"""Goes with a seed, so that the series is none that the network was trained on."""


@dataclass(frozen=True, eq=False)
class Crowd:
    """Rows of steps of one fresh series of bits, and what the network did there.

    `inputs`, `targets` and `truth` are the whole series; `places` (rows, steps) says which steps
    of it were looked at. `trace` is the pass over those: its batch is the rows.
    """

    inputs: Bits
    targets: Bits
    truth: Probabilities
    places: NDArray[np.int64]
    trace: Trace

    def ago(self, lag: int) -> Bits:
        """The input `lag` steps before each step looked at, (rows, steps)."""
        bits: Bits = self.inputs[self.places - lag]
        return bits


def crowd(
    settings: Settings, weights: Weights, *, rows: int = 40, steps: int = 100, seed: int = 0
) -> Crowd:
    """`rows` stretches of `steps` steps that follow each other in one fresh series.

    Where the run carries its state, each row begins with a warm one. Where it does not, rows are
    windows that begin with a state of zero, and there are as many as fit.
    """
    rule = settings.bit_rule
    lead, width = (WARM_UP, steps) if settings.carry_state else (0, settings.window)
    rows = rows if settings.carry_state else max(1, rows * steps // width)
    rng = np.random.default_rng((seed, FRESH))
    series = rule.generate(rng, MOST_PAST + rows * width)
    places = MOST_PAST + np.arange(rows * width).reshape(rows, width)
    before = places[:, :1] + np.arange(-lead, 0)
    return Crowd(
        inputs=series.inputs,
        targets=series.targets,
        truth=rule.target_probabilities(series.inputs),
        places=places,
        trace=_warm_pass(settings, weights, series.inputs[before], series.inputs[places]),
    )


def warm_states(
    settings: Settings, weights: Weights, before: NDArray[Any]
) -> tuple[Floats, ...] | None:
    """The state after reading `before` (rows, steps) from zero; `None` if there is nothing."""
    if before.shape[1] == 0:
        return None
    return forward(settings.network, dict(weights), before[..., None]).final_states


def lived_through(settings: Settings, weights: Weights, most: int = 100) -> Trace:
    """The pass over plenty of data that was not trained on: bits, or test samples."""
    if isinstance(settings.data, BitRule):
        return crowd(settings, weights).trace
    samples = samples_of(settings)
    return forward(settings.network, dict(weights), samples.test_inputs[:most])


def samples_of(settings: Settings) -> Samples:
    """All samples of these settings."""
    return settings.sample_rule.samples(settings.window)


def causes_of(settings: Settings) -> tuple[int, ...]:
    """The lags on which a target depends, in rising order; none if the rule does not state any."""
    rule = settings.data
    return rule.lags if isinstance(rule, LaggedRule) else ()


def _warm_pass(
    settings: Settings, weights: Weights, before: NDArray[Any], shown: NDArray[Any]
) -> Trace:
    states = warm_states(settings, weights, before)
    return forward(settings.network, dict(weights), shown[..., None], states)
