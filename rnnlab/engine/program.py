"""Many updates of one architecture, compiled into one program.

Calling TensorFlow once an update costs far more than the update of a small network. Here a loop
over up to `capacity` updates is inside the program; data, weights and dials are arguments of it, so
that only another architecture compiles anew. Several networks of the same kind can be trained side
by side, each with its own weights and data: they are one more axis of every array, before the
batch. A single network goes without that axis, which the compiler would not quite see through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from rnnlab.engine import stack
from rnnlab.engine.optimizers import OPTIMIZERS, clipped
from rnnlab.engine.packing import pack, unpack, unpack_tensor
from rnnlab.engine.readout import read
from rnnlab.network import Network

Array = NDArray[np.float32]
Tensor = Any

# Each program is traced once; TensorFlow takes the next program for the same one, traced anew.
tf.get_logger().addFilter(lambda record: "triggered tf.function retracing" not in record.msg)

MOST_UPDATES_A_CALL = 1024
MOST_INPUTS_A_CALL = 200_000


@dataclass(frozen=True)
class Architecture:
    """Everything that a compiled program depends on.

    `with_dropout` and `with_clipping` say whether there is any; how much is a dial.
    """

    network: Network
    optimizer: str
    rows: int
    timesteps: int
    networks: int = 1
    with_dropout: bool = False
    with_clipping: bool = False

    @property
    def capacity(self) -> int:
        """The most updates that one call of the program can do."""
        inputs = self.networks * self.rows * self.timesteps * self.network.features
        return max(1, min(MOST_UPDATES_A_CALL, MOST_INPUTS_A_CALL // inputs))

    @property
    def timesteps_read(self) -> int:
        """How many time steps have a target."""
        return 1 if self.network.last_step else self.timesteps


class Dials(NamedTuple):
    """What can be turned without compiling anew; `seeds` has one number for each network."""

    learning_rate: float
    dropout: float = 0.0
    clip: float = 1.0
    seeds: tuple[int, ...] = (0,)


class Batches(NamedTuple):
    """What some updates learn from.

    `inputs` (updates, networks, rows, timesteps, features); `targets` (updates, networks, rows,
    timesteps read), class numbers or numbers; `keep` (updates,) is 1 where the update begins with
    the state in which the one before it ended, 0 where it begins with zeros.
    """

    inputs: NDArray[Any]
    targets: NDArray[Any]
    keep: NDArray[Any]


class Carry(NamedTuple):
    """What goes from one update to the next: weights, optimizer slots, state, updates done."""

    weights: Tensor
    slots: Tensor
    state: Tensor
    count: Tensor


class Chunk(NamedTuple):
    """What some updates showed, each of them: `losses` and `accuracies`, (updates, networks).

    `predicted` (rows, timesteps read) is what the first network said to the last of these windows:
    the probability of a 1, or the number.
    """

    losses: Array
    accuracies: Array
    predicted: Array


class Program:
    """The compiled training loop of one architecture. Several threads may use it at once."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self.shapes = architecture.network.shapes
        self._each = (architecture.networks,) if architecture.networks > 1 else ()
        self._loop = tf.function(self._trace, jit_compile=True, autograph=False)

    def compile(self) -> None:
        """Compile now, by a call that does no update."""
        a = self.architecture
        weights = {name: np.zeros(shape, np.float32) for name, shape in self.shapes.items()}
        nothing = Batches(
            np.zeros((0, a.networks, a.rows, a.timesteps, a.network.features)),
            np.zeros((0, a.networks, a.rows, a.timesteps_read)),
            np.zeros(0),
        )
        self.run(self.begin([weights] * a.networks), nothing, Dials(0.0, seeds=(0,) * a.networks))

    def begin(self, weights: Sequence[dict[str, Array]]) -> Carry:
        """The carry before the first update: each network's weights, fresh slots, zero state."""
        vectors = np.stack([pack(one, self.shapes) for one in weights], axis=1)
        vectors = vectors.reshape(-1, *self._each)
        initial = OPTIMIZERS[self.architecture.optimizer].initial_slots
        slots = np.multiply.outer(np.array(initial, np.float32), np.ones_like(vectors))
        a = self.architecture
        state = tf.zeros((a.network.layers * a.network.state_size, *self._each, a.rows))
        return Carry(tf.constant(vectors), tf.constant(slots, tf.float32), state, tf.constant(0))

    def weights(self, carry: Carry, network: int = 0) -> dict[str, Array]:
        """The weights of one of the networks by name."""
        vectors = carry.weights.numpy().reshape(-1, self.architecture.networks)
        return unpack(vectors[:, network], self.shapes)

    def run(self, carry: Carry, batches: Batches, dials: Dials) -> tuple[Carry, Chunk]:
        """One update for each of the batches, at most `architecture.capacity` of them."""
        n_updates, a = len(batches.inputs), self.architecture
        carry, losses, accuracies, predicted = self._loop(
            carry,
            self._feed(batches.inputs.transpose(0, 3, 4, 1, 2), a.timesteps, a.network.features),
            self._feed(batches.targets.transpose(0, 3, 1, 2), a.timesteps_read),
            np.resize(batches.keep.astype(np.float32), a.capacity),
            tf.constant(n_updates),
            tf.constant(dials.learning_rate, tf.float32),
            tf.constant(dials.dropout, tf.float32),
            tf.constant(dials.clip, tf.float32),
            tf.constant(dials.seeds),
        )
        by_update = (a.capacity, a.networks)
        chunk = Chunk(
            losses.numpy().reshape(by_update)[:n_updates],
            accuracies.numpy().reshape(by_update)[:n_updates],
            predicted.numpy().T,
        )
        return carry, chunk

    def _feed(self, windows: NDArray[Any], *shape: int) -> NDArray[Any]:
        """The windows as float32, (capacity, *shape, *places), with zeros after the last."""
        a = self.architecture
        fed = np.zeros((a.capacity, *shape, a.networks, a.rows), np.float32)
        fed[: len(windows)] = windows
        return fed.reshape(a.capacity, *shape, *self._each, a.rows)

    def _trace(
        self,
        carry: Carry,
        inputs: Tensor,
        targets: Tensor,
        keep: Tensor,
        n_updates: Tensor,
        learning_rate: Tensor,
        *dials: Tensor,
    ) -> tuple[Tensor, ...]:
        a = self.architecture
        blank = tf.TensorArray(tf.float32, a.capacity, element_shape=self._each)
        per_update = blank.unstack(tf.zeros((a.capacity, *self._each)))

        def body(
            i: Tensor, now: Carry, losses: Tensor, accuracies: Tensor, _: Tensor
        ) -> tuple[Tensor, ...]:
            now = now._replace(state=now.state * keep[i])
            gradient, state, reading = self._window(now, inputs[i], targets[i], *dials)
            update = OPTIMIZERS[a.optimizer].update
            after = update(now.weights, now.slots, gradient, learning_rate, now.count)
            return (
                i + 1,
                Carry(*after, state, now.count + 1),
                losses.write(i, reading.loss),
                accuracies.write(i, reading.accuracy),
                reading.predicted[:, 0] if self._each else reading.predicted,
            )

        nothing_said = tf.zeros((a.timesteps_read, a.rows))
        _, carry, losses, accuracies, predicted = tf.while_loop(
            lambda i, *_: i < n_updates, body, (0, carry, per_update, per_update, nothing_said)
        )
        return carry, losses.stack(), accuracies.stack(), predicted

    def _window(
        self,
        carry: Carry,
        inputs: Tensor,
        targets: Tensor,
        dropout: Tensor,
        clip: Tensor,
        seeds: Tensor,
    ) -> tuple[Tensor, Tensor, Any]:
        """Gradient (one vector a network), final state, and reading of one window."""
        a, network = self.architecture, self.architecture.network
        weights = unpack_tensor(carry.weights, self.shapes)
        masks = []
        if a.with_dropout:
            shape = (a.timesteps, network.units, *self._each, a.rows)
            masks = stack.dropout_masks(network, dropout, seeds, carry.count, shape)
        layers = stack.forward(network, weights, inputs, carry.state, masks)
        reading = read(
            weights, layers.outputs[-a.timesteps_read :], targets, classes=network.classes
        )
        d_outputs = reading.d_outputs
        if network.last_step:
            d_outputs = tf.concat([tf.zeros_like(layers.outputs[:-1]), d_outputs], 0)
        gradients = reading.gradients | stack.backward(network, weights, layers, d_outputs, masks)
        flat = [tf.reshape(gradients[name], (-1, *self._each)) for name in self.shapes]
        gradient = tf.concat(flat, 0)
        gradient = clipped(gradient, clip) if a.with_clipping else gradient
        return gradient, layers.final_state, reading
