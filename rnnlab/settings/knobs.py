"""The knobs that several kinds of settings have in common, each declared once."""

from __future__ import annotations

from rnnlab.cells import CELLS
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.knobs import Knob
from rnnlab.optimizers import OPTIMIZERS

LEARNING_RATES = tuple(float(f"{digit}e{power}") for power in range(-4, 1) for digit in "1235")

CELL = Knob(
    "simple_rnn",
    "Cell",
    "The kind of recurrent layer. Keras calls them `SimpleRNN`, `LSTM` and `GRU`.",
    "network",
    choices=tuple(CELLS),
)

UNITS = Knob(
    6,
    "Units",
    "How many numbers the network can remember from one step to the next. It has nothing to do "
    "with the number of time steps: the same units are used again at every step. "
    "Keras: `units`.",
    "network",
    low=1,
    high=64,
)

LAYERS = Knob(
    1,
    "Layers",
    "Recurrent layers, one above the other: each reads what the one below it says, after every "
    "step. In Keras every layer but the last needs `return_sequences=True` for that.",
    "network",
    low=1,
    high=3,
)

BIDIRECTIONAL = Knob(
    False,
    "Both directions",
    "On: each layer comes twice. One reads the window from its first step to its last, the other "
    "from its last step to its first, and their outputs stand side by side. So every window must "
    "start from zero. Keras: `Bidirectional`.",
    "network",
)

ACTIVATION = Knob(
    "tanh",
    "Activation",
    "The function that squashes the state. tanh keeps it between -1 and 1. relu and linear do "
    "not, so the numbers may grow without end. Keras: `activation`.",
    "network",
    choices=tuple(ACTIVATIONS),
)

DROPOUT = Knob(
    0.0,
    "Dropout",
    "While it trains, this share of each layer's outputs is hidden from the layer above, chosen "
    "at random. Only between layers, so it needs at least two. Keras: a `Dropout` layer between "
    "them.",
    "network",
    low=0.0,
    high=0.8,
    step=0.1,
)

OPTIMIZER = Knob(
    "adam",
    "Optimizer",
    "The recipe that turns a gradient into a change of the weights. Keras: `optimizer`.",
    "training",
    choices=tuple(OPTIMIZERS),
)

LEARNING_RATE = Knob(
    0.01,
    "Learning rate",
    "How far one update moves the weights. Keras: `learning_rate`.",
    "training",
    choices=LEARNING_RATES,
)

EPOCHS = Knob(
    15,
    "Epochs",
    "How often it goes through all the data. Keras: `epochs`.",
    "training",
    low=1,
    high=5000,
)

SEED = Knob(1, "Seed", "The number that random numbers start from.", "training", low=0, high=9999)
