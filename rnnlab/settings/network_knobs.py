"""The knobs of a run's network: what it is made of."""

from __future__ import annotations

from rnnlab.cells import CELLS
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.knobs import Knob

TOPIC = "network"

CELL = Knob("simple_rnn", "Cell", "The kind of recurrent layer.", TOPIC, choices=tuple(CELLS))

UNITS = Knob(
    6,
    "Units",
    "How many numbers the network can remember from one step to the next.",
    TOPIC,
    low=1,
    high=64,
)

LAYERS = Knob(
    1,
    "Layers",
    "Recurrent layers, one above the other: each reads what the one below it says.",
    TOPIC,
    low=1,
    high=3,
)

BIDIRECTIONAL = Knob(
    False,
    "Both directions",
    "On: each layer comes twice. One reads the window from its first step on, one from its last "
    "step back, and what both say lies side by side. So every window must start from zero.",
    TOPIC,
)

ACTIVATION = Knob(
    "tanh",
    "Activation",
    "What squashes the state. tanh keeps it between -1 and 1; relu and linear do not, "
    "and can run away.",
    TOPIC,
    choices=tuple(ACTIVATIONS),
)

DROPOUT = Knob(
    0.0,
    "Dropout",
    "The share of each layer's outputs that is hidden from the layer above, at random, while "
    "it trains. Only between layers, so it needs at least two.",
    TOPIC,
    low=0.0,
    high=0.8,
    step=0.1,
)
