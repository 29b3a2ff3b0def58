"""What a network predicts of fresh data: one step ahead, going on alone, sample by sample.

The answers to single samples stand beside how far the read-out can go at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.errors import SettingError
from rnnlab.insight.fresh_data import Floats, Weights, samples_of
from rnnlab.insight.states import SATURATED
from rnnlab.network import Network, layer_weights
from rnnlab.reference import forward, read
from rnnlab.rules.series import SeriesRule
from rnnlab.settings import Settings

MOST_POINTS = 1000
AT_ONCE = 100
"""Windows in a batch: with more, NumPy spreads tiny products over cores, which takes longer."""

MOST_ANSWERS = 10
MOSTLY = 0.5
"""The share of saturated units from which on tanh is what limits an answer."""

TOLERANCE = 0.001
"""Share of a target: an answer that is nearer than this is right."""


@dataclass(frozen=True, eq=False)
class OneStepAhead:
    """The first test values and the network's predictions, each from the real values before it.

    `real` and `predicted` are (points,), in the units of the series. `error` is the root mean
    squared error over them, `baselines` those of simpler ways to predict, by label, over the same
    values. The whole test has `n_test`.
    """

    real: Floats
    predicted: Floats
    error: float
    baselines: dict[str, float]
    n_test: int


@dataclass(frozen=True, eq=False)
class Forecast:
    """What the network predicts when it reads its own predictions instead of the series.

    `real` and `predicted` are (points,), in the units of the series; `error` is the root mean
    squared error. `amplitude` is half the range of the real values, and `lost` the first step
    (from 1) that is wrong by more than half of it; `None` if none is.
    """

    real: Floats
    predicted: Floats
    error: float
    amplitude: float
    lost: int | None


@dataclass(frozen=True, eq=False)
class Answers:
    """The network's answers to the first test samples.

    `targets` and `predicted` are (samples,), `last` (samples, units) the outputs of the top layer
    after the last step. `low` and `high` are the least and the most that the read-out can give
    while every unit lies between -1 and 1: its bias, minus and plus the sum of its weights' sizes.
    """

    targets: Floats
    predicted: Floats
    last: Floats
    low: float
    high: float
    bounded: bool

    @property
    def worst(self) -> int:
        """The sample (from 0) whose answer is furthest from its target."""
        return int(np.abs(self.predicted - self.targets).argmax())

    @property
    def fullness(self) -> Floats:
        """How far the units are from zero on average, for each sample."""
        mean: Floats = np.abs(self.last).mean(axis=1)
        return mean

    @property
    def saturated(self) -> Floats:
        """The share of units beyond 0.95 on either side, for each sample."""
        share: Floats = (np.abs(self.last) > SATURATED).mean(axis=1)
        return share


def one_step_ahead(settings: Settings, weights: Weights, points: int = MOST_POINTS) -> OneStepAhead:
    """Each of the first `points` test values from the real ones before it; of a `SeriesRule`."""
    rule, samples = settings.sample_rule, samples_of(settings)
    if not isinstance(rule, SeriesRule):
        raise SettingError(f"The rule '{rule.name}' has no series that goes on.")
    inputs, targets = samples.test_inputs[:points], samples.test_targets[:points]
    batches = (inputs[start : start + AT_ONCE] for start in range(0, len(inputs), AT_ONCE))
    outputs = [
        forward(settings.network, dict(weights), batch).predicted[:, 0, 0] for batch in batches
    ]
    real = targets * rule.scale + rule.centre
    predicted = np.concatenate(outputs) * rule.scale + rule.centre
    simple = rule.simple_predictions(settings.window)
    errors = {label: _root_mean_square(way[:points] - targets) for label, way in simple.items()}
    worst_first = sorted(errors.items(), key=lambda error: -error[1])
    return OneStepAhead(
        real=real,
        predicted=predicted,
        error=_root_mean_square(predicted - real),
        baselines={label: rule.scale * error for label, error in worst_first},
        n_test=len(samples.test_targets),
    )


def forecast(settings: Settings, weights: Weights, points: int = MOST_POINTS) -> Forecast:
    """From the first test window on, fed with its own predictions."""
    rule, samples = settings.sample_rule, samples_of(settings)
    real = samples.test_targets[:points] * rule.scale + rule.centre
    amplitude = float(np.ptp(real)) / 2
    with np.errstate(over="ignore", invalid="ignore"):  # without tanh it can run away
        outputs = free_run(settings.network, weights, samples.test_inputs[0], len(real))
        predicted = outputs * rule.scale + rule.centre
        off = np.flatnonzero(~(np.abs(predicted - real) <= amplitude / 2))
        error = _root_mean_square(predicted - real)
    return Forecast(real, predicted, error, amplitude, int(off[0]) + 1 if off.size else None)


def free_run(network: Network, weights: Weights, start: Floats, n_values: int) -> Floats:
    """`n_values` predictions, each from the window that the ones before it have filled.

    `start` is the first window, (timesteps, 1) or (1, features). At any time as many windows are
    under way as one has timesteps, each begun a step after the one before, all reading the same
    value: so they are rows of one batch, and a new prediction costs one step and not a window.
    """
    timesteps, features = start.shape
    if timesteps > 1 and features > 1:
        raise SettingError(
            f"Only windows of single numbers can go on alone, but these have {features} a step."
        )
    if network.bidirectional:
        return _window_by_window(network, weights, start, n_values)
    values = [float(value) for value in start.ravel()]
    precision = weights["dense_kernel"].dtype
    layers = [layer_weights(weights, layer) for layer in range(1, network.layers + 1)]
    states = [np.zeros((timesteps, network.state_size), precision) for _ in layers]
    for step in range(timesteps + n_values - 1):
        outputs = np.tile(np.array(values[step : step + features], precision), (timesteps, 1))
        for k, layer in enumerate(layers):
            steps = network.cell_type.step(layer, outputs, states[k], network.activation)
            states[k] = network.cell_type.next_state(steps).copy()
            outputs = next(reversed(steps.values()))
        done = (step + 1) % timesteps  # the row whose window has ended, and begins anew
        if step >= timesteps - 1:
            prediction = outputs[done] @ weights["dense_kernel"] + weights["dense_bias"]
            values.append(float(prediction[0]))
        for state in states:
            state[done] = 0
    return np.array(values[timesteps * features :])


def answers(settings: Settings, weights: Weights) -> Answers:
    """The answers to the first ten test samples, at most."""
    samples = samples_of(settings)
    trace = forward(settings.network, dict(weights), samples.test_inputs[:MOST_ANSWERS])
    reach = float(np.abs(weights["dense_kernel"]).sum())
    bias = float(weights["dense_bias"].sum())
    return Answers(
        targets=samples.test_targets[:MOST_ANSWERS],
        predicted=trace.predicted[:, 0, 0],
        last=read(settings.network, trace.layers[-1])[:, -1],
        low=bias - reach,
        high=bias + reach,
        bounded=settings.activation == "tanh",
    )


def one_step_sentence(series: OneStepAhead) -> str:
    """How far off the network is, beside simpler ways."""
    beside = "; ".join(f"'{label}' {error:.4g}" for label, error in series.baselines.items())
    better = sum(error > series.error for error in series.baselines.values())
    n_points = len(series.real)
    part = f"these {n_points:,}" if n_points == series.n_test else f"the first {n_points:,}"
    return (
        f"Over {part} values of the test, which it does not learn from, your network's root mean "
        f"squared error is {series.error:.4g}. Compare it with simpler ways: {beside}. "
        f"It beats {better} of {len(series.baselines)}."
    )


def forecast_sentence(series: Forecast) -> str:
    """How long it can go on alone."""
    error = f"Its root mean squared error over all {len(series.real):,} is {series.error:.4g}."
    if not np.isfinite(series.error):
        error = "Then its numbers grow without end."
    if series.lost is None:
        return (
            f"On its own, your network is never wrong by more than half the amplitude "
            f"({series.amplitude / 2:.3g}) in all {len(series.real):,} steps. {error}"
        )
    return (
        f"Look where the lines part: on its own, your network is wrong by more than half the "
        f"amplitude ({series.amplitude / 2:.3g}) for the first time at step {series.lost}. {error}"
    )


def answers_sentence(answers: Answers) -> str:
    """Which answer is missed, and why."""
    worst = answers.worst
    target, predicted = float(answers.targets[worst]), float(answers.predicted[worst])
    if abs(predicted - target) <= TOLERANCE * abs(target):
        return f"Every answer is right; the worst is {predicted:.3f} for {target:g}."
    missed = f"Your network says {predicted:.3f} for {target:g}."
    if not answers.bounded:
        return f"{missed} Its state has no limit, so more training can still bring it there."
    limit = (
        f"With every unit at its limit of ±1 the read-out can say {answers.high:.3f} at most"
        if target > predicted
        else f"With every unit at its limit of ±1 the read-out can say {answers.low:.3f} at least"
    )
    saturated = float(answers.saturated[worst])
    full = f"{saturated:.0%} of its units are beyond ±{SATURATED} there"
    if answers.high < target or answers.low > target:
        no_room = "tanh has run out of room: " if saturated >= MOSTLY else ""
        return (
            f"{missed} {no_room}{full}. {limit}, so it cannot say {target:g} before the read-out's "
            "own weights have grown."
        )
    return f"{missed} {full}. {limit}, so {target:g} is within reach."


def _window_by_window(network: Network, weights: Weights, start: Floats, n_values: int) -> Floats:
    """A free run of a network that reads back too: each of its windows must be there whole."""
    values = [float(value) for value in start.ravel()]
    for step in range(n_values):
        window = np.array(values[step:]).reshape(1, *start.shape)
        values.append(float(forward(network, dict(weights), window).predicted[0, -1, 0]))
    return np.array(values[start.size :])


def _root_mean_square(errors: Floats) -> float:
    return float(np.sqrt(np.square(errors, dtype=float).mean()))
