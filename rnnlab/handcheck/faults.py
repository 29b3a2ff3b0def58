"""Why the printed version of the written-out loop does not run: its lines, really run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Fault:
    """One fault of the code in the article.

    `printed` are the article's own lines, `repaired` the same, mended. `printed_says` and
    `repaired_says` are what Python says when they run: an error, or the shape of what they make.
    """

    title: str
    printed: str
    printed_says: str
    why: str
    repaired: str
    repaired_says: str


SIZES = """\
timesteps = 100
input_features = 32
output_features = 64"""

WEIGHTS = """\
W = np.random.random((input_features, output_features))
U = np.random.random((output_features, output_features))
b = np.random.random((output_features,))"""

STATES = """\
successive_outputs = list(np.zeros((timesteps, output_features)))"""

STEP = "input_t, state_t = np.zeros(input_features), np.zeros(output_features)"


@cache
def faults() -> tuple[Fault, ...]:
    """The three faults, in the order in which one meets them."""
    return (_no_such_name(), _turned_around(), _flat())


def says(lines: str, after: str, name: str) -> str:
    """What Python says when it runs `lines` after the lines `after`.

    The error that they end in, or else the shape of what is then called `name`.
    """
    names: dict[str, Any] = {"np": np}
    exec(after, names)  # noqa: S102  both are written in this file
    try:
        exec(lines, names)  # noqa: S102
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return f"{name}.shape is {names[name].shape}"


def _no_such_name() -> Fault:
    printed = "inputs = np.random.random((timestep, input_features))"
    repaired = "inputs = np.random.random((timesteps, input_features))"
    return Fault(
        "A name that is not there",
        f"timesteps = 100\n{printed}",
        says(printed, SIZES, "inputs"),
        "The number of steps was called timesteps, with an s.",
        repaired,
        says(repaired, SIZES, "inputs"),
    )


def _turned_around() -> Fault:
    first = WEIGHTS.splitlines()[0]
    printed = "output_t = np.tanh(np.dot(W, input_t) + np.dot(U, state_t) + b)"
    repaired = "output_t = np.tanh(np.dot(input_t, W) + np.dot(state_t, U) + b)"
    after = "\n".join([SIZES, WEIGHTS, STEP])
    return Fault(
        "A matrix turned around",
        f"{first}\n{printed}",
        says(printed, after, "output_t"),
        "W has 32 rows and 64 columns, so the 32 numbers of an input must stand to its left. U is "
        "square and runs either way, but only this way round it is the U of Keras.",
        repaired,
        says(repaired, after, "output_t"),
    )


def _flat() -> Fault:
    printed = "final_output_sequence = np.concatenate(successive_outputs, axis = 0)"
    repaired = "final_output_sequence = np.stack(successive_outputs)"
    after = f"{SIZES}\n{STATES}"
    return Fault(
        "One long row",
        printed,
        says(printed, after, "final_output_sequence"),
        "No error, and still wrong: 100 vectors of 64 are put end to end, and step and unit can "
        "no longer be told apart. Stacked, each step is a row.",
        repaired,
        says(repaired, after, "final_output_sequence"),
    )
