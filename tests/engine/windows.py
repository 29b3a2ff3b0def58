"""Networks of every kind, random weights and batches for them, and one step held against NumPy."""

import math

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.engine import Architecture, Batches, Hyperparameters, Program, TrainState, TrainStates
from rnnlab.network import MEAN_MAX, Network

ROWS, TIMESTEPS = 6, 5
"""There are 30 places: more than words in a vocabulary of 20, fewer than in one of 40."""

NUMBER = {"outputs": 1, "classes": False}
BOTH = {"bidirectional": True}
POOLED = {"pooling": MEAN_MAX, "last_step": True}
WORDS = {"vocabulary": 40}
FEW_WORDS = {"vocabulary": 20}

WIDE_UNITS = {name: math.ceil(math.sqrt(650 / cell.n_gates)) for name, cell in CELLS.items()}
"""With so many units a cell's recurrent kernel is just wide (`rnnlab.engine.operations.WIDE`)."""


def some_network(cell: str, *kinds: dict, **others: object) -> Network:
    options: dict = {"cell": cell, "units": 4, "features": 3}
    for kind in kinds:
        options |= kind
    return Network(**options | others)


def name_of(network: Network) -> str:
    n = network
    parts = [n.cell, n.activation, f"{n.layers}x{n.units}", "last-step" if n.last_step else "steps"]
    parts += ["both-ways"] * n.bidirectional + [n.pooling] * bool(n.pooling)
    parts += [f"{n.vocabulary}-words"] * bool(n.vocabulary)
    return "-".join([*parts, "sigmoid" if n.sigmoid else "classes" if n.classes else "numbers"])


def some(*shape: int) -> np.ndarray:
    """Numbers as float32, the same for the same number of axes."""
    return np.random.default_rng(len(shape)).standard_normal(shape).astype(np.float32)


def some_weights(network: Network, seed: int = 0) -> dict[str, np.ndarray]:
    """Random weights, the biases too, of a size at which a wide network is not saturated."""
    rng = np.random.default_rng(seed)
    scale = min(0.5, 1.0 / np.sqrt(network.units))
    return {
        name: (scale * rng.standard_normal(shape)).astype(np.float32)
        for name, shape in network.shapes.items()
    }


def some_batches(
    architecture: Architecture,
    updates: int,
    seed: int = 0,
    carry_state: bool = True,
    networks: int = 1,
) -> Batches:
    """Inputs between -1 and 1, or words; a target is about what came one step before.

    With classes it is 1 where the first feature was positive, else the mean of the features. Of
    words the first and the last come in each window, some often, and the target is their remainder.
    """
    a, network = architecture, architecture.network
    rng = np.random.default_rng(seed)
    shape = (updates, networks, a.rows, *network.input_shape(a.timesteps))
    keep = np.full(updates, carry_state)
    if network.vocabulary:
        words = rng.integers(network.vocabulary, size=shape)
        words[rng.random(shape) < 0.3] = 0
        words[:, :, 0, 1:3] = network.vocabulary - 1
        targets = np.roll(words, 1, axis=3) % max(2, network.outputs)
        return Batches(words, targets[..., -a.timesteps_read :].astype(np.float32), keep)
    inputs = rng.uniform(-1, 1, shape).astype(np.float32)
    before = np.roll(inputs, 1, axis=3)
    targets = before[..., 0] > 0 if network.classes else before.mean(axis=-1)
    return Batches(inputs, targets[..., -a.timesteps_read :].astype(np.float32), keep)


def of_network(batches: Batches, number: int) -> Batches:
    """What one of several networks learns from."""
    own = slice(number, number + 1)
    return Batches(batches.inputs[:, own], batches.targets[:, own], batches.keep)


def begun(compiled: Program, first_seed: int = 0, networks: int = 1) -> TrainStates:
    """The state before the first update, with weights of seeds that follow each other."""
    network = compiled.architecture.network
    return compiled.begin([some_weights(network, first_seed + k) for k in range(networks)])


def hyperparameters(rate: float = 0.1, networks: int = 1, **others: float) -> Hyperparameters:
    return Hyperparameters(rate, seeds=tuple(range(7, 7 + networks)), **others)


def exact(weights: dict) -> dict:
    return {name: value.astype(float) for name, value in weights.items()}


def layer_states(state: TrainState, architecture: Architecture) -> tuple[np.ndarray, ...]:
    """The state as `reference` has it: (rows, state size) for each layer."""
    own = state.state.numpy().T.astype(float)
    return tuple(np.split(own, architecture.network.layers, axis=1))


def assert_numpys_step(network: Network) -> None:
    """Whether plain gradient descent at rate 1 makes the step of NumPy, from zero and from a state.

    Loss, predictions and the state at the window's end are compared as well.
    """
    architecture = Architecture(network, "sgd", ROWS, TIMESTEPS)
    compiled, weights = Program(architecture), some_weights(network)
    first, second = (some_batches(architecture, 1, seed) for seed in (1, 2))
    (warm,), _ = compiled.run(compiled.begin([weights]), first, Hyperparameters(0.0))
    assert bool(np.abs(warm.state).max() > 0.01) is not network.bidirectional
    for keep in (False,) if network.bidirectional else (False, True):
        batches = second._replace(keep=np.array([keep]))
        after, chunk = compiled.run((warm,), batches, Hyperparameters(1.0))
        states = layer_states(warm, architecture) if keep else None
        inputs, targets = second.inputs[0, 0], second.targets[0, 0]
        trace = reference.forward(network, exact(weights), inputs, states)
        gradient = reference.gradients(network, exact(weights), inputs, targets, trace)

        expected = reference.loss(network, trace, targets)
        assert chunk.losses[0, 0] == pytest.approx(expected, abs=1e-6)
        predicted = trace.predicted[..., min(network.outputs, 2) - 1]
        np.testing.assert_allclose(chunk.predicted, predicted, atol=1e-5)
        if not network.bidirectional:
            ended = np.concatenate(layer_states(after[0], architecture), axis=1)
            np.testing.assert_allclose(ended, np.concatenate(trace.final_states, 1), atol=1e-5)
        assert min(np.abs(value).max() for value in gradient.values()) > 1e-4
        for name, value in compiled.weights(after).items():
            step = exact(weights)[name] - value
            np.testing.assert_allclose(step, gradient[name], atol=5e-6, err_msg=name)
