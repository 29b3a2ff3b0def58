"""The gates of a cell: quantities between 0 (shut) and 1 (open) that decide what is kept."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnnlab.cells import cell
from rnnlab.insight.crowd import Floats, Weights, lived_through
from rnnlab.settings import Settings

Means = Mapping[str, Floats]


def quantities(cell_name: str) -> tuple[str, ...]:
    """The symbols of everything the cell computes, its output first."""
    return tuple(reversed(tuple(cell(cell_name).equations)))


def gates(cell_name: str) -> tuple[str, ...]:
    """The symbols of the cell's gates: whatever is squashed between 0 and 1."""
    equations = cell(cell_name).equations
    return tuple(symbol for symbol, formula in equations.items() if r"\sigma" in formula)


def gate_means(settings: Settings, weights: Weights, layer: int = 1) -> Means:
    """Each unit's mean over much data, (units,), by the symbol of the gate; `layer` from 1."""
    if not gates(settings.cell):
        return {}
    steps = lived_through(settings, weights).layers[layer - 1].steps
    return {
        symbol: np.mean([values[symbol].mean(axis=0) for values in steps], axis=0)
        for symbol in gates(settings.cell)
    }


def gates_sentence(settings: Settings, means: Means) -> str:
    """Which gate to look at, with its mean in this network."""
    if not means:
        return (
            f"A {cell(settings.cell).title} has no gates: every step rewrites its whole state. "
            "Take an LSTM or a GRU to see some."
        )
    overall = {symbol: float(values.mean()) for symbol, values in means.items()}
    most, least = max(overall, key=overall.__getitem__), min(overall, key=overall.__getitem__)
    wide = int(means[most].argmax())
    if most == least:
        return f"Look at gate {most}: it is {overall[most]:.2f} open on average."
    return (
        f"Look at gate {most}: it is open widest, {overall[most]:.2f} on average and "
        f"{means[most][wide]:.2f} in unit {wide + 1}; gate {least} is open least, "
        f"{overall[least]:.2f}."
    )
