"""The weights of a network: what each is called, how many numbers it has, how it changed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rnnlab.insight.fresh_data import Floats, Weights
from rnnlab.network import BACKWARD, Network

SYMBOLS = {"kernel": "W", "recurrent_kernel": "U", "bias": "b"}
READ_OUT = {"dense_kernel": "V", "dense_bias": "c"}
LEAST_LIMIT = 0.1
NICE = (1.0, 2.0, 3.0, 5.0, 10.0)


@dataclass(frozen=True)
class WeightRow:
    """One weight: its symbol in the equations, Keras' name after its layer, shape and count."""

    layer: str
    symbol: str
    name: str
    shape: tuple[int, ...]

    @property
    def formula(self) -> str:
        """How its numbers are counted: "2 × 4"."""
        return " × ".join(map(str, self.shape))

    @property
    def count(self) -> int:
        """How many numbers it has."""
        return math.prod(self.shape)


@dataclass(frozen=True, eq=False)
class WeightMatrix:
    """One weight, or one gate's part of it, at two moments: (rows, columns) each."""

    before: Floats
    after: Floats


def weight_rows(network: Network) -> list[WeightRow]:
    """Every weight of the network, from below."""
    rows = []
    for name, shape in network.shapes.items():
        if name in READ_OUT:
            rows.append(WeightRow("read-out", READ_OUT[name], name, shape))
        else:
            layer, kind = name.removeprefix("rnn").split("_", 1)
            back = ", back" if kind.startswith(BACKWARD) else ""
            symbol = SYMBOLS[kind.removeprefix(BACKWARD)]
            rows.append(WeightRow(f"layer {layer}{back}", symbol, name, shape))
    return rows


def layer_sums(network: Network) -> dict[str, str]:
    """How many numbers each layer has, written out: "2 × 4 + 4 × 4 + 4 = 28"."""
    by_layer: dict[str, list[WeightRow]] = {}
    for row in weight_rows(network):
        by_layer.setdefault(row.layer, []).append(row)
    return {
        layer: f"{' + '.join(row.formula for row in rows)} = {sum(row.count for row in rows)}"
        for layer, rows in by_layer.items()
    }


def gates_of(network: Network, name: str) -> tuple[str, ...]:
    """The gates whose weights lie side by side in the weight `name`; one, "", if it is whole."""
    return ("",) if name in READ_OUT else network.cell_type.gates or ("",)


def weight_matrix(
    network: Network, name: str, before: Weights, after: Weights, gate: str = ""
) -> WeightMatrix:
    """The weight `name`, or the part of one gate, before and after; a bias is one row."""
    gates = gates_of(network, name)
    index = gates.index(gate) if gate else 0
    rows = (np.atleast_2d(weights[name]) for weights in (before, after))
    return WeightMatrix(*(np.split(values, len(gates), axis=1)[index] for values in rows))


def colour_limit(*values: Floats | WeightMatrix) -> float:
    """Where a symmetric scale for these may end: a round number that is at least the largest.

    Taken over the first and the last weights of a run, it holds for a replay too.
    """
    arrays: list[Floats] = []
    for value in values:
        arrays += [value.before, value.after] if isinstance(value, WeightMatrix) else [value]
    largest = max(float(np.abs(array).max(initial=0.0)) for array in arrays)
    if not LEAST_LIMIT < largest < math.inf:
        return LEAST_LIMIT
    power = 10.0 ** math.floor(math.log10(largest))
    return float(f"{next(nice * power for nice in NICE if nice * power >= largest):.1g}")


def weights_sentence(network: Network, before: Weights, after: Weights) -> str:
    """Where training has changed a weight most, and how many numbers there are."""
    changes = {name: np.abs(after[name] - before[name]) for name in network.shapes}
    name = max(changes, key=lambda key: float(changes[key].max()))
    if not changes[name].any():
        return f"These are the first {network.parameters:,} weights: nothing has changed yet."
    index = np.unravel_index(int(changes[name].argmax()), changes[name].shape)
    row = next(row for row in weight_rows(network) if row.name == name)
    where = ", ".join(str(int(i) + 1) for i in index)
    return (
        f"Of {network.parameters:,} weights, the one at place ({where}) of {row.symbol} ({name}) "
        f"has moved furthest: from {before[name][index]:.2f} to {after[name][index]:.2f}."
    )
