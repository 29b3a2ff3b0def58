"""The levels of exercises, from easy to hard. A new one is an entry."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.errors import SettingError

WHOLE = (1.0, 2.0, 3.0)
"""The inputs of a layer that is calculated in the head."""

SMALL = (-1.0, 0.5, 1.0)
"""The inputs of a layer that squashes: larger numbers would all come out as 1."""


@dataclass(frozen=True)
class Level:
    """How hard an exercise is.

    `features`, `units` and `timesteps` are the sizes of layer and sequence. There are at least two
    steps, or nothing would be remembered. With `backward` the gradients are to be calculated too;
    the layer is then a linear SimpleRNN.
    """

    name: str
    title: str
    sentence: str
    features: int
    units: int
    timesteps: int
    cell: str = "simple_rnn"
    activation: str = "linear"
    backward: bool = False

    @property
    def inputs(self) -> tuple[float, ...]:
        """The numbers that the sequence is drawn from."""
        return WHOLE if self.activation in ("linear", "relu") else SMALL


_LEVELS = (
    Level(
        "first_steps",
        "First steps",
        "One number comes in at each of two steps; two units, nothing is squashed.",
        features=1,
        units=2,
        timesteps=2,
    ),
    Level(
        "article",
        "The article's size",
        "Two numbers come in at each of three steps; three units, nothing is squashed.",
        features=2,
        units=3,
        timesteps=3,
    ),
    Level(
        "relu",
        "Cut off at zero",
        "Two numbers in, two units, three steps; what falls below zero becomes zero.",
        features=2,
        units=2,
        timesteps=3,
        activation="relu",
    ),
    Level(
        "tanh",
        "Squashed by tanh",
        "Every sum is squashed between -1 and 1: take a pocket calculator.",
        features=1,
        units=2,
        timesteps=2,
        activation="tanh",
    ),
    Level(
        "gru",
        "The gates of a GRU",
        "One unit, two steps, two gates: take a pocket calculator.",
        features=1,
        units=1,
        timesteps=2,
        cell="gru",
        activation="tanh",
    ),
    Level(
        "lstm",
        "The gates of an LSTM",
        "One unit, two steps, three gates and a memory: take a pocket calculator.",
        features=1,
        units=1,
        timesteps=2,
        cell="lstm",
        activation="tanh",
    ),
    Level(
        "back",
        "The way back",
        "One unit, two steps, then the gradients from the loss back to every weight.",
        features=2,
        units=1,
        timesteps=2,
        backward=True,
    ),
    Level(
        "back_two",
        "The way back, two units",
        "Two units, two steps, then the gradients from the loss back to every weight.",
        features=1,
        units=2,
        timesteps=2,
        backward=True,
    ),
)

LEVELS = {level.name: level for level in _LEVELS}
"""Every level by its name, in the order in which a class takes them. A new one is an entry."""


def level_called(name: str) -> Level:
    """The level of this name; a `SettingError` that lists the levels if there is none."""
    if name not in LEVELS:
        raise SettingError(f"There is no level called {name!r}; the lab has {', '.join(LEVELS)}.")
    return LEVELS[name]
