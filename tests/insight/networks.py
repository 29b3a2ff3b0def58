"""Networks made by hand, of which one knows what they do; and random ones."""

import numpy as np

from rnnlab.cells.cell import Weights
from rnnlab.settings import Settings


def echo_settings(**changes) -> Settings:
    """An echo after 3 steps, for a linear network of 5 units in windows of 6."""
    values = {"rule": "echo", "delay": 3, "units": 5, "activation": "linear", "window": 6}
    return Settings.of(values | changes)


def shift_register(settings: Settings, reads: int, sureness: float = 20.0) -> Weights:
    """Unit k holds the input k steps ago; the read-out says the one of unit `reads`."""
    weights = zeros(settings)
    weights["rnn1_kernel"][0, 0] = 1
    weights["rnn1_recurrent_kernel"][:-1, 1:] = np.eye(settings.units - 1)
    weights["dense_kernel"][reads] = -sureness, sureness
    weights["dense_bias"][:] = sureness / 2, -sureness / 2
    return weights


def recurrence(settings: Settings, a: float, b: float) -> Weights:
    """A linear network that says a x[t] + b x[t-1], of one value a step or all in one step."""
    weights = zeros(settings)
    timesteps, features = settings.shape
    if timesteps > 1:
        weights["rnn1_kernel"][0, 0] = 1
        weights["rnn1_recurrent_kernel"][0, 1] = 1
    else:
        weights["rnn1_kernel"][features - 1, 0] = 1
        weights["rnn1_kernel"][features - 2, 1] = 1
    weights["dense_kernel"][:2, 0] = a, b
    return weights


def zeros(settings: Settings) -> Weights:
    return {name: np.zeros(shape) for name, shape in settings.network.shapes.items()}


def random(settings: Settings, seed: int = 0, size: float = 0.7) -> Weights:
    rng = np.random.default_rng(seed)
    shapes = settings.network.shapes
    return {name: size * rng.standard_normal(shape) for name, shape in shapes.items()}
