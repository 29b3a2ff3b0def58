"""The gradient on its way back through time, and its length while the network learns.

Hochreiter (1991), Bengio, Simard & Frasconi (1994) and Pascanu, Mikolov & Bengio (2013, arXiv
1211.5063): each step back multiplies the gradient of the state by the transposed recurrent kernel
and by the slopes of the activation. Where the kernel is a rotation times a gain and there is no
activation, its length is multiplied by the gain, exactly; slopes of at most 1 only take from it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.fresh_data import (
    N_SAMPLES,
    Floats,
    Weights,
    read_fresh,
    samples_of,
    warm_states,
)
from rnnlab.insight.memory import windows_of_series
from rnnlab.network import layer_weights
from rnnlab.reference import Trace, forward, gradients
from rnnlab.reference.losses import output_gradients
from rnnlab.rules import StreamRule
from rnnlab.settings import Settings

FADED = 1e-7
"""What is left of a gradient when nobody can tell it from nothing."""

MOST_ROWS = 100
FEWEST_MOMENTS, MOST_MOMENTS, STEPS_OF_ALL = 8, 25, 2500
"""Moments at which its length is measured: fewer where windows are long and layers many."""


@dataclass(frozen=True, eq=False)
class GradientBack:
    """How much is left k steps back, k = 0, 1, …, (lags,), of the gradient at a window's end.

    `left` is the mean length of the gradient of the last answer's loss by the state of the topmost
    layer, as a share of that by the state that gave the answer; zeros where there is none.
    """

    left: Floats

    @property
    def factor(self) -> float:
        """By what one step back multiplies it on average, as far as anything is left."""
        end = int(np.flatnonzero(self.left > FADED)[-1]) if (self.left > FADED).any() else 0
        return float(self.left[end] ** (1 / end)) if end else 0.0


def gradient_back(settings: Settings, weights: Weights, *, seed: int = 0) -> GradientBack:
    """Over windows of a fresh series, whose states are warm, or over test samples."""
    exact = {name: value.astype(float) for name, value in weights.items()}
    inputs, targets, states = _windows(settings, exact, seed)
    trace = forward(settings.network, exact, inputs, states)
    lengths = _lengths(settings, exact, inputs, targets, trace)
    return GradientBack(lengths / lengths[0] if lengths[0] > 0 else lengths)


def gradient_lengths(
    settings: Settings, weights_by_update: Mapping[int, Weights]
) -> dict[int, float]:
    """The length of the whole gradient by the number of updates done, at some of these moments.

    Of the mean loss on windows that the network has not learnt from, as long as those of training.
    """
    updates = list(weights_by_update)
    affordable = STEPS_OF_ALL // (settings.shape[0] * settings.layers)
    n_moments = min(len(updates), MOST_MOMENTS, max(FEWEST_MOMENTS, affordable))
    places = np.linspace(0, len(updates) - 1, n_moments).round().astype(int)
    return {
        updates[k]: _length(settings, weights_by_update[updates[k]]) for k in dict.fromkeys(places)
    }


def gradient_back_sentence(settings: Settings, first: GradientBack, now: GradientBack) -> str:
    """By what a step back multiplies it, and what gain and activation have to do with that."""
    if not now.left.any():
        return "There is no gradient here: the answers do not depend on the state."
    end = min(10, len(now.left) - 1)
    sentence = (
        f"Each step back multiplies the gradient by {now.factor:.2f} on average: "
        f"{_percent(now.left[end])} of it is left {end} step{'s' * (end > 1)} back "
        f"(first weights: {first.factor:.2f}, {_percent(first.left[end])})."
    )
    if settings.cell != "simple_rnn":
        return f"{sentence} Gates let through more of it, or less, from step to step."
    if settings.activation == "linear":
        return (
            f"{sentence} The first line is straight: without an activation each step multiplies "
            f"by the gain, {settings.gain:g}, exactly."
        )
    return (
        f"{sentence} The dashed line is the gain, {settings.gain:g}, at each step: the first "
        f"weights stay below it, for the slope of {settings.activation} is at most 1."
    )


def gradient_lengths_sentence(settings: Settings, lengths: Mapping[int, float]) -> str:
    """Where the gradient was longest, and how long it is at the end."""
    known = {step: length for step, length in lengths.items() if math.isfinite(length)}
    if not known:
        return "The gradient is no longer a number: the weights have grown without end."
    longest, last = max(known, key=known.__getitem__), max(known)
    sentence = (
        f"The gradient is longest after {longest:,} updates, {known[longest]:.2g}, and "
        f"{known[last]:.2g} after {last:,}."
    )
    if settings.clip > 0:
        above = sum(length > settings.clip for length in known.values())
        return (
            f"{sentence} Above the dashed line it is clipped: here that is so at {above} of "
            f"{len(known)} moments."
        )
    return f"{sentence} A sudden peak is where one update moves the weights too far."


def _windows(
    settings: Settings, weights: Weights, seed: int
) -> tuple[NDArray[Any], NDArray[Any], tuple[Floats, ...] | None]:
    """Inputs, the target of each last answer, and the states to begin with."""
    if isinstance(settings.data, StreamRule):
        before, inputs, targets = windows_of_series(settings, seed)
        return inputs, targets, warm_states(settings, weights, before)
    samples = samples_of(settings)
    return samples.test_inputs[:N_SAMPLES], samples.test_targets[:N_SAMPLES], None


def _lengths(
    settings: Settings, weights: Weights, inputs: NDArray[Any], targets: NDArray[Any], trace: Trace
) -> Floats:
    """The mean length, over rows, of the gradient by the top layer's state, lag 0 first."""
    network, top = settings.network, trace.layers[-1]
    own = layer_weights(weights, network.layers)
    read = trace.layers[-2].outputs if network.layers > 1 else inputs.astype(float)
    d_answer = output_gradients(network, trace.predicted[:, -1:], targets.reshape(-1, 1))[:, 0]
    gradient = np.zeros_like(top.final_state)
    gradient[:, : network.units] = d_answer @ weights["dense_kernel"].T
    lengths = [np.linalg.norm(gradient, axis=1).mean()]
    for t in reversed(range(1, inputs.shape[1])):
        _, _, gradient = network.cell_type.step_back(
            own, read[:, t], top.states[t], top.steps[t], gradient, network.activation
        )
        lengths.append(np.linalg.norm(gradient, axis=1).mean())
    return np.array(lengths)


def _length(settings: Settings, weights: Weights) -> float:
    exact = {name: value.astype(float) for name, value in weights.items()}
    inputs, targets, trace = read_fresh(
        settings, exact, rows=min(MOST_ROWS, settings.rows), timesteps=settings.window
    )
    with np.errstate(over="ignore", invalid="ignore"):
        slopes = gradients(settings.network, exact, inputs, targets, trace)
        return math.sqrt(sum(float(np.square(slope).sum()) for slope in slopes.values()))


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "less than 1%"
