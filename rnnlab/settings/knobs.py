"""The knobs that several kinds of settings have in common, each declared once."""

from __future__ import annotations

from rnnlab.cells import CELLS
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.knobs import Knob
from rnnlab.optimizers import OPTIMIZERS

LEARNING_RATES = tuple(float(f"{digit}e{power}") for power in range(-4, 1) for digit in "1235")

CELL = Knob("simple_rnn", "Cell", "The kind of recurrent layer.", "network", choices=tuple(CELLS))

UNITS = Knob(
    6,
    "Units",
    "How many numbers the network can remember from one step to the next.",
    "network",
    low=1,
    high=64,
)

LAYERS = Knob(
    1,
    "Layers",
    "Recurrent layers, one above the other: each reads what the one below it says.",
    "network",
    low=1,
    high=3,
)

BIDIRECTIONAL = Knob(
    False,
    "Both directions",
    "On: each layer comes twice. One reads the window from its first step on, one from its last "
    "step back, and what both say lies side by side. So every window must start from zero.",
    "network",
)

ACTIVATION = Knob(
    "tanh",
    "Activation",
    "What squashes the state. tanh keeps it between -1 and 1; relu and linear do not, "
    "and can run away.",
    "network",
    choices=tuple(ACTIVATIONS),
)

DROPOUT = Knob(
    0.0,
    "Dropout",
    "The share of each layer's outputs that is hidden from the layer above, at random, while "
    "it trains. Only between layers, so it needs at least two.",
    "network",
    low=0.0,
    high=0.8,
    step=0.1,
)

OPTIMIZER = Knob(
    "adam", "Optimizer", "How a gradient becomes a step.", "training", choices=tuple(OPTIMIZERS)
)

LEARNING_RATE = Knob(
    0.01, "Learning rate", "How large the steps are.", "training", choices=LEARNING_RATES
)

EPOCHS = Knob(15, "Epochs", "How often to go through the data.", "training", low=1, high=5000)

SEED = Knob(1, "Seed", "Where the random numbers start.", "training", low=0, high=9999)
