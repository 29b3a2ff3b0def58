"""Networks made by hand, of which one knows what they do; and random ones."""

import numpy as np

from rnnlab.cells.cell import Weights
from rnnlab.rules.state_machine import Machine
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


def machine_network(settings: Settings, machine: Machine) -> Weights:
    """A relu network that is exactly this machine, begun in its first state.

    Unit 2 q + b says 1 where the state was q and the bit is b. The last unit is 0 only before the
    first step, when it stands for the first state.
    """
    weights, n = zeros(settings), len(machine.states)
    kernel, recurrent, bias = (
        weights[f"rnn1_{name}"] for name in ("kernel", "recurrent_kernel", "bias")
    )
    logits = np.log(np.clip(machine.outputs, 1e-9, None)) - np.log(
        np.clip(1 - machine.outputs, 1e-9, None)
    )
    for q in range(n):
        for b in (0, 1):
            unit, after = 2 * q + b, machine.after[b, q]
            kernel[0, unit], bias[unit] = (1, -1) if b else (-1, 0)
            recurrent[unit, [2 * after, 2 * after + 1]] = 1
            weights["dense_kernel"][unit, 1] = logits[after]
    bias[2 * n], bias[:2] = 1, bias[:2] + 1
    recurrent[2 * n, :2] = -1
    return weights


def zeros(settings: Settings) -> Weights:
    return {name: np.zeros(shape) for name, shape in settings.network.shapes.items()}


def random(settings: Settings, seed: int = 0, size: float = 0.7) -> Weights:
    rng = np.random.default_rng(seed)
    shapes = settings.network.shapes
    return {name: size * rng.standard_normal(shape) for name, shape in shapes.items()}
