"""Many updates of one architecture, compiled into one program.

Calling TensorFlow once an update costs far more than the update of a small network. Here a loop
over up to `capacity` updates is inside the program; learning rate, data, weights, and whether the
state is carried are arguments of it, so that only another architecture compiles anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from rnnlab.cells import cell
from rnnlab.engine.cells import engine_cell
from rnnlab.engine.optimizers import OPTIMIZERS
from rnnlab.engine.packing import pack, unpack
from rnnlab.engine.readout import read
from rnnlab.reference import weight_shapes

Array = NDArray[np.float32]
Tensor = Any

# Each program is traced once; TensorFlow takes the next program for the same one, traced anew.
tf.get_logger().addFilter(lambda record: "triggered tf.function retracing" not in record.msg)

MOST_UPDATES_A_CALL = 1024
MOST_INPUTS_A_CALL = 200_000


@dataclass(frozen=True)
class Architecture:
    """Everything that a compiled program depends on."""

    cell: str
    activation: str
    optimizer: str
    rows: int
    window: int
    units: int

    @property
    def capacity(self) -> int:
        """The most updates that one call of the program can do."""
        inputs = self.rows * self.window
        return max(1, min(MOST_UPDATES_A_CALL, MOST_INPUTS_A_CALL // inputs))


class Carry(NamedTuple):
    """What goes from one update to the next: weights, optimizer slots, state, updates done."""

    weights: Tensor
    slots: Tensor
    state: Tensor
    count: Tensor


class Chunk(NamedTuple):
    """What some updates showed, each of them: `losses` (nats) and `accuracies`, shape (updates,).

    `predicted` (rows, timesteps) is the probability of a 1 in the last of these windows.
    """

    losses: Array
    accuracies: Array
    predicted: Array


class Program:
    """The compiled training loop of one architecture. Several threads may use it at once."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self.shapes = weight_shapes(cell(architecture.cell), 1, architecture.units)
        self._loop = tf.function(self._trace, jit_compile=True, autograph=False)

    def compile(self) -> None:
        """Compile now, by a call that does no update."""
        a = self.architecture
        weights = {name: np.zeros(shape, np.float32) for name, shape in self.shapes.items()}
        nothing = np.zeros((0, a.rows, a.window))
        self.run(self.begin(weights), nothing, nothing, learning_rate=0.0, carry_state=True)

    def begin(self, weights: dict[str, Array]) -> Carry:
        """The carry before the first update: these weights, fresh slots, zero state."""
        vector = pack(weights, self.shapes)
        slots = OPTIMIZERS[self.architecture.optimizer].initial_slots
        return Carry(
            tf.constant(vector),
            tf.constant(np.outer(slots, np.ones_like(vector)), tf.float32),
            self._zero_state(),
            tf.constant(0),
        )

    def forget(self, carry: Carry) -> Carry:
        """The same carry with a zero state."""
        return carry._replace(state=self._zero_state())

    def weights(self, carry: Carry) -> dict[str, Array]:
        """The weights by name."""
        return unpack(carry.weights.numpy(), self.shapes)

    def run(
        self,
        carry: Carry,
        inputs: NDArray[Any],
        targets: NDArray[Any],
        *,
        learning_rate: float,
        carry_state: bool,
    ) -> tuple[Carry, Chunk]:
        """One update for each window of `inputs` and `targets`, (windows, rows, timesteps).

        At most `architecture.capacity` windows. The state goes on from window to window if
        `carry_state`, else every window starts from zero.
        """
        n_updates = len(inputs)
        carry, losses, accuracies, predicted = self._loop(
            carry,
            self._feed(inputs, np.float32)[:, :, None, :],
            self._feed(targets, np.int32),
            tf.constant(n_updates),
            tf.constant(learning_rate, tf.float32),
            tf.constant(float(carry_state)),
        )
        chunk = Chunk(
            losses.numpy()[:n_updates], accuracies.numpy()[:n_updates], predicted.numpy().T
        )
        return carry, chunk

    def _zero_state(self) -> Tensor:
        a = self.architecture
        return tf.zeros((cell(a.cell).state_size(a.units), a.rows))

    def _feed(self, windows: NDArray[Any], dtype: type) -> NDArray[Any]:
        """(windows, rows, timesteps) as (capacity, timesteps, rows), the rest filled with zeros."""
        a = self.architecture
        fed: NDArray[Any] = np.zeros((a.capacity, a.window, a.rows), dtype)
        fed[: len(windows)] = windows.transpose(0, 2, 1)
        return fed

    def _trace(
        self,
        carry: Carry,
        inputs: Tensor,
        targets: Tensor,
        n_updates: Tensor,
        learning_rate: Tensor,
        carry_state: Tensor,
    ) -> tuple[Tensor, ...]:
        a = self.architecture
        update = OPTIMIZERS[a.optimizer].update
        blank = tf.TensorArray(tf.float32, a.capacity, element_shape=())
        per_update = blank.unstack(tf.zeros(a.capacity))

        def body(
            i: Tensor, now: Carry, losses: Tensor, accuracies: Tensor, _: Tensor
        ) -> tuple[Tensor, ...]:
            now = now._replace(state=now.state * carry_state)
            gradient, state, reading = self._window(now, inputs[i], targets[i])
            after = update(now.weights, now.slots, gradient, learning_rate, now.count)
            return (
                i + 1,
                Carry(*after, state, now.count + 1),
                losses.write(i, reading.loss),
                accuracies.write(i, reading.accuracy),
                reading.probabilities[:, 1],
            )

        start = (0, carry, per_update, per_update, tf.zeros((a.window, a.rows)))
        _, carry, losses, accuracies, predicted = tf.while_loop(
            lambda i, *_: i < n_updates, body, start
        )
        return carry, losses.stack(), accuracies.stack(), predicted

    def _window(self, carry: Carry, inputs: Tensor, targets: Tensor) -> tuple[Tensor, Tensor, Any]:
        """Gradient (as one vector), final state, and reading of one window."""
        a = self.architecture
        layer = engine_cell(a.cell)
        weights = unpack(carry.weights, self.shapes)
        tape = layer.forward(weights, inputs, carry.state, a.activation)
        reading = read(weights, tape.outputs, targets)
        gradients = reading.gradients | layer.backward(
            weights, inputs, carry.state, tape, reading.d_outputs, a.activation
        )
        flat = [tf.reshape(gradients[name], [-1]) for name in self.shapes]
        return tf.concat(flat, 0), tape.final_state, reading
