"""A recurrent network written out as a loop, how long it remembers, and the article's bugs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from rnnlab.cells import cell
from rnnlab.cells.cell import Floats, Weights
from rnnlab.knobs import Configuration, knob
from rnnlab.progress import Event
from rnnlab.settings import knobs as shared

TIMESTEPS, FEATURES, UNITS = 100, 32, 64
AROUND_ZERO, AS_PRINTED = "around zero", "as printed"
VISIBLE = 0.01
"""The least difference that counts as one: a two-hundredth of what tanh can say."""

SAME = 1e-12
"""Below it a difference is rounding; tanh of 64-bit numbers is good for about 1e-16."""


@dataclass(frozen=True)
class Loop(Configuration):
    """What the loop starts from: 100 steps of 32 features, and the weights of 64 units.

    `strength` multiplies the recurrent kernel. A `SettingError` names what lies out of bounds.
    """

    numbers: str = knob(
        AROUND_ZERO,
        "Random numbers",
        "As printed: inputs and weights all lie between 0 and 1, as in the article. Around zero: "
        "inputs between -1 and 1, and the weights that a new layer of Keras has.",
        "data",
        choices=(AROUND_ZERO, AS_PRINTED),
    )
    strength: float = knob(
        1.0,
        "Recurrent kernel times",
        "The recurrent kernel is multiplied by this: how strongly the last state acts on the "
        "next one. At 0 nothing is remembered.",
        "network",
        low=0.0,
        high=2.0,
        step=0.1,
    )
    seed: int = shared.SEED.field(topic="data")


@dataclass(frozen=True, eq=False)
class KerasStates(Event):
    """The states of Keras' SimpleRNN with a loop's inputs and weights, (100, 64)."""

    states: Floats


def written_out(inputs: Floats, kernel: Floats, recurrent_kernel: Floats, bias: Floats) -> Floats:
    """The state after each step, (timesteps, units), of inputs (timesteps, features).

    The kernels are turned as Keras has them, (features, units) and (units, units): what comes in
    stands to their left, so the same line would do for a batch of rows.
    """
    states = np.zeros((len(inputs), len(bias)))
    state = np.zeros(len(bias))
    for step, x in enumerate(inputs):
        state = np.tanh(x @ kernel + state @ recurrent_kernel + bias)
        states[step] = state
    return states


def start(loop: Loop) -> tuple[Floats, Weights]:
    """The inputs (100, 32) and the weights of a loop, drawn at random from its seed."""
    rng = np.random.default_rng(loop.seed)
    simple_rnn = cell("simple_rnn")
    if loop.numbers == AS_PRINTED:
        inputs = rng.random((TIMESTEPS, FEATURES))
        shapes = simple_rnn.weight_shapes(FEATURES, UNITS)
        weights: Weights = {name: rng.random(shape) for name, shape in shapes.items()}
    else:
        inputs = rng.uniform(-1, 1, (TIMESTEPS, FEATURES))
        drawn = simple_rnn.initial_weights(rng, FEATURES, UNITS)
        weights = {name: value.astype(np.float64) for name, value in drawn.items()}
    weights["recurrent_kernel"] *= loop.strength
    return inputs, weights


def states_of(loop: Loop) -> Floats:
    """The state of a loop after each step, (100, 64)."""
    inputs, weights = start(loop)
    return written_out(inputs, **weights)


def fading_distances(loop: Loop, change: float) -> Floats:
    """The distance after each step, (100,), of two runs whose first inputs differ by `change`.

    `change` is added to each of the first input's 32 numbers; all later inputs are equal. The
    distance is the largest difference of any unit.
    """
    inputs, weights = start(loop)
    other = inputs.copy()
    other[0] += change
    differences = np.abs(written_out(other, **weights) - written_out(inputs, **weights))
    distances: Floats = differences.max(axis=1)
    return distances


def last_visible(distances: Floats) -> int:
    """The last step (from 1) at which the distance is at least `VISIBLE`; 0 if there is none."""
    steps = np.flatnonzero(distances >= VISIBLE)
    return int(steps[-1]) + 1 if len(steps) else 0


def states_sentence(states: Floats, n_units: int = UNITS) -> str:
    """What to look at in the picture of the states, of which the first `n_units` are in view."""
    timesteps, units = states.shape
    if states.min() > 0.99:
        return (
            f"All {states.size:,} numbers lie within {_short(1 - states.min())} of 1, whatever "
            "comes in: a sum of positive numbers only is far out where tanh is flat. This network "
            "runs, and remembers nothing."
        )
    unit = int(np.ptp(states[:, :n_units], axis=0).argmax())
    low, high = states[:, unit].min(), states[:, unit].max()
    share = float((np.abs(states) > 0.9).mean())
    return (
        f"Follow one row: unit {unit + 1} swings furthest, from {low:.2f} to {high:.2f}. Of all "
        f"{timesteps} × {units} = {states.size:,} numbers {share:.0%} lie beyond ±0.9, where tanh "
        "is nearly flat."
    )


def fading_sentence(distances: Floats, change: float) -> str:
    """For how many steps the first input can still be seen in the state."""
    last, steps = last_visible(distances), len(distances)
    opening = f"Add {change:g} to the first input, and right after it the states differ by "
    opening += f"{_short(distances[0])}, "
    if last == 0:
        return f"{opening}less than {VISIBLE:g}: the state takes no notice of it."
    if last == 1:
        return f"{opening}but one step later by less than {VISIBLE:g}: there is no memory."
    if last == steps:
        return (
            f"{opening}and after {steps} steps still by {_short(distances[-1])}: the difference "
            "does not fade, and what the state says still depends on the very first input."
        )
    return (
        f"{opening}after 10 steps by {_short(distances[9])}. Step {last} is the last at which any "
        f"unit differs by {VISIBLE:g} or more: so long is this memory."
    )


def keras_sentence(ours: Floats, keras: Floats) -> str:
    """How far Keras' states are from the loop's."""
    distances = np.abs(ours - keras).max(axis=1)
    largest, early = float(distances.max()), float(distances[:10].max())
    if largest < SAME:
        return (
            "Keras' `SimpleRNN`, with the same weights and 64-bit numbers, says the same: the "
            f"largest of {ours.size:,} differences is {_short(largest)}."
        )
    step = int(distances.argmax()) + 1
    return (
        f"Keras' `SimpleRNN` with the same weights differs by {_short(early)} at most in the first "
        f"10 steps, but by {_short(largest)} at step {step}: both round, not quite alike, and "
        "this network makes every difference grow, even that one."
    )


def _short(value: float) -> str:
    return f"{value:.2g}"


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
        return f"{self.context}\n{self.printed}".strip()

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
