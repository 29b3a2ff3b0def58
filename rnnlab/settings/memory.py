"""How many bytes of a worker a run takes at most, beside what TensorFlow itself takes.

All are 32-bit numbers, counted by what they are. How often each is there at the same time is
measured: by what XLA reserves for some 150 programs, and by what a worker really takes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rnnlab.errors import SettingError
from rnnlab.network import Network
from rnnlab.optimizers import OPTIMIZERS
from rnnlab.padding import padded
from rnnlab.rules import StreamRule

if TYPE_CHECKING:
    from rnnlab.settings.run import Settings

MAX_BYTES = 2**30
"""The most that one run may take."""

NUMBER = 4
"""Bytes of a number."""

COMPILING = 40 * 2**20
COMPILING_A_LAYER = 6 * 2**20
"""Bytes that the compiler takes, and for each layer in each direction."""

OF_A_GATE = 5
"""Numbers for each gate of a unit, time step and row: its sum, its value, the factor of its
gradient, its gradient, and that in another order, for the product that gives the kernel's."""

OF_A_GATE_ON_THE_WAY_BACK = 3
"""Those that are still there when the gradients of narrow kernels are taken."""

WIDE = 600
"""From so many weights on, a kernel's gradient is a matrix product. That of a narrower one is made
of every product of an input and an output, at all time steps at once (`rnnlab.engine.operations`).
"""

OF_A_LOGIT, MAX_LOGITS = 6, 4_000_000
"""Numbers for each output of each time step read; of more logits only one step is there."""

OF_A_WEIGHT, OF_A_SLOT = 7, 3
"""Numbers for each weight: itself before and after, its gradient, …; and for each that the
optimizer remembers beside it."""

OF_AN_INPUT, INPUTS_A_CALL = 6, 400_000
"""Numbers for each one read or to be predicted, and how many of these a call has at least."""

OF_WHAT_IS_FED = 2
"""How often these are there for each further network, while another one's are made."""

AT_ONCE = 3
"""The most networks of a run that go through a window at the same time."""

OF_A_THREAD = 40 * 2**20
"""Bytes that each further one of these takes beside its window (measured)."""

OF_A_RECORD = 3
"""How often losses and accuracies are there: in chunks, as a whole, and packed to travel."""

OF_AN_EMBEDDED_NUMBER = 3
"""Numbers for each that stands for a word at a time step: itself, its gradient, and the square."""

BYTES_OF_A_BIT, BYTES_WHILE_BITS_ARE_DRAWN = 6, 40
"""For each bit of an epoch, and for each of one network while its series is made."""

OF_A_SAMPLE = 4
"""How often samples are there: made, in order, and side by side."""

SNAPSHOTS = 24_000_000
"""Bytes of the weights, windows and checkpoints that a run leaves on its way."""

MAX_SNAPSHOTS, BYTES_OF_SNAPSHOTS = 50, 4_000_000
MAX_CHECKPOINTS, BYTES_OF_CHECKPOINTS = 16, 8_000_000
"""How many of these a run leaves, and how many bytes they take together, but at least one does."""

OF_A_SNAPSHOT = 2
"""How often it is there: as it is, and packed to travel."""

WINDOWS = 4_000_000
"""Bytes of the windows that a run has shown, and of those that it is judged on."""

PROGRAM = 10 * 2**20
"""Bytes of a compiled program."""


def peak_bytes(settings: Settings) -> int:
    """The most bytes that a worker takes for a run, to within a factor of about two."""
    s = settings
    slots = len(OPTIMIZERS[s.optimizer].initial_slots)
    window = window_bytes(s.network, s.rows, s.shape[0], slots, s.networks)
    history = 2 * NUMBER * OF_A_RECORD * s.updates * s.networks
    return window + _bytes_of_data(s) + history + SNAPSHOTS


def held_bytes(settings: Settings) -> int:
    """The most bytes that a run still has while others have their turns.

    What compiling takes, and a window forward and back, is given back by then.
    """
    s = settings
    slots = len(OPTIMIZERS[s.optimizer].initial_slots)
    weights = NUMBER * s.network.parameters
    carried = NUMBER * s.network.layers * s.network.state_size * s.rows
    checkpoint = s.networks * (weights * (1 + slots) + carried)
    snapshots = max(weights, min(MAX_SNAPSHOTS * weights, BYTES_OF_SNAPSHOTS))
    checkpoints = max(checkpoint, min(MAX_CHECKPOINTS * checkpoint, BYTES_OF_CHECKPOINTS))
    inputs = s.rows * s.shape[0] * s.networks * (s.network.features + 1)
    fed = NUMBER * max(inputs, s.networks * INPUTS_A_CALL)
    history = NUMBER * OF_A_RECORD * s.updates * s.networks * 2
    left = OF_A_SNAPSHOT * snapshots + checkpoints + WINDOWS
    return min(fed + _bytes_of_epoch(s) + history + left + PROGRAM, peak_bytes(s))


def window_bytes(network: Network, rows: int, timesteps: int, slots: int, networks: int = 1) -> int:
    """Bytes for compiling a program, and for one window forward and back, with all weights."""
    n, directions = padded(network), len(network.directions)
    at_once = min(networks, AT_ONCE)
    places = rows * timesteps
    units = n.layers * n.width
    gates = n.cell_type.n_gates
    at_a_place = max(
        units * (OF_A_GATE * gates + 1),
        units * (OF_A_GATE_ON_THE_WAY_BACK * gates + 1) + _narrow_products(n),
    )
    masks = n.width * (n.layers - 1) if n.dropout else 0
    read = 1 if n.last_step else timesteps
    logits = min(rows * read * n.outputs, MAX_LOGITS)
    inputs = max(places * ((1 if n.vocabulary else n.features) + 1), INPUTS_A_CALL)
    embedded = OF_AN_EMBEDDED_NUMBER * n.features if n.vocabulary else 0
    weights = networks * n.parameters * (OF_A_WEIGHT + OF_A_SLOT * slots)
    numbers = (
        at_once * (places * (at_a_place + masks + embedded) + OF_A_LOGIT * logits)
        + (OF_AN_INPUT + OF_WHAT_IS_FED * (networks - 1)) * inputs
        + weights
    )
    threads = OF_A_THREAD * (at_once - 1)
    return NUMBER * numbers + threads + COMPILING + COMPILING_A_LAYER * n.layers * directions


def reading_bytes(network: Network, rows: int, timesteps: int) -> int:
    """Bytes for the forward pass alone."""
    n = network
    of_layer = n.width * 2 * (n.cell_type.n_gates + 1)
    return NUMBER * rows * timesteps * (of_layer + n.features)


def check_memory(n_bytes: int, name: str, remedy: str) -> None:
    """Raise a `SettingError` if a run, called `name`, takes more bytes than `MAX_BYTES`."""
    if n_bytes > MAX_BYTES:
        raise SettingError(
            f"A {name} may take {MAX_BYTES / 2**30:.0f} GB of memory, but these settings need "
            f"{n_bytes / 2**30:.1f} GB: {remedy}."
        )


def _narrow_products(network: Network) -> int:
    """Numbers at each place of the products that narrow kernels' gradients are summed from.

    Those of a layer's own kernel and of its recurrent kernels are there at the same time.
    """
    n, columns = network, network.units * network.cell_type.n_gates
    recurrent = n.units * columns
    own = [
        n.features_of(layer) * columns * len(n.directions)
        for layer in range(1, n.layers + 1)
        if not (layer == 1 and n.vocabulary)
    ]
    return max([0, *(size for size in own if size < WIDE)]) + (
        recurrent * len(n.directions) if recurrent < WIDE else 0
    )


def _bytes_of_data(settings: Settings) -> int:
    """An epoch's bits or samples, and what making them takes."""
    s = settings
    if isinstance(s.data, StreamRule):
        return _bytes_of_epoch(s) + s.rows * s.length * BYTES_WHILE_BITS_ARE_DRAWN
    return _bytes_of_epoch(s) + NUMBER * _samples(s) * OF_A_SAMPLE


def _bytes_of_epoch(settings: Settings) -> int:
    """An epoch's bits or samples, for each network."""
    s = settings
    if isinstance(s.data, StreamRule):
        return s.rows * s.length * BYTES_OF_A_BIT * s.network.features * s.networks
    return NUMBER * _samples(s) * OF_A_SAMPLE * s.networks


def _samples(settings: Settings) -> int:
    """How many numbers all samples of an epoch have."""
    return settings.rows * settings.updates_per_epoch * math.prod(settings.shape)
