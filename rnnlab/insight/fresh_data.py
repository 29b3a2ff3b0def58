"""Data that a network was not trained on, and what it does there: what means are taken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.reference import Trace, forward
from rnnlab.rules import Samples, StreamRule
from rnnlab.rules.base import Bits, Probabilities
from rnnlab.rules.lagged import LaggedRule
from rnnlab.settings import Settings

Weights = Mapping[str, NDArray[Any]]
Floats = NDArray[np.floating[Any]]

WARM_UP = 100
"""Steps read before the ones that count, so that the state has forgotten its beginning."""

FEW_STEPS = 40
"""The same where many networks are asked one after the other."""

N_SAMPLES = 100
"""Test samples, of numbers."""

MOST_PAST = 200
"""Steps of the series before the first one that counts: room for the longest lag."""

FRESH = 40_001
"""Goes with a seed, so that the series is none that the network was trained on."""


@dataclass(frozen=True, eq=False)
class FreshData:
    """Rows of steps of one fresh series of bits or letters, and what the network did there.

    `inputs`, `targets` and `target_probabilities` are the whole series; `steps` (rows, timesteps)
    are the indices of those that the network read. `trace` is the pass over them: its batch is the
    rows.
    """

    inputs: Bits
    targets: Bits
    target_probabilities: Probabilities
    steps: NDArray[np.int64]
    trace: Trace

    def lagged_inputs(self, lag: int) -> Bits:
        """The input `lag` steps before each step read, (rows, timesteps)."""
        bits: Bits = self.inputs[self.steps - lag]
        return bits


def fresh_data(
    settings: Settings,
    weights: Weights,
    *,
    rows: int = 40,
    timesteps: int = 100,
    warm_up: int = WARM_UP,
    seed: int = 0,
) -> FreshData:
    """`rows` rows of `timesteps` steps that follow each other in one fresh series.

    Where the run carries its state, each row begins with a warm one, after `warm_up` steps (at most
    MOST_PAST). Where it does not, rows are windows that begin with a state of zero, and there are
    as many as fit.
    """
    rule, past = settings.fresh_stream, steps_before(settings)
    lead, width = (warm_up, timesteps) if settings.carry_state else (0, settings.window)
    rows = rows if settings.carry_state else max(1, rows * timesteps // width)
    rng = np.random.default_rng((seed, FRESH))
    series = rule.generate(rng, past + rows * width)
    steps = past + np.arange(rows * width).reshape(rows, width)
    states = warm_states(settings, weights, series.inputs[steps[:, :1] + np.arange(-lead, 0)])
    return FreshData(
        inputs=series.inputs,
        targets=series.targets,
        target_probabilities=rule.target_probabilities(series.inputs),
        steps=steps,
        trace=forward(settings.network, dict(weights), rule.encode(series.inputs[steps]), states),
    )


def steps_before(settings: Settings) -> int:
    """Steps of a fresh series before the first one that counts: `MOST_PAST`, or whole strings."""
    whole = settings.stream_rule.begins_anew
    return -(-MOST_PAST // settings.window) * settings.window if whole else MOST_PAST


def warm_states(
    settings: Settings, weights: Weights, inputs: NDArray[Any]
) -> tuple[Floats, ...] | None:
    """The state after reading inputs (rows, timesteps) from zero; `None` if there are none."""
    if inputs.shape[1] == 0:
        return None
    read = settings.stream_rule.encode(inputs)
    return forward(settings.network, dict(weights), read).final_states


def read_fresh(
    settings: Settings, weights: Weights, *, rows: int, timesteps: int, seed: int = 0
) -> tuple[NDArray[Any], NDArray[Any], Trace]:
    """Inputs, their targets and the pass over them: a fresh series, or the first test samples.

    The same ones for all weights. For a series see `fresh_data`; states are warm after FEW_STEPS.
    """
    if isinstance(settings.data, StreamRule):
        data = fresh_data(
            settings, weights, rows=rows, timesteps=timesteps, warm_up=FEW_STEPS, seed=seed
        )
        return (
            settings.stream_rule.encode(data.inputs[data.steps]),
            data.targets[data.steps],
            data.trace,
        )
    samples = samples_of(settings)
    inputs, targets = samples.test_inputs[:N_SAMPLES], samples.test_targets[:N_SAMPLES, None]
    return inputs, targets, forward(settings.network, dict(weights), inputs)


def fresh_trace(settings: Settings, weights: Weights, n_samples: int = 100) -> Trace:
    """The pass over plenty of data that was not trained on: a series, or test samples."""
    if isinstance(settings.data, StreamRule):
        return fresh_data(settings, weights).trace
    samples = samples_of(settings)
    return forward(settings.network, dict(weights), samples.test_inputs[:n_samples])


def samples_of(settings: Settings) -> Samples:
    """All samples of these settings."""
    return settings.sample_rule.samples(settings.window)


def causes_of(settings: Settings) -> tuple[int, ...]:
    """The lags on which a target depends, in rising order; none if the rule does not state any."""
    rule = settings.data
    return rule.lags if isinstance(rule, LaggedRule) else ()
