"""What the units hold: which input of the past each of them goes with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.insight.crowd import Crowd, Floats, Weights, causes_of, crowd
from rnnlab.insight.stretch import Stretch
from rnnlab.rules import BitRule
from rnnlab.settings import Settings

MOST_LAGS = 20
SATURATED = 0.95
CLEAR = 0.3
"""A correlation that an eye can see in a picture of forty steps."""

ONE_DIRECTION = (
    "This network has two of each layer. Shown is the one that reads on from the first step; the "
    "other reads back from the last."
)


@dataclass(frozen=True, eq=False)
class Held:
    """How each unit of a layer goes with the inputs of the past.

    `correlation` (lags, units) is that of the unit's output with the input `lag` steps ago.
    """

    correlation: Floats

    @property
    def clearest(self) -> tuple[int, int]:
        """The (lag, unit) where it is furthest from zero."""
        lag, unit = np.unravel_index(np.abs(self.correlation).argmax(), self.correlation.shape)
        return int(lag), int(unit)


def held(seen: Crowd, layer: int = 1, lags: int = MOST_LAGS) -> Held:
    """The correlations over all steps of a crowd; `layer` counts from 1. A dead unit has 0."""
    outputs = _standard(seen.trace.layers[layer - 1].outputs.reshape(seen.places.size, -1))
    inputs = np.stack([seen.ago(lag).ravel() for lag in range(lags + 1)], axis=1)
    return Held(_standard(inputs.astype(float)).T @ outputs / seen.places.size)


def states_sentence(
    settings: Settings, weights: Weights, shown: Stretch, layer: int = 1, symbol: str = "h"
) -> str:
    """Where to look in the picture of the states, with this network's own numbers."""
    values = np.abs(shown.layers[layer - 1][symbol])
    if not isinstance(settings.data, BitRule):
        return (
            f"Watch the units while the numbers come in: at the last step they are "
            f"{values[-1].mean():.2f} away from zero on average, and "
            f"{np.count_nonzero(values[-1] > SATURATED)} of {values.shape[1]} are beyond "
            f"{SATURATED}."
        )
    lags = max([MOST_LAGS, *causes_of(settings)])
    found = held(crowd(settings, weights, rows=20), layer, lags)
    lag, unit = found.clearest
    strength = float(found.correlation[lag, unit])
    if abs(strength) < CLEAR:
        return (
            f"Look for a unit that repeats the input: none does clearly. The nearest is unit "
            f"{unit + 1}, with the input {_ago(lag)} (correlation {strength:+.2f})."
        )
    same = "goes with" if strength > 0 else "is the opposite of"
    return (
        f"Follow unit {unit + 1}: of all units of layer {layer} it {same} one input most closely, "
        f"that of {_ago(lag)} (correlation {strength:+.2f})."
    )


def _ago(lag: int) -> str:
    return "this very step" if lag == 0 else f"{lag} step{'s' if lag > 1 else ''} ago"


def _standard(columns: Floats) -> Floats:
    """Columns of mean 0 and variance 1; constant ones are 0."""
    centred = columns - columns.mean(axis=0)
    spread = centred.std(axis=0)
    scaled: Floats = np.where(spread > 1e-6, centred / np.maximum(spread, 1e-6), 0.0)
    return scaled
