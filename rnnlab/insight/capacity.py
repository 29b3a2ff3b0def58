"""Memory capacity: how many of the inputs it has read can be read back off the state in a line.

Jaeger, "Short term memory in echo state networks" (2001, GMD report 152): the sum over k of R² of
the best linear reading of x[t - k] off the state at step t, where the inputs x are drawn
independently. It is at most the number of units, whatever the network (his proposition 2); for a
linear network it is the rank of the states that the input can reach, exactly.

Ballarin, Grigoryeva & Ortega (2023, arXiv 2305.01457) show how careless numerics break the bound:
inverted covariances are lost to rounding, and readings judged on what they were fitted to count
chance as memory. Here readings are fitted without squaring anything, and judged on rows held out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.fresh_data import FRESH, Floats, Weights, samples_of
from rnnlab.network import layer_weights
from rnnlab.reference import forward
from rnnlab.rules import BitRule
from rnnlab.settings import Settings

ROWS, LEAD, STEPS = 16, 100, 750
"""Rows that are read, steps before those that count, and steps that count. With more rows at once
NumPy spreads small products over cores, which takes longer."""

AT_ONCE = 100
"""Steps of a pass: what happened in all of them at once would take too much memory."""

FEWEST_LAGS, MOST_LAGS = 21, LEAD
KEPT, FADED = 0.9, 0.1
"""R² from which on an input counts as kept, and below which as gone."""

GROWN = 1e12
"""Beside a state of this size what an input adds is lost to rounding."""

REACHED = 1e-8
"""A direction that is shorter than this, of one of length 1, is rounding."""


@dataclass(frozen=True, eq=False)
class Capacity:
    """What can be read off the state: R² of the input k steps back, k = 0, 1, …, (lags,).

    Summed over the features of an input. `most` is how many numbers the state has. A state that
    `grows` without end cannot be read: then every R² is 0.
    """

    by_lag: Floats
    most: int
    grows: bool = False

    @property
    def total(self) -> float:
        """The capacity that the lags shown hold: how many inputs, all told."""
        return float(self.by_lag.sum())


def n_lags(settings: Settings) -> int:
    """How many lags are asked for: twice as many as there are units, within limits."""
    return min(MOST_LAGS, max(FEWEST_LAGS, 2 * settings.units + 1))


def capacity(settings: Settings, weights: Weights, layer: int = 1, *, seed: int = 0) -> Capacity:
    """The capacity of what a layer (from 1) hands on: its outputs, one a unit.

    It reads inputs drawn independently, as long as the series lasts, without being set back:
    coin flips, or numbers spread evenly over the range of those it is tested on.
    """
    inputs = _independent_inputs(settings, np.random.default_rng((seed, FRESH)))
    states = _outputs(settings, weights, layer, inputs)
    if not (np.abs(states) < GROWN).all():
        return Capacity(np.zeros(n_lags(settings)), settings.units, grows=True)
    half = ROWS // 2
    past = [inputs[:, LEAD - lag : LEAD - lag + STEPS] for lag in range(n_lags(settings))]
    targets = np.concatenate(past, axis=2)  # (rows, steps, lags x features)
    shares = held_out_r2(states[:half], targets[:half], states[half:], targets[half:])
    by_lag = np.maximum(shares, 0).reshape(n_lags(settings), -1).sum(axis=1)
    return Capacity(by_lag, settings.units)


def held_out_r2(
    states: Floats, targets: Floats, held_states: Floats, held_targets: Floats
) -> Floats:
    """R² of each target read linearly off the states: fitted on the first, judged on the others.

    All are (rows, steps, numbers). What is no better than a constant has R² of 0 or less.
    """
    x, y, held_x, held_y = (
        values.reshape(-1, values.shape[-1]).astype(float)
        for values in (states, targets, held_states, held_targets)
    )
    middle, spread, constant = x.mean(axis=0), x.std(axis=0), y.mean(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    # By its singular values: the covariance would square what separates large ones from small.
    reading = np.linalg.lstsq((x - middle) / scale, y - constant, rcond=None)[0]
    wrong = held_y - constant - (held_x - middle) / scale @ reading
    r2: Floats = 1 - np.square(wrong).sum(axis=0) / np.square(held_y - constant).sum(axis=0)
    return r2


def reachable(kernel: Floats, recurrent_kernel: Floats) -> int:
    """Along how many directions inputs can move the state of a linear network: its rank.

    That of kernel, kernel U, kernel U², … (Kalman 1960), found by making each new direction
    orthogonal to those before it, at length 1, so that none fades with the powers of U.
    """
    directions: list[Floats] = []
    waiting = [row.astype(float) for row in kernel]
    while waiting:
        direction = waiting.pop(0)
        length = float(np.linalg.norm(direction))
        for _ in range(2):  # once more, for what rounding has left
            for other in directions:
                direction = direction - (direction @ other) * other
        if length > 0 and np.linalg.norm(direction) > REACHED * length:
            directions.append(direction / np.linalg.norm(direction))
            waiting.append(directions[-1] @ recurrent_kernel.astype(float))
    return len(directions)


def rank_of(settings: Settings, weights: Weights) -> int | None:
    """What the capacity must come to over all lags, where theory says it: one linear layer."""
    if settings.cell != "simple_rnn" or settings.activation != "linear" or settings.layers > 1:
        return None
    own = layer_weights(weights, 1)
    return reachable(own["kernel"], own["recurrent_kernel"])


def capacity_sentence(capacity: Capacity, rank: int | None = None) -> str:
    """How many inputs the state holds, how far back, and what theory says."""
    if capacity.grows:
        return "Nothing can be read: the state of this network grows without end."
    most = capacity.most
    of_units = f"{most} units, and {most} is the most that is possible"
    total = (
        f"Add up the bars: {capacity.total:.2f} past inputs can be read off its {of_units}."
        if most > 1
        else f"Add up the bars: {capacity.total:.2f} past inputs can be read off its one unit, "
        "and 1 is the most that is possible."
    )
    sentence = f"{total} {_how_far(capacity)}"
    if rank is None:
        return sentence
    rest = rank - capacity.total
    held = "The bars hold all of it." if rest < 0.05 * rank else "The rest lies further back."
    return (
        f"{sentence} A linear network must come to exactly {rank} over all lags, one for each "
        f"direction in which inputs move its state. {held}"
    )


def _how_far(capacity: Capacity) -> str:
    kept = int(np.argmin(np.append(capacity.by_lag, 0) >= KEPT))
    seen = np.flatnonzero(capacity.by_lag >= FADED)
    if not seen.size:
        return "None of them can be read to more than a tenth."
    last = "the one just read" if seen[-1] == 0 else f"the one {seen[-1]} back"
    if kept == 0:
        return f"None is kept whole; the last of which a tenth is left is {last}."
    whole = "The newest is kept" if kept == 1 else f"The newest {kept} are kept"
    return f"{whole} almost whole; the last of which a tenth is left is {last}."


def _independent_inputs(settings: Settings, rng: np.random.Generator) -> Floats:
    """(rows, steps, features), the steps that lead up to those that count first."""
    shape = ROWS, LEAD + STEPS, settings.shape[1]
    if isinstance(settings.data, BitRule):
        return rng.integers(2, size=shape).astype(float)
    tests = samples_of(settings).test_inputs
    low, high = tests.min(axis=(0, 1)), tests.max(axis=(0, 1))
    return rng.uniform(low, high, shape)


def _outputs(settings: Settings, weights: Weights, layer: int, inputs: NDArray[Any]) -> Floats:
    """What the layer's units say at the steps that count, (rows, steps, units)."""
    exact = {name: value.astype(float) for name, value in weights.items()}
    states, outputs = None, []
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, inputs.shape[1], AT_ONCE):
            read = inputs[:, start : start + AT_ONCE]
            trace = forward(settings.network, exact, read, states)
            states = trace.final_states
            outputs.append(trace.layers[layer - 1].outputs)
    return np.concatenate(outputs, axis=1)[:, LEAD:]
