"""What a network answers to many samples that it is tested on, beside what is right."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rnnlab.insight.fresh_data import Floats, Weights, samples_of
from rnnlab.reference import forward
from rnnlab.settings import Settings

MOST_SAMPLES = 500
AT_ONCE = 100
"""Samples in a batch: with more, NumPy spreads tiny products over cores, which takes longer."""


@dataclass(frozen=True, eq=False)
class Answered:
    """The answers to the first test samples: `targets` and `predicted` are (samples,).

    `error` is the root mean squared error over them, `baselines` are those of simpler ways.
    """

    targets: Floats
    predicted: Floats
    error: float
    baselines: dict[str, float]


def answered(settings: Settings, weights: Weights) -> Answered:
    """The answers to as many test samples as can be told apart in a picture."""
    samples = samples_of(settings)
    inputs, targets = samples.test_inputs[:MOST_SAMPLES], samples.test_targets[:MOST_SAMPLES]
    predicted = np.concatenate([
        forward(settings.network, dict(weights), inputs[start : start + AT_ONCE]).predicted[:, 0, 0]
        for start in range(0, len(inputs), AT_ONCE)
    ])  # fmt: skip
    error = float(np.sqrt(np.square(predicted - targets, dtype=float).mean()))
    simpler = settings.sample_rule.baselines(settings.window)
    roots = {label: math.sqrt(baseline) for label, baseline in simpler.items()}
    return Answered(targets, predicted, error, roots)


def answered_sentence(many: Answered) -> str:
    """How far off the network is, beside simpler ways."""
    beside = "; ".join(f"“{label}” {error:.3g}" for label, error in many.baselines.items())
    return (
        f"Each point is one of {len(many.targets)} sequences that it has not learnt from. On the "
        f"line, its answer is right; it is usually wrong by {many.error:.3g} (root mean squared "
        f"error). Compare it with simpler ways: {beside}."
    )
