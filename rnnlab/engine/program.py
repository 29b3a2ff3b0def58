"""Many updates of one architecture, compiled into one program.

Calling TensorFlow once an update costs far more than the update of a small network. Here a loop
over up to `capacity` updates is inside the program; data, weights and hyperparameters are its
arguments, so that only another architecture compiles anew. Several networks of a run, each with its
own weights and data, are trained by the same program, on as many cores as are free; each learns to
the last digit what it would learn alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from threading import Lock
from typing import Any

import numpy as np
import tensorflow as tf

from rnnlab import compilation_cache
from rnnlab.cells.operations import Tensor
from rnnlab.engine import graphs, operations
from rnnlab.engine.architecture import Architecture, pack, unpack, unpack_tensor
from rnnlab.engine.batches import Batches, FedBatches, feed
from rnnlab.engine.side_by_side import side_by_side
from rnnlab.engine.state import Array, Chunk, Hyperparameters, TrainState, TrainStates
from rnnlab.engine.window import WindowResult, dropout_masks, forward_and_backward, merge
from rnnlab.optimizers import OPTIMIZERS, Gradient
from rnnlab.progress import waiting

logger = logging.getLogger(__name__)

# Each program is traced once; TensorFlow takes the next program for the same one, traced anew.
tf.get_logger().addFilter(lambda record: "triggered tf.function retracing" not in record.msg)


class Program:
    """The compiled training loop of one architecture. Several threads may use it at once."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self.shapes = architecture.network.shapes
        # Parts are programs of their own, which TensorFlow runs beside each other.
        self._whole = architecture.parts == 1
        self._loop: graphs.FunctionGraph | None = None
        self._name = f"{architecture} {architecture.capacity} {architecture.parts}"
        own = (
            _uncompiled if self._whole else partial(tf.function, jit_compile=True, autograph=False)
        )
        self._masks, self._pass = own(self._draw_masks), own(self._pass_part)
        self._finish = own(self._finish_update)
        self._lock, self._compiled = Lock(), False

    def compile(self) -> None:
        """Compile now, unless that is done; if another thread is about it, wait for that."""
        if not self._compiled and self._lock.locked():
            with waiting.get()(), self._lock:
                pass
        if not self._compiled:
            with self._lock:
                self._compile()

    def _compile(self) -> None:
        """Compile by a call that does no update, or one whose result is dropped."""
        if self._compiled:
            return
        a = self.architecture
        n = 0 if a.parts == 1 else 1
        weights = {name: np.zeros(shape, np.float32) for name, shape in self.shapes.items()}
        batches = Batches(
            np.zeros((n, 1, a.rows, *a.network.input_shape(a.timesteps))),
            np.zeros((n, 1, a.rows, a.timesteps_read)),
            np.zeros(n),
            np.ones((n, 1, a.rows)) if a.with_lengths else None,
        )
        (start,), (fed,) = self.begin([weights]), feed(a, batches)
        constant = _tensors(0.0, 0.0, 1.0, 0)
        try:
            self._run(start, fed, 0, n, constant)
        except tf.errors.OpError:
            # A damaged file, or no room for another: XLA does not go on without it, and what has
            # failed once under a name fails always.
            if not compilation_cache.clear():
                raise
            logger.warning("The compilation cache is cleared.", exc_info=True)
            self._loop, self._name = None, f"{self._name} again"
            self._run(start, fed, 0, n, constant)
        self._compiled = True

    def begin(self, weights: Sequence[dict[str, Array]]) -> TrainStates:
        """The state before the first update: each network's weights, fresh slots, zero state."""
        a = self.architecture
        initial = np.array(OPTIMIZERS[a.optimizer].initial_slots, np.float32)
        state = tf.zeros((a.network.layers * a.network.state_size, a.rows))
        vectors = [pack(own, self.shapes) for own in weights]
        return tuple(
            TrainState(
                tf.constant(vector),
                tf.constant(np.multiply.outer(initial, np.ones_like(vector)), tf.float32),
                state,
                tf.constant(0),
            )
            for vector in vectors
        )

    def weights(self, states: TrainStates, network: int = 0) -> dict[str, Array]:
        """The weights of one of the networks by name."""
        return unpack(states[network].weights.numpy(), self.shapes)

    def run(
        self, states: TrainStates, batches: Batches, hyperparameters: Hyperparameters
    ) -> tuple[TrainStates, Chunk]:
        """One update for each of the batches, at most `architecture.capacity` of them."""
        fed = feed(self.architecture, batches)
        return self.run_part(states, fed, 0, len(batches.inputs), hyperparameters)

    def run_part(
        self,
        states: TrainStates,
        fed: Sequence[FedBatches],
        first: int,
        end: int,
        hyperparameters: Hyperparameters,
    ) -> tuple[TrainStates, Chunk]:
        """One update for each of the batches from `first` to before `end`, of each network."""
        self.compile()
        return self._run_each(states, fed, first, end, hyperparameters)

    def _run_each(
        self,
        states: TrainStates,
        fed: Sequence[FedBatches],
        first: int,
        end: int,
        hyperparameters: Hyperparameters,
    ) -> tuple[TrainStates, Chunk]:
        *common, seeds = hyperparameters
        networks = list(zip(states, fed, seeds, strict=True))
        done = side_by_side(
            lambda own: self._run(own[0], own[1], first, end, _tensors(*common, own[2])), networks
        )
        after, chunks = zip(*done, strict=True)
        losses, accuracies, predicted = zip(*chunks, strict=True)
        # Copies: views would keep the losses of `capacity` updates as long as the run is there.
        return after, Chunk(np.stack(losses, 1), np.stack(accuracies, 1), predicted[0].T)

    def read(self, weights: Sequence[dict[str, Array]], batches: Batches) -> Array:
        """The losses (windows, networks) of networks that only read: nothing is learnt.

        It is the same program at a learning rate of 0, so nothing compiles; any number of batches.
        """
        self.compile()
        states, n = self.begin(weights), self.architecture.capacity
        still = Hyperparameters(0.0, seeds=(0,) * len(weights))
        losses = []
        for start in range(0, len(batches.inputs), n):
            part = batches.part(start, start + n)
            fed = feed(self.architecture, part)
            states, chunk = self._run_each(states, fed, 0, len(part.inputs), still)
            losses.append(chunk.losses)
        return np.concatenate(losses)

    def _run(
        self,
        state: TrainState,
        fed: FedBatches,
        first: int,
        end: int,
        hyperparameters: tuple[Tensor, ...],
    ) -> tuple[TrainState, tuple[Array, Array, Array]]:
        """One network's updates: its state, losses and accuracies (updates,), and predictions."""
        part = (tf.constant(first), tf.constant(end))
        arguments = (state, *fed, *part, *hyperparameters)
        if self._loop is None:
            self._loop = graphs.graph(self._trace, arguments, self._name, self._whole)
        *after, losses, accuracies, predicted = self._loop(*tf.nest.flatten(arguments))
        own = slice(first, end)
        chunk = losses.numpy()[own], accuracies.numpy()[own], predicted.numpy()
        return TrainState(*after), chunk

    def _trace(
        self,
        state: TrainState,
        inputs: Tensor,
        targets: Tensor,
        keep: Tensor,
        lengths: Tensor | tuple[()],
        first: Tensor,
        end: Tensor,
        learning_rate: Tensor,
        dropout: Tensor,
        clip: Tensor,
        seed: Tensor,
    ) -> tuple[Tensor, ...]:
        a = self.architecture
        empty = tf.TensorArray(tf.float32, a.capacity, element_shape=())
        per_update = empty.unstack(tf.zeros(a.capacity))

        def body(
            i: Tensor, now: TrainState, losses: Tensor, accuracies: Tensor, _: Tensor
        ) -> tuple[Tensor, ...]:
            now = now._replace(state=now.state * keep[i])
            masks = self._masks(now.count, dropout, seed)
            own_lengths = lengths[i] if a.with_lengths else ()
            whole = (inputs[i], targets[i], now.state, masks, own_lengths)
            parts = [self._pass(now.weights, *part) for part in self._parts(whole)]
            after, result = self._finish(now, parts, learning_rate, clip)
            losses = losses.write(i, result.loss)
            accuracies = accuracies.write(i, result.accuracy)
            return i + 1, after, losses, accuracies, result.predicted

        zeros = tf.zeros((a.timesteps_read, a.rows))
        _, state, losses, accuracies, predicted = tf.while_loop(
            lambda i, *_: i < end, body, (first, state, per_update, per_update, zeros)
        )
        return state, losses.stack(), accuracies.stack(), predicted

    def _parts(self, whole: Any) -> list[Any]:
        """What a pass takes besides the weights, cut along the rows into equal parts."""
        n = self.architecture.parts
        pieces = [tf.split(tensor, n, axis=-1) for tensor in tf.nest.flatten(whole)]
        return [tf.nest.pack_sequence_as(whole, part) for part in zip(*pieces, strict=True)]

    def _draw_masks(self, count: Tensor, dropout: Tensor, seed: Tensor) -> list[Tensor]:
        a, network = self.architecture, self.architecture.network
        shape = (a.timesteps, network.width, a.rows)
        return dropout_masks(network, dropout, seed, count, shape) if a.with_dropout else []

    def _pass_part(self, weights: Tensor, *part: Any) -> WindowResult:
        own = unpack_tensor(weights, self.shapes)
        inputs, targets, state, masks, lengths = part
        own_lengths = lengths if self.architecture.with_lengths else None
        network = self.architecture.network
        return forward_and_backward(network, own, inputs, targets, state, masks, own_lengths)

    def _finish_update(
        self, now: TrainState, parts: list[WindowResult], learning_rate: Tensor, clip: Tensor
    ) -> tuple[TrainState, WindowResult]:
        """The state after the update, and the result for the whole window."""
        a, whole = self.architecture, merge(parts)
        gradient = Gradient.of(self._flat(whole.gradients))
        if whole.squares:
            squares = {
                name: value * value for name, value in whole.gradients.items()
            } | whole.squares
            gradient = gradient._replace(squares=self._flat(squares))
        gradient = clipped(gradient, clip) if a.with_clipping else gradient
        update = OPTIMIZERS[a.optimizer].update
        after = update(operations, now.weights, now.slots, gradient, learning_rate, now.count)
        return TrainState(*after, whole.state, now.count + 1), whole

    def _flat(self, values: dict[str, Tensor]) -> Tensor:
        """Values by the names of the weights, as one vector."""
        return tf.concat([tf.reshape(values[name], (-1,)) for name in self.shapes], 0)


@lru_cache(maxsize=64)
def _tensors(learning_rate: float, dropout: float, clip: float, seed: int) -> tuple[Tensor, ...]:
    numbers = (learning_rate, dropout, clip)
    return *(tf.constant(number, tf.float32) for number in numbers), tf.constant(seed)


def clipped(gradient: Gradient, norm: Tensor) -> Gradient:
    """The gradient, shortened to `norm` where it is longer (Pascanu et al. 2013).

    As in Keras, the length is that of the squares, but what comes out is squared as it is.
    """
    length = tf.sqrt(tf.reduce_sum(gradient.squares))
    return Gradient.of(gradient.values * (norm * tf.minimum(1.0 / length, 1.0 / norm)))


def _uncompiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """For what is compiled together with the loop around it."""
    return function
