"""Moments for the views to draw: a network of each kind, untrained, with the window it saw."""

from __future__ import annotations

import numpy as np

from rnnlab.presets import PRESETS
from rnnlab.progress import LastWindow, TrainingProgress
from rnnlab.rules import BitRule
from rnnlab.settings import Plan, Settings
from rnnlab.ui.training.run import Moment
from tests.rules.cases import wobble

SMALL = {"rows": 4, "length": 500, "epochs": 2}

CASES: dict[str, Settings] = {
    **{name: preset.settings for name, preset in PRESETS.items()},
    "own-series": Settings(rule="series", own=wobble(), rows=32, cell="gru", units=5),
    "deep-lstm": Settings(cell="lstm", layers=3, units=4, **SMALL),
    "gru": Settings(cell="gru", units=3, networks=3, **SMALL),
    "one-step": Settings(window=1, units=1, **SMALL),
    "long": Settings.of({"rule": "echo", "delay": 20, "window": 100, "units": 64, **SMALL}),
    "relu": Settings(activation="relu", carry_state=False, **SMALL),
    "both-ways": Settings(
        cell="lstm", layers=2, units=3, bidirectional=True, carry_state=False, **SMALL
    ),
    "sine-both-ways": Settings.of(
        {"rule": "sine", "cell": "gru", "units": 3, "window": 10, "bidirectional": True}
    ),
    "tomita": Settings.of({"rule": "tomita", "units": 4, "window": 10, **SMALL}),
    "wide-sine": Settings.of({"rule": "sine", "rows": 500, "window": 100, "units": 2}),
}
"""Settings by a short name: every preset, and what no preset has."""


def moment_of(settings: Settings, step: int = 7) -> Moment:
    """A run of one chunk of 7 updates; the weights are those before any."""
    weights = settings.first_weights()
    told = TrainingProgress(
        step=7,
        steps=settings.updates,
        epochs=settings.epochs,
        loss=0.7,
        max_loss=0.8,
        accuracy=0.5 if settings.network.classes else None,
        seconds=0.1,
        last_window=_last_window(settings),
        losses=(0.7,) * settings.networks,
        learning_rate=settings.learning_rate,
        weights=weights,
    )
    return Moment(Plan(settings), weights, weights, step, (told,), {0: weights, 7: weights})


def _last_window(settings: Settings) -> LastWindow | None:
    rule = settings.data
    if not isinstance(rule, BitRule):
        return None
    shape = min(settings.rows, 5), settings.window
    series = rule.generate(np.random.default_rng(1), shape[0] * shape[1])
    truth = rule.target_probabilities(series.inputs)
    lanes = (series.inputs, series.targets, np.full(shape, 0.5), truth)
    return LastWindow(*(np.asarray(lane, np.float32).reshape(shape) for lane in lanes))
