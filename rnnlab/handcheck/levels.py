"""The levels of the hand calculation, from easy to hard: which layer, how large, what is asked."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.errors import SettingError

WHOLE = (1.0, 2.0, 3.0)
"""What goes into a layer that is calculated in the head."""

SMALL = (-1.0, 0.5, 1.0)
"""What goes into a layer that squashes: larger numbers would all come out as 1."""


@dataclass(frozen=True)
class Level:
    """How hard an exercise is.

    `features`, `units` and `timesteps` are the layer's and the sequence's sizes, `inputs` the
    numbers that the sequence is drawn from. With `way_back` the gradients are asked too; the layer
    is then a linear SimpleRNN. There are at least two steps, or nothing would be remembered.
    """

    name: str
    title: str
    sentence: str
    cell: str
    activation: str
    features: int
    units: int
    timesteps: int
    inputs: tuple[float, ...] = WHOLE
    way_back: bool = False


_ALL = (
    Level(
        name="first_steps",
        title="First steps",
        sentence="One number comes in at each of two steps; two units, nothing is squashed.",
        cell="simple_rnn",
        activation="linear",
        features=1,
        units=2,
        timesteps=2,
    ),
    Level(
        name="article",
        title="The article's size",
        sentence="Two numbers come in at each of three steps; three units, nothing is squashed.",
        cell="simple_rnn",
        activation="linear",
        features=2,
        units=3,
        timesteps=3,
    ),
    Level(
        name="relu",
        title="Cut off at zero",
        sentence="Two numbers in, two units, three steps; what falls below zero becomes zero.",
        cell="simple_rnn",
        activation="relu",
        features=2,
        units=2,
        timesteps=3,
    ),
    Level(
        name="tanh",
        title="Squashed by tanh",
        sentence="Every sum is squashed between -1 and 1: take a pocket calculator.",
        cell="simple_rnn",
        activation="tanh",
        features=1,
        units=2,
        timesteps=2,
        inputs=SMALL,
    ),
    Level(
        name="gru",
        title="The gates of a GRU",
        sentence="One unit, two steps, two gates: take a pocket calculator.",
        cell="gru",
        activation="tanh",
        features=1,
        units=1,
        timesteps=2,
        inputs=SMALL,
    ),
    Level(
        name="lstm",
        title="The gates of an LSTM",
        sentence="One unit, two steps, three gates and a memory: take a pocket calculator.",
        cell="lstm",
        activation="tanh",
        features=1,
        units=1,
        timesteps=2,
        inputs=SMALL,
    ),
    Level(
        name="back",
        title="The way back",
        sentence="One unit, two steps, then the gradients from the loss back to every weight.",
        cell="simple_rnn",
        activation="linear",
        features=2,
        units=1,
        timesteps=2,
        way_back=True,
    ),
    Level(
        name="back_two",
        title="The way back, two units",
        sentence="Two units, two steps, then the gradients from the loss back to every weight.",
        cell="simple_rnn",
        activation="linear",
        features=1,
        units=2,
        timesteps=2,
        way_back=True,
    ),
)

LEVELS: dict[str, Level] = {each.name: each for each in _ALL}
"""Every level by its name, in the order in which a class takes them. A new one is an entry."""


def level(name: str) -> Level:
    """The level called `name`; a `SettingError` that lists the levels if there is none."""
    if name not in LEVELS:
        raise SettingError(f"There is no level called {name!r}; the lab has {', '.join(LEVELS)}.")
    return LEVELS[name]
