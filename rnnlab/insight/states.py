"""What the units and gates of a network do: step by step in an excerpt, and over much data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells import cell
from rnnlab.insight.fresh_data import (
    FRESH,
    Floats,
    FreshData,
    Weights,
    causes_of,
    fresh_data,
    fresh_trace,
    samples_of,
    steps_before,
    warm_states,
)
from rnnlab.insight.letters import steps_shown
from rnnlab.reference import Trace, forward
from rnnlab.rules import BitRule, StreamRule, SymbolRule
from rnnlab.settings import Settings

WARM_UP = 200
MOST_CELLS = 2000
"""More cells than this make a picture slow, and unreadable for a screen reader."""

MOST_STEPS = 40
MOST_LAGS = 20
SATURATED = 0.95
CLEAR = 0.3
"""A correlation that an eye can see in a picture of forty steps."""

ONE_DIRECTION = (
    "This network has two of each layer. Shown is the one that reads on from the first step; the "
    "other reads back from the last."
)


@dataclass(frozen=True, eq=False)
class LetterSteps:
    """The letters that come in and are asked for at each step; `predicted` (steps, answers)."""

    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    predicted: Floats


@dataclass(frozen=True, eq=False)
class Excerpt:
    """A few time steps one after the other, with everything that a network computes in them.

    `inputs` is (steps, features), `targets` and `predicted` are (steps,): the target and the
    probability of a 1, or numbers, with nothing (nan) at the steps that are not read.
    `target_probabilities` are the rule's own of a 1, if it is about bits. Of letters `targets` are
    numbers, both probabilities are those of the target, and `letters` has the rest. `layers` has
    for each layer, from below, every quantity of the cell by symbol, (steps, units). At the steps
    in `resets` (from 0) the state was zero.
    """

    inputs: Floats
    targets: Floats
    predicted: Floats
    target_probabilities: Floats | None
    layers: tuple[dict[str, Floats], ...]
    resets: tuple[int, ...]
    letters: LetterSteps | None = None

    @property
    def n_steps(self) -> int:
        """How many time steps there are."""
        return len(self.inputs)


def excerpt_length(settings: Settings) -> int:
    """How many time steps an excerpt of these settings has: as many as can be drawn well."""
    if not isinstance(settings.data, StreamRule):
        return settings.shape[0]
    most = steps_shown(settings) if isinstance(settings.data, SymbolRule) else MOST_STEPS
    return min(most, MOST_CELLS // (settings.units + 4))


def excerpt_of(
    settings: Settings,
    weights: Weights,
    *,
    seed: int = 0,
    sample: int = 0,
    n_steps: int = MOST_STEPS,
    warm_up: int = WARM_UP,
) -> Excerpt:
    """What the network does in an excerpt of a fresh series (by `seed`), or in a test sample.

    A series is read from `warm_up` steps (at most 200) before the excerpt on, so that the state is
    warm; if the run does not carry its state, it is zero again after every window. Of the excerpt
    there are the first `n_steps` if there are more.
    """
    if isinstance(settings.data, StreamRule):
        return _excerpt_of_series(settings, weights, seed, n_steps, warm_up)
    samples = samples_of(settings)
    inputs = samples.test_inputs[sample]
    trace = forward(settings.network, dict(weights), inputs[None])
    n_steps = len(inputs)
    return Excerpt(
        inputs=inputs,
        targets=_at_the_end(n_steps, samples.test_targets[sample]),
        predicted=_at_the_end(n_steps, trace.predicted[0, 0, 0]),
        target_probabilities=None,
        layers=_layers(trace, n_steps),
        resets=(0,),
    )


def input_correlations(data: FreshData, layer: int = 1, lags: int = MOST_LAGS) -> Floats:
    """How each unit of `layer` (from 1) goes with the inputs of the past, (lags + 1, units).

    Its output's correlation with the input `lag` steps ago, over all steps; 0 for a dead unit.
    """
    outputs = _standardized(data.trace.layers[layer - 1].outputs.reshape(data.steps.size, -1))
    inputs = np.stack([data.lagged_inputs(lag).ravel() for lag in range(lags + 1)], axis=1)
    correlations: Floats = _standardized(inputs.astype(float)).T @ outputs / data.steps.size
    return correlations


def states_sentence(
    settings: Settings, weights: Weights, excerpt: Excerpt, layer: int = 1, symbol: str = "h"
) -> str:
    """Where to look in the picture of the states, with this network's own numbers."""
    values = np.abs(excerpt.layers[layer - 1][symbol])
    if isinstance(settings.data, SymbolRule):
        return _letters_sentence(settings, fresh_data(settings, weights, rows=20), layer)
    if not isinstance(settings.data, BitRule):
        return (
            f"Watch the units while the numbers come in: at the last step they are "
            f"{values[-1].mean():.2f} away from zero on average, and "
            f"{np.count_nonzero(values[-1] > SATURATED)} of {values.shape[1]} are beyond "
            f"±{SATURATED}."
        )
    lags = max([MOST_LAGS, *causes_of(settings)])
    correlations = input_correlations(fresh_data(settings, weights, rows=20), layer, lags)
    lag, unit = np.unravel_index(int(np.abs(correlations).argmax()), correlations.shape)
    strength = float(correlations[lag, unit])
    ago = "this very step" if lag == 0 else f"{lag} step{'s' if lag > 1 else ''} ago"
    if abs(strength) < CLEAR:
        return (
            f"Look for a unit that repeats an input: none does so clearly. The nearest is unit "
            f"{unit + 1}, with the input of {ago} (correlation {strength:+.2f})."
        )
    same = "goes with" if strength > 0 else "is the opposite of"
    return (
        f"Follow unit {unit + 1} of layer {layer}: it {same} the input of {ago} (correlation "
        f"{strength:+.2f}), more closely than any other unit."
    )


def _letters_sentence(settings: Settings, data: FreshData, layer: int) -> str:
    """Which unit goes most closely with which letter, and how many steps ago that came."""
    outputs = _standardized(data.trace.layers[layer - 1].outputs.reshape(data.steps.size, -1))
    letters = settings.symbol_rule.letters
    past = np.array([data.lagged_inputs(lag).ravel() for lag in range(MOST_LAGS + 1)])
    came = _standardized((past.T[..., None] == np.arange(len(letters))).astype(float))
    correlations = np.einsum("tlk,tu->lku", came, outputs) / data.steps.size
    lag, letter, unit = np.unravel_index(int(np.abs(correlations).argmax()), correlations.shape)
    strength = float(correlations[lag, letter, unit])
    ago = "just now" if lag == 0 else f"{lag} step{'s' if lag > 1 else ''} ago"
    return (
        f"Follow unit {unit + 1} of layer {layer}: it goes more closely with “{letters[letter]} "
        f"came in {ago}” than any other with any letter (correlation {strength:+.2f}). What must "
        "be kept for long is seen in units that stay as they are for many steps."
    )


def quantities(cell_name: str) -> tuple[str, ...]:
    """The symbols of everything the cell computes, its output first."""
    return tuple(reversed(tuple(cell(cell_name).equations)))


def gates(cell_name: str) -> tuple[str, ...]:
    """The symbols of the cell's gates: whatever is squashed between 0 (shut) and 1 (open)."""
    equations = cell(cell_name).equations
    return tuple(symbol for symbol, formula in equations.items() if r"\sigma" in formula)


def gate_means(settings: Settings, weights: Weights, layer: int = 1) -> Mapping[str, Floats]:
    """Each unit's mean over much data, (units,), by the symbol of the gate; `layer` from 1."""
    if not gates(settings.cell):
        return {}
    steps = fresh_trace(settings, weights).layers[layer - 1].steps
    return {
        symbol: np.mean([values[symbol].mean(axis=0) for values in steps], axis=0)
        for symbol in gates(settings.cell)
    }


def gates_sentence(settings: Settings, means: Mapping[str, Floats]) -> str:
    """Which gate to look at, with its mean in this network."""
    if not means:
        return (
            f"A {cell(settings.cell).title} has no gates: every step rewrites its whole state. "
            "Take an LSTM or a GRU to see some."
        )
    overall = {symbol: float(values.mean()) for symbol, values in means.items()}
    most, least = max(overall, key=overall.__getitem__), min(overall, key=overall.__getitem__)
    wide = int(means[most].argmax())
    if most == least:
        return f"Look at gate {most}: it is {overall[most]:.2f} open on average."
    return (
        f"Look at gate {most}: it is the most open one, {overall[most]:.2f} on average and "
        f"{means[most][wide]:.2f} in unit {wide + 1}. Gate {least} is the least open one, "
        f"{overall[least]:.2f}."
    )


def _excerpt_of_series(
    settings: Settings, weights: Weights, seed: int, n_steps: int, warm_up: int
) -> Excerpt:
    rule, first = settings.fresh_stream, steps_before(settings)
    longest = excerpt_length(settings)
    n_steps = min(n_steps, longest)
    rng = np.random.default_rng((seed, FRESH))
    series = rule.generate(rng, first + longest + settings.window)
    probabilities = rule.target_probabilities(series.inputs)
    steps = slice(first, first + n_steps)
    before = series.inputs[None, first - warm_up : first]
    states = warm_states(settings, weights, before if settings.carry_state else np.zeros((1, 0)))
    width = n_steps if settings.carry_state else settings.window
    n_rows = -(-n_steps // width)  # rounded up: what is too much is cut off below
    rows = series.inputs[first : first + n_rows * width].reshape(n_rows, width)
    trace = forward(settings.network, dict(weights), rule.encode(rows), states)
    targets = series.targets[steps]
    of_answers = trace.predicted.reshape(-1, rule.n_answers)[:n_steps]
    predicted: Floats = of_answers[:, -1]
    true: Floats = probabilities[steps]
    letters: LetterSteps | None = None
    if isinstance(rule, SymbolRule):
        came = tuple(rule.letters[k] for k in series.inputs[steps])
        letters = LetterSteps(came, tuple(rule.answers[k] for k in targets), of_answers)
        predicted, true = (
            np.take_along_axis(p, targets[:, None], 1)[:, 0] for p in (of_answers, true)
        )
    return Excerpt(
        inputs=rule.encode(series.inputs[steps]).astype(float),
        targets=targets.astype(float),
        predicted=predicted,
        target_probabilities=true,
        layers=_layers(trace, n_steps),
        resets=() if settings.carry_state else tuple(range(0, n_steps, width)),
        letters=letters,
    )


def _layers(trace: Trace, n_steps: int) -> tuple[dict[str, Floats], ...]:
    """Every quantity by symbol, (steps, units), the rows of the batch one after the other."""

    def in_a_row(values: list[NDArray[Any]]) -> NDArray[Any]:
        by_row = np.stack(values, axis=1)  # (rows, timesteps, units)
        return by_row.reshape(-1, by_row.shape[-1])[:n_steps]

    return tuple(
        {symbol: in_a_row([step[symbol] for step in layer.steps]) for symbol in layer.steps[0]}
        for layer in trace.layers
    )


def _at_the_end(n_steps: int, value: float) -> Floats:
    values = np.full(n_steps, np.nan)
    values[-1] = value
    return values


def _standardized(columns: Floats) -> Floats:
    """Columns of mean 0 and variance 1; constant ones are 0."""
    centred = columns - columns.mean(axis=0)
    spread = centred.std(axis=0)
    scaled: Floats = np.where(spread > 1e-6, centred / np.maximum(spread, 1e-6), 0.0)
    return scaled
