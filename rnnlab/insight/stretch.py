"""A few time steps one after the other, with everything that a network computes in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.crowd import (
    FRESH,
    Floats,
    Weights,
    samples_of,
    warm_states,
)
from rnnlab.reference import Trace, forward
from rnnlab.rules import BitRule
from rnnlab.settings import Settings

WARM_UP = 200
MOST_CELLS = 2000
"""More cells than this make a picture slow, and unreadable for a screen reader."""

MOST_STEPS = 40


@dataclass(frozen=True, eq=False)
class Stretch:
    """One sequence as the network lives through it.

    `inputs` is (steps, features), `targets` and `predicted` are (steps,): the target and the
    probability of a 1, or numbers, with nothing (nan) at the steps that are not read. `truth` is
    the rule's own probability of a 1, if it is about bits. `layers` has for each layer, from
    below, every quantity of the cell by symbol, (steps, units). At the steps in `resets` (from 0)
    the state was zero.
    """

    inputs: Floats
    targets: Floats
    predicted: Floats
    truth: Floats | None
    layers: tuple[dict[str, Floats], ...]
    resets: tuple[int, ...]

    @property
    def n_steps(self) -> int:
        """How many time steps are shown."""
        return len(self.inputs)


def steps_shown(settings: Settings) -> int:
    """How many time steps a `stretch` of these settings has: as many as can be drawn well."""
    if not isinstance(settings.data, BitRule):
        return settings.shape[0]
    return min(MOST_STEPS, MOST_CELLS // (settings.units + 4))


def stretch(settings: Settings, weights: Weights, *, seed: int = 0, sample: int = 0) -> Stretch:
    """What the network does in a stretch of fresh bits (by `seed`), or with test sample `sample`.

    Bits are read from 200 steps before the stretch on, so that the state is warm; if the run does
    not carry its state, it is zero again after every window.
    """
    if isinstance(settings.data, BitRule):
        return _of_bits(settings, weights, seed)
    return _of_sample(settings, weights, sample)


def _of_bits(settings: Settings, weights: Weights, seed: int) -> Stretch:
    rule = settings.bit_rule
    n_steps = steps_shown(settings)
    width = n_steps if settings.carry_state else settings.window
    n_rows = -(-n_steps // width)  # rounded up: what is too much is cut off below
    rng = np.random.default_rng((seed, FRESH))
    series = rule.generate(rng, WARM_UP + n_rows * width)
    truth = rule.target_probabilities(series.inputs)
    shown = slice(WARM_UP, WARM_UP + n_steps)
    before = series.inputs[None, :WARM_UP] if settings.carry_state else np.zeros((1, 0))
    rows = series.inputs[WARM_UP:].reshape(n_rows, width, 1)
    trace = forward(settings.network, dict(weights), rows, warm_states(settings, weights, before))
    return Stretch(
        inputs=series.inputs[shown, None].astype(float),
        targets=series.targets[shown].astype(float),
        predicted=trace.predicted[..., 1].ravel()[:n_steps],
        truth=truth[shown],
        layers=_layers(trace, n_steps),
        resets=() if settings.carry_state else tuple(range(0, n_steps, width)),
    )


def _of_sample(settings: Settings, weights: Weights, sample: int) -> Stretch:
    samples = samples_of(settings)
    inputs = samples.test_inputs[sample]
    trace = forward(settings.network, dict(weights), inputs[None])
    n_steps = len(inputs)
    return Stretch(
        inputs=inputs,
        targets=_at_the_end(n_steps, samples.test_targets[sample]),
        predicted=_at_the_end(n_steps, trace.predicted[0, 0, 0]),
        truth=None,
        layers=_layers(trace, n_steps),
        resets=(0,),
    )


def _layers(trace: Trace, n_steps: int) -> tuple[dict[str, Floats], ...]:
    """Every quantity by symbol, the rows of the batch one after the other."""
    return tuple(
        {
            symbol: _in_a_row(np.stack([values[symbol] for values in layer.steps], axis=1))[
                :n_steps
            ]
            for symbol in layer.steps[0]
        }
        for layer in trace.layers
    )


def _in_a_row(values: NDArray[Any]) -> NDArray[Any]:
    return values.reshape(-1, values.shape[-1])


def _at_the_end(n_steps: int, value: float) -> Floats:
    values = np.full(n_steps, np.nan)
    values[-1] = value
    return values
