"""Where memory ends: how much the loss at a step depends on the inputs of earlier steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.crowd import (
    FRESH,
    MOST_PAST,
    WARM_UP,
    Floats,
    Weights,
    causes_of,
    samples_of,
    warm_states,
)
from rnnlab.reference import Trace, forward, last_step_input_gradient
from rnnlab.rules import BitRule
from rnnlab.settings import Settings

MOST_LAGS = 20
BEYOND_CAUSES = 5
N_WINDOWS = 100
N_SAMPLES = 100
N_FLIPPED = 25
NOTHING = 0.01
"""The share of the strongest that counts as the end of memory."""

FELT = 0.05
"""A change of a chance that is worth a word."""


@dataclass(frozen=True, eq=False)
class Memory:
    """How strongly the loss at a step depends on the input `lag` steps before, lags 0, 1, …

    `gradient` (lags,) is the mean of |d loss / d input| over many windows, summed over features.
    `flip` (lags,), for bits, is how far the predicted chance of a 1 moves on average when that one
    input is turned around: what a gradient, which asks for small changes, cannot see.
    """

    gradient: Floats
    flip: Floats | None = None

    @property
    def share(self) -> Floats:
        """The same as shares of their sum: comparable between a network that errs and one not."""
        total = self.gradient.sum()
        shares: Floats = self.gradient / total if total > 0 else np.zeros_like(self.gradient)
        return shares

    @property
    def strongest(self) -> int:
        """The lag on which the loss depends most."""
        return int(self.gradient.argmax())

    @property
    def end(self) -> int:
        """The largest lag at which it is at least a hundredth of the strongest."""
        return int(np.flatnonzero(self.gradient >= NOTHING * self.gradient.max())[-1])


def lags_shown(settings: Settings) -> int:
    """How many lags a `memory` of these settings has, lag 0 among them."""
    if not isinstance(settings.data, BitRule):
        return settings.shape[0]
    return 1 + max(MOST_LAGS, *(lag + BEYOND_CAUSES for lag in (0, *causes_of(settings))))


def memory(settings: Settings, weights: Weights, *, seed: int = 0) -> Memory:
    """The mean over windows of fresh bits, or over test samples.

    Windows go on from a warm state, and gradients are followed further back than in training. A
    run that does not carry its state sees nothing before its window, so there they are zero.
    """
    exact = {name: value.astype(float) for name, value in weights.items()}
    if not isinstance(settings.data, BitRule):
        samples = samples_of(settings)
        some_inputs, some_targets = (
            samples.test_inputs[:N_SAMPLES],
            samples.test_targets[:N_SAMPLES],
        )
        trace = forward(settings.network, exact, some_inputs)
        return Memory(_slopes(settings, exact, some_inputs, some_targets, trace))
    before, inputs, targets = _windows(settings, seed)
    states = warm_states(settings, exact, before)
    trace = forward(settings.network, exact, inputs, states)
    gradient = _padded(settings, _slopes(settings, exact, inputs, targets, trace))
    some = None if states is None else tuple(state[:N_FLIPPED] for state in states)
    flip = _flips(settings, weights, inputs[:N_FLIPPED], some, trace.predicted[:N_FLIPPED, -1, 1])
    return Memory(gradient, _padded(settings, flip[::-1]))


def flips_sentence(found: Memory) -> str:
    """Which input of the past, turned around, changes the answer most."""
    if found.flip is None:
        return "Only bits can be turned around."
    most = int(found.flip.argmax())
    felt = np.flatnonzero(found.flip >= FELT)
    if not felt.size:
        return (
            "Turn any one input around and the answer hardly changes: at most by "
            f"{found.flip[most]:.3f} ({_back(most)})."
        )
    return (
        f"Turn around the input {_back(most)} and the predicted chance moves by "
        f"{found.flip[most]:.2f} on average; no input more than {_steps(int(felt[-1]))} back "
        f"moves it by {FELT}."
    )


def memory_sentence(settings: Settings, found: Memory) -> str:
    """On which past the loss depends, and where that ends."""
    if not found.gradient.any():
        return "Nothing to see: the loss does not depend on any input."
    if len(found.gradient) == 1:
        return "The network reads everything in one time step, so there is no past to remember."
    most = (
        f"The loss at a step depends most on the input {_back(found.strongest)} "
        f"({found.share[found.strongest]:.0%} of all)"
    )
    end = found.end
    if end + 1 < len(found.gradient):
        rest = f"beyond {_steps(end)} the gradient is below a hundredth of that"
    else:
        rest = f"and even {_steps(end)} back it is more than a hundredth of that"
    missed = [lag for lag in causes_of(settings) if lag >= settings.window]
    if missed:
        return (
            f"{most}; {rest}. The cause {_back(missed[-1])} lies outside the windows of "
            f"{_steps(settings.window)} that it was trained on."
        )
    return f"{most}; {rest}."


def _slopes(
    settings: Settings,
    weights: Weights,
    inputs: NDArray[Any],
    targets: NDArray[Any],
    trace: Trace,
) -> Floats:
    """The mean size of the gradient by lag, lag 0 first."""
    slopes = last_step_input_gradient(settings.network, dict(weights), inputs, targets, trace)
    by_step: Floats = np.abs(slopes).sum(axis=2).mean(axis=0)
    return by_step[::-1]


def _flips(
    settings: Settings,
    weights: Weights,
    inputs: NDArray[np.uint8],
    states: tuple[Floats, ...] | None,
    predicted: Floats,
) -> Floats:
    """The mean change of the last step's chance of a 1 when input t is turned, (timesteps,)."""
    windows, timesteps, _ = inputs.shape
    turned = inputs ^ np.eye(timesteps, dtype=np.uint8)[:, None, :, None]  # (turned, windows, …)
    repeated = None if states is None else tuple(np.tile(state, (timesteps, 1)) for state in states)
    batch = turned.reshape(timesteps * windows, timesteps, 1)
    said = forward(settings.network, dict(weights), batch, repeated).predicted[:, -1, 1]
    moved: Floats = np.abs(said.reshape(timesteps, windows) - predicted).mean(axis=1)
    return moved


def _padded(settings: Settings, by_lag: Floats) -> Floats:
    """Zeros for the lags that a window does not reach."""
    values = np.zeros(lags_shown(settings))
    values[: len(by_lag)] = by_lag
    return values


def _windows(
    settings: Settings, seed: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Bits read before (windows, steps), then inputs (windows, steps, 1) and the last targets."""
    width = lags_shown(settings)
    if settings.carry_state:
        lead = WARM_UP
    else:
        width = min(width, settings.window)
        lead = settings.window - width  # so that the last step is a window's last
    rng = np.random.default_rng((seed, FRESH))
    n_bits = MOST_PAST + N_WINDOWS * width
    series = settings.bit_rule.generate(rng, n_bits)
    starts = MOST_PAST + width * np.arange(N_WINDOWS)[:, None]
    before, places = starts + np.arange(-lead, 0), starts + np.arange(width)
    return series.inputs[before], series.inputs[places][..., None], series.targets[places[:, -1]]


def _steps(n: int) -> str:
    return f"{n} step{'' if n == 1 else 's'}"


def _back(lag: int) -> str:
    return "just read" if lag == 0 else f"{_steps(lag)} back"
