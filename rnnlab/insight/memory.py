"""Where memory ends: how much the loss at a step depends on the inputs of earlier steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.fresh_data import (
    FRESH,
    N_SAMPLES,
    WARM_UP,
    Floats,
    Weights,
    causes_of,
    samples_of,
    steps_before,
    warm_states,
)
from rnnlab.reference import Trace, forward, last_step_input_gradient
from rnnlab.rules import BitRule, StreamRule
from rnnlab.settings import Settings

MOST_LAGS = 20
BEYOND_CAUSES = 5
N_WINDOWS = 100
N_FLIPPED = 25
FORGOTTEN = 0.01
"""The share of the strongest that counts as the end of memory."""

FELT = 0.05
"""A change of a probability that is worth a sentence."""


@dataclass(frozen=True, eq=False)
class Memory:
    """How strongly the loss at a step depends on the input `lag` steps before, lags 0, 1, …

    `gradient` (lags,) is the mean of |d loss / d input| over many windows, summed over features.
    `flip` (lags,), for bits, is how far the predicted probability of a 1 moves on average when that
    one input is turned around: what a gradient, which asks for small changes, cannot see.
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
        return int(np.flatnonzero(self.gradient >= FORGOTTEN * self.gradient.max())[-1])


def n_lags(settings: Settings) -> int:
    """How many lags a `memory` of these settings has, lag 0 among them."""
    if not isinstance(settings.data, StreamRule):
        return settings.shape[0]
    return 1 + max(MOST_LAGS, *(lag + BEYOND_CAUSES for lag in (0, *causes_of(settings))))


def memory(settings: Settings, weights: Weights, *, seed: int = 0) -> Memory:
    """The mean over windows of a fresh series, or over test samples.

    Windows go on from a warm state, and gradients are followed further back than in training. A
    run that does not carry its state sees nothing before its window, so there they are zero.
    """
    exact = {name: value.astype(float) for name, value in weights.items()}
    if not isinstance(settings.data, StreamRule):
        samples = samples_of(settings)
        tests = samples.test_inputs[:N_SAMPLES], samples.test_targets[:N_SAMPLES]
        trace = forward(settings.network, exact, tests[0])
        return Memory(_gradients(settings, exact, *tests, trace))
    warm_up, inputs, targets = windows_of_series(settings, seed)
    states = warm_states(settings, exact, warm_up)
    trace = forward(settings.network, exact, inputs, states)
    gradient = _padded(settings, _gradients(settings, exact, inputs, targets, trace))
    if not isinstance(settings.data, BitRule):
        return Memory(gradient)
    if states is not None:
        states = tuple(state[:N_FLIPPED] for state in states)
    predicted = trace.predicted[:N_FLIPPED, -1, 1]
    flip = _flips(settings, weights, inputs[:N_FLIPPED], states, predicted)
    return Memory(gradient, _padded(settings, flip[::-1]))


def windows_of_series(
    settings: Settings, seed: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Inputs to warm up (windows, steps), then (windows, steps, features), and the last targets."""
    width, first = n_lags(settings), steps_before(settings)
    if settings.carry_state:
        lead, apart = WARM_UP, width
    else:
        width = min(width, settings.window)
        lead = settings.window - width  # so that the last step is a window's last
        first, apart = first + lead, settings.window
    rng = np.random.default_rng((seed, FRESH))
    rule = settings.fresh_stream
    series = rule.generate(rng, first + N_WINDOWS * apart)
    starts = first + apart * np.arange(N_WINDOWS)[:, None]
    warm_up, steps = starts + np.arange(-lead, 0), starts + np.arange(width)
    return series.inputs[warm_up], rule.encode(series.inputs[steps]), series.targets[steps[:, -1]]


def read_turned(
    settings: Settings,
    weights: Weights,
    inputs: NDArray[np.uint8],
    states: tuple[Floats, ...] | None,
) -> Trace:
    """The pass over windows in each of which one input is turned around.

    Of (windows, timesteps, 1) bits its batch is timesteps x windows: those with the first input
    turned come first.
    """
    windows, timesteps, _ = inputs.shape
    turned = inputs ^ np.eye(timesteps, dtype=np.uint8)[:, None, :, None]  # (turned, windows, …)
    repeated = None if states is None else tuple(np.tile(state, (timesteps, 1)) for state in states)
    batch = turned.reshape(timesteps * windows, timesteps, 1)
    return forward(settings.network, dict(weights), batch, repeated)


def flips_sentence(memory: Memory) -> str:
    """Which input of the past, turned around, changes the answer most."""
    if memory.flip is None:
        return "Only bits can be turned around."
    most = int(memory.flip.argmax())
    felt = np.flatnonzero(memory.flip >= FELT)
    if not felt.size:
        return (
            "Turn any single input around and the answer hardly changes: by "
            f"{memory.flip[most]:.3f} at most ({_back(most)})."
        )
    return (
        f"Turn around the input {_back(most)}, and the predicted chance moves by "
        f"{memory.flip[most]:.2f} on average. An input more than {_steps(int(felt[-1]))} back "
        f"moves it by less than {FELT}."
    )


def memory_sentence(settings: Settings, memory: Memory) -> str:
    """On which past the loss depends, and where that ends."""
    if not memory.gradient.any():
        return "Nothing to see: the loss does not depend on any input."
    if len(memory.gradient) == 1:
        return "The network reads everything in one time step, so there is no past to remember."
    most = (
        f"The loss at a step depends most on the input {_back(memory.strongest)} "
        f"({memory.share[memory.strongest]:.0%} of all)"
    )
    end = memory.end
    if end + 1 < len(memory.gradient):
        rest = f"more than {_steps(end)} back, less than a hundredth of that is left"
    else:
        rest = f"even {_steps(end)} back, more than a hundredth of that is left"
    missed = [lag for lag in causes_of(settings) if lag >= settings.window]
    if missed:
        return (
            f"{most}; {rest}. It was trained on windows of {_steps(settings.window)}, and the "
            f"cause {_back(missed[-1])} lies outside of them."
        )
    return f"{most}; {rest}."


def _gradients(
    settings: Settings,
    weights: Weights,
    inputs: NDArray[Any],
    targets: NDArray[Any],
    trace: Trace,
) -> Floats:
    """The mean size of the gradient by lag, lag 0 first."""
    gradients = last_step_input_gradient(settings.network, dict(weights), inputs, targets, trace)
    by_step: Floats = np.abs(gradients).sum(axis=2).mean(axis=0)
    return by_step[::-1]


def _flips(
    settings: Settings,
    weights: Weights,
    inputs: NDArray[np.uint8],
    states: tuple[Floats, ...] | None,
    predicted: Floats,
) -> Floats:
    """The mean change of the last step's P(1) when input t is turned, (timesteps,)."""
    flipped = read_turned(settings, weights, inputs, states).predicted[:, -1, 1]
    changes: Floats = np.abs(flipped.reshape(-1, len(inputs)) - predicted).mean(axis=1)
    return changes


def _padded(settings: Settings, by_lag: Floats) -> Floats:
    """Zeros for the lags that a window does not reach."""
    values = np.zeros(n_lags(settings))
    values[: len(by_lag)] = by_lag
    return values


def _steps(n: int) -> str:
    return f"{n} step{'' if n == 1 else 's'}"


def _back(lag: int) -> str:
    return "just read" if lag == 0 else f"{_steps(lag)} back"
