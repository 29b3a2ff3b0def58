"""Why the article's version of the loop does not run: its lines, really run, and repaired."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

SIZES = """\
timesteps = 100
input_features = 32
output_features = 64
"""

WEIGHTS = """\
W = np.random.random((input_features, output_features))
U = np.random.random((output_features, output_features))
b = np.random.random((output_features,))
"""

STATES = "successive_outputs = list(np.zeros((timesteps, output_features)))\n"

STEP = "input_t, state_t = np.zeros(input_features), np.zeros(output_features)\n"


@dataclass(frozen=True)
class ArticleBug:
    """One bug of the code in the article.

    `printed` is the article's line, with the `context` above it that one needs to see the bug;
    `repaired` is the same line without the bug. Both make the array `name` after the lines `setup`.
    """

    title: str
    printed: str
    why: str
    repaired: str
    setup: str
    name: str
    context: str = ""

    @property
    def excerpt(self) -> str:
        """The article's lines as the page shows them."""
        return f"{self.context}\n{self.printed}" if self.context else self.printed

    @property
    def printed_outcome(self) -> str:
        """What Python says to the printed line."""
        return outcome(self.printed, self.setup, self.name)

    @property
    def repaired_outcome(self) -> str:
        """What Python says to the repaired line."""
        return outcome(self.repaired, self.setup, self.name)


@cache
def outcome(lines: str, setup: str, name: str) -> str:
    """What Python says when it runs `lines` after `setup`.

    The error that they end in, or else the shape of the array `name`.
    """
    variables: dict[str, Any] = {"np": np}
    exec(setup, variables)  # noqa: S102  both are written in this file
    try:
        exec(lines, variables)  # noqa: S102
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return f"{name}.shape is {variables[name].shape}"


ARTICLE_BUGS = (
    ArticleBug(
        "A name that is not there",
        "inputs = np.random.random((timestep, input_features))",
        "The number of steps was called timesteps, with an s.",
        "inputs = np.random.random((timesteps, input_features))",
        SIZES,
        "inputs",
        context="timesteps = 100",
    ),
    ArticleBug(
        "A matrix turned around",
        "output_t = np.tanh(np.dot(W, input_t) + np.dot(U, state_t) + b)",
        "W has 32 rows and 64 columns, so the 32 numbers of an input must stand to its left. U is "
        "square and runs either way, but only this way round it is the U of Keras.",
        "output_t = np.tanh(np.dot(input_t, W) + np.dot(state_t, U) + b)",
        SIZES + WEIGHTS + STEP,
        "output_t",
        context="W = np.random.random((input_features, output_features))",
    ),
    ArticleBug(
        "One long row",
        "final_output_sequence = np.concatenate(successive_outputs, axis = 0)",
        "No error, and still wrong: 100 vectors of 64 are put end to end, and step and unit can "
        "no longer be told apart. Stacked, each step is a row.",
        "final_output_sequence = np.stack(successive_outputs)",
        SIZES + STATES,
        "final_output_sequence",
    ),
)
"""The three bugs, in the order in which one meets them."""
