"""Networks of every kind, and random weights and data in float64 for one."""

from itertools import product

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.network import MEAN_MAX, Network

KEPT = 0.75
"""The share of outputs that the masks of these tests let through."""

READ_OUTS = [
    {"last_step": last, "classes": classes, "outputs": 3 if classes else 1}
    for last, classes in product([False, True], [True, False])
]
NETWORKS = [
    Network(cell=cell, units=3, features=2, layers=layers, activation=activation, **read_out)
    for cell, read_out in product(CELLS, READ_OUTS)
    for layers, activation in ((1, "tanh"), (2, "tanh"), (3, "tanh"), (1, "linear"), (2, "relu"))
]
WORDS = [
    Network(cell=cell, units=3, features=2, layers=2, vocabulary=6, outputs=outputs, last_step=last)
    for cell, outputs, last in product(CELLS, [1, 7], [False, True])
]
SIGMOID = Network(units=3, features=2, outputs=1)
BOTH_WAYS = [
    Network(cell=cell, units=3, features=2, **options)
    for cell in CELLS
    for options in (
        {"layers": 2, "outputs": 2, "bidirectional": True},
        {"layers": 2, "outputs": 1, "bidirectional": True, "last_step": True},
        {"layers": 2, "outputs": 3, "pooling": MEAN_MAX, "last_step": True},
        {"outputs": 1, "pooling": MEAN_MAX, "last_step": True, "bidirectional": True},
    )
]
NETWORKS += [SIGMOID, *WORDS, *BOTH_WAYS]


def name_of(network: Network) -> str:
    when = "last" if network.last_step else "every"
    what = "sigmoid" if network.sigmoid else "classes" if network.classes else "numbers"
    what += "-of-words" if network.vocabulary else ""
    what += "-both-ways" if network.bidirectional else ""
    what += f"-{network.pooling}" if network.pooling else ""
    return f"{network.cell}-{network.layers}-{network.activation}-{when}-{what}"


EVERY_NETWORK = pytest.mark.parametrize("network", NETWORKS, ids=name_of)
EVERY_READ_OUT = pytest.mark.parametrize(
    "network",
    [network for network in NETWORKS if network.layers == 2 and network.activation == "tanh"],
    ids=name_of,
)


class Case:
    """Random weights in float64 for a network, with states, masks, inputs and targets."""

    def __init__(self, network: Network, seed: int = 0, rows: int = 3, steps: int = 5):
        rng = np.random.default_rng(seed)
        self.network = network
        self.weights = {
            name: 0.6 * rng.standard_normal(shape) for name, shape in network.shapes.items()
        }
        self.inputs = rng.standard_normal((rows, steps, network.features))
        if network.vocabulary:
            self.inputs = rng.integers(network.vocabulary, size=(rows, steps))
            self.inputs[0, 1:4] = 0, 0, network.vocabulary - 1
        answers = (rows, 1 if network.last_step else steps)
        self.targets = rng.standard_normal(answers)
        if network.classes:
            self.targets = rng.integers(max(2, network.outputs), size=answers)
        self.states = tuple(
            rng.uniform(-1, 1, (rows, network.state_size)) for _ in range(network.layers)
        )
        if network.bidirectional:
            self.states = None
        self.masks = tuple(
            (rng.random((rows, steps, network.width)) < KEPT) / KEPT
            for _ in range(network.layers - 1)
        )

    def forward(self, weights: dict | None = None, inputs: np.ndarray | None = None):
        return reference.forward(
            self.network,
            self.weights if weights is None else weights,
            self.inputs if inputs is None else inputs,
            self.states,
            self.masks,
        )

    def loss(self, weights: dict) -> float:
        return reference.loss(self.network, self.forward(weights), self.targets)

    def gradients(self) -> dict[str, np.ndarray]:
        return reference.gradients(
            self.network, self.weights, self.inputs, self.targets, self.forward()
        )
