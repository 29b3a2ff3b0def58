"""A series that was not trained on: told one step ahead, and going on alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.errors import SettingError
from rnnlab.insight.crowd import Floats, Weights, samples_of
from rnnlab.network import Network, of_layer
from rnnlab.reference import forward
from rnnlab.rules.series import OwnSeriesRule
from rnnlab.settings import Settings

MOST_POINTS = 1000
AT_ONCE = 100
"""Windows in a batch: with more, NumPy spreads tiny products over cores, which takes longer."""


@dataclass(frozen=True, eq=False)
class Told:
    """The first test values and what the network said, each from the real values before it.

    `real` and `predicted` are (points,), in the units of the series. `error` is the root mean
    squared error over them, `baselines` those of simpler ways to predict, by label, over the whole
    test.
    """

    real: Floats
    predicted: Floats
    error: float
    baselines: dict[str, float]


@dataclass(frozen=True, eq=False)
class Forecast:
    """What the network says when it reads its own words instead of the series.

    `real` and `predicted` are (points,), in the units of the series; `error` is the root mean
    squared error. `amplitude` is half the range of the real values, and `lost` the first step
    (from 1) that is wrong by more than half of it; `None` if none is.
    """

    real: Floats
    predicted: Floats
    error: float
    amplitude: float
    lost: int | None


def told(settings: Settings, weights: Weights, points: int = MOST_POINTS) -> Told:
    """One step ahead, on the first `points` test samples."""
    samples, (scale, centre) = samples_of(settings), _units(settings)
    inputs = samples.test_inputs[:points]
    said = [
        forward(settings.network, dict(weights), inputs[start : start + AT_ONCE]).predicted[:, 0, 0]
        for start in range(0, len(inputs), AT_ONCE)
    ]
    real = samples.test_targets[:points] * scale + centre
    predicted = np.concatenate(said) * scale + centre
    baselines = settings.sample_rule.baselines(settings.window)
    return Told(
        real=real,
        predicted=predicted,
        error=_root_mean_square(predicted - real),
        baselines={label: scale * float(np.sqrt(mse)) for label, mse in baselines.items()},
    )


def forecast(settings: Settings, weights: Weights, points: int = MOST_POINTS) -> Forecast:
    """From the first test window on, fed with its own predictions."""
    samples, (scale, centre) = samples_of(settings), _units(settings)
    real = samples.test_targets[:points] * scale + centre
    amplitude = float(np.ptp(real)) / 2
    with np.errstate(over="ignore", invalid="ignore"):  # without tanh it can run away
        alone = free_run(settings.network, weights, samples.test_inputs[0], len(real))
        predicted = alone * scale + centre
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
    own = [of_layer(weights, layer) for layer in range(1, network.layers + 1)]
    states = [np.zeros((timesteps, network.state_size), precision) for _ in own]
    for step in range(timesteps + n_values - 1):
        said = np.tile(np.array(values[step : step + features], precision), (timesteps, 1))
        for k, layer in enumerate(own):
            steps = network.kind.step(layer, said, states[k], network.activation)
            states[k] = network.kind.next_state(steps).copy()
            said = next(reversed(steps.values()))
        done = (step + 1) % timesteps  # the row whose window has ended, and begins anew
        if step >= timesteps - 1:
            spoken = said[done] @ weights["dense_kernel"] + weights["dense_bias"]
            values.append(float(spoken[0]))
        for state in states:
            state[done] = 0
    return np.array(values[timesteps * features :])


def _window_by_window(network: Network, weights: Weights, start: Floats, n_values: int) -> Floats:
    """The same of a network that reads back too: each of its windows must be there whole."""
    values = [float(value) for value in start.ravel()]
    for step in range(n_values):
        window = np.array(values[step:]).reshape(1, *start.shape)
        values.append(float(forward(network, dict(weights), window).predicted[0, -1, 0]))
    return np.array(values[start.size :])


def told_sentence(found: Told) -> str:
    """How far off the network is, beside simpler ways."""
    beside = "; ".join(f"'{label}' {error:.4g}" for label, error in found.baselines.items())
    better = sum(error > found.error for error in found.baselines.values())
    return (
        f"Your network's root mean squared error is {found.error:.4g}. Hold it against {beside}: "
        f"it beats {better} of {len(found.baselines)}."
    )


def forecast_sentence(found: Forecast) -> str:
    """How long it can go on alone."""
    error = f"Its root mean squared error over all {len(found.real):,} is {found.error:.4g}."
    if not np.isfinite(found.error):
        error = "Then it runs away from every number there is."
    if found.lost is None:
        return (
            f"Alone, your network stays within half the amplitude ({found.amplitude / 2:.3g}) for "
            f"all {len(found.real):,} steps. {error}"
        )
    return (
        f"Look where the lines part: alone, your network is first wrong by more than half the "
        f"amplitude ({found.amplitude / 2:.3g}) at step {found.lost}. {error}"
    )


def _units(settings: Settings) -> tuple[float, float]:
    """Scale and centre that lead from the network's numbers to those of the series."""
    rule = settings.data
    return (rule.scale, rule.centre) if isinstance(rule, OwnSeriesRule) else (1.0, 0.0)


def _root_mean_square(errors: Floats) -> float:
    return float(np.sqrt(np.square(errors, dtype=float).mean()))
