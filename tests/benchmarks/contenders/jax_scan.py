"""JAX at its best: `jit`, `lax.scan` over the updates and, within each, over the time steps."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from rnnlab.engine import Batches
from rnnlab.network import layer_weights
from tests.benchmarks.contenders import Job, Turn

TITLE = "JAX jit + scan"

Tree = Any


def _simple_rnn(weights: Tree, state: Tree, sums: jax.Array) -> tuple[Tree, jax.Array]:
    h = jnp.tanh(sums + state[0] @ weights["recurrent_kernel"])
    return (h,), h


def _lstm(weights: Tree, state: Tree, sums: jax.Array) -> tuple[Tree, jax.Array]:
    h, c = state
    i, f, g, o = jnp.split(sums + h @ weights["recurrent_kernel"], 4, axis=-1)
    c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
    h = jax.nn.sigmoid(o) * jnp.tanh(c)
    return (h, c), h


def _gru(weights: Tree, state: Tree, sums: jax.Array) -> tuple[Tree, jax.Array]:
    (h,) = state
    of_state = h @ weights["recurrent_kernel"] + weights["bias"][1]
    (for_z, for_r, for_n), (z, r, p) = (jnp.split(part, 3, axis=-1) for part in (sums, of_state))
    z, r = jax.nn.sigmoid(for_z + z), jax.nn.sigmoid(for_r + r)
    h = z * h + (1 - z) * jnp.tanh(for_n + r * p)
    return (h,), h


CELLS = {"simple_rnn": (_simple_rnn, 1), "gru": (_gru, 1), "lstm": (_lstm, 2)}


def _adam(weights: Tree, slots: Tree, gradient: Tree, rate: float) -> tuple[Tree, Tree]:
    count, mean, square = slots
    count = count + 1
    mean = jax.tree.map(lambda m, g: m + 0.1 * (g - m), mean, gradient)
    square = jax.tree.map(lambda s, g: s + 0.001 * (g * g - s), square, gradient)
    rate = rate * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
    weights = jax.tree.map(
        lambda w, m, s: w - rate * m / (jnp.sqrt(s) + 1e-7), weights, mean, square
    )
    return weights, (count, mean, square)


def _adagrad(weights: Tree, slots: Tree, gradient: Tree, rate: float) -> tuple[Tree, Tree]:
    slots = jax.tree.map(lambda s, g: s + g * g, slots, gradient)
    weights = jax.tree.map(
        lambda w, s, g: w - rate * g / jnp.sqrt(s + 1e-7), weights, slots, gradient
    )
    return weights, slots


def _rmsprop(weights: Tree, slots: Tree, gradient: Tree, rate: float) -> tuple[Tree, Tree]:
    slots = jax.tree.map(lambda s, g: 0.9 * s + 0.1 * g * g, slots, gradient)
    weights = jax.tree.map(
        lambda w, s, g: w - rate * g / jnp.sqrt(s + 1e-7), weights, slots, gradient
    )
    return weights, slots


OPTIMIZERS = {
    "rmsprop": (_rmsprop, lambda w: jax.tree.map(jnp.zeros_like, w)),
    "adam": (
        _adam,
        lambda w: (
            jnp.float32(0),
            jax.tree.map(jnp.zeros_like, w),
            jax.tree.map(jnp.zeros_like, w),
        ),
    ),
    "adagrad": (_adagrad, lambda w: jax.tree.map(lambda one: jnp.full_like(one, 0.1), w)),
}


def prepare(job: Job, batches: Batches) -> Turn:
    """The same network from the same weights; compiled by a first run."""
    network, settings = job.network, job.settings
    step, n_parts = CELLS[network.cell]
    update, begin = OPTIMIZERS[settings.optimizer]
    kind = np.int32 if network.vocabulary else np.float32
    x = jnp.asarray(batches.inputs[:, 0].astype(kind).swapaxes(1, 2))
    y = jnp.asarray(batches.targets[:, 0].swapaxes(1, 2))
    keep = jnp.asarray(batches.keep.astype(np.float32))

    def loss(weights: Tree, state: Tree, inputs: jax.Array, targets: jax.Array) -> Any:
        after = []
        inputs = weights["embedding"][inputs] if network.vocabulary else inputs
        for layer in range(1, network.layers + 1):
            both = []
            for direction in network.directions:
                own = layer_weights(weights, layer, direction)
                bias = own["bias"][0] if network.cell == "gru" else own["bias"]
                last, outputs = lax.scan(
                    lambda s, a, own=own: step(own, s, a),
                    state[layer - 1],
                    inputs @ own["kernel"] + bias,
                    reverse=bool(both),
                )
                both.append(outputs)
            inputs = jnp.concatenate(both, axis=-1)
            after.append(last)
        read = inputs[-1:] if network.last_step else inputs
        said = read @ weights["dense_kernel"] + weights["dense_bias"]
        if network.sigmoid:
            logit = said[..., 0]
            return jnp.mean(jnp.logaddexp(0, logit) - logit * targets), after
        if not network.classes:
            return jnp.mean((said[..., 0] - targets) ** 2), after
        picked = jnp.take_along_axis(jax.nn.log_softmax(said), targets[..., None], axis=-1)
        return -jnp.mean(picked), after

    def one(carry: Tree, data: Tree) -> tuple[Tree, jax.Array]:
        weights, slots, state = carry
        inputs, targets, kept = data
        state = jax.tree.map(lambda part: part * kept, state)
        (value, after), gradient = jax.value_and_grad(loss, has_aux=True)(
            weights, state, inputs, targets
        )
        weights, slots = update(weights, slots, gradient, settings.learning_rate)
        return (weights, slots, after), value

    @jax.jit
    def train(carry: Tree) -> tuple[Tree, jax.Array]:
        by_number = network.classes and not network.sigmoid
        return lax.scan(one, carry, (x, y.astype(jnp.int32) if by_number else y, keep))

    weights = {name: jnp.asarray(value) for name, value in job.first_weights.items()}
    zero = jnp.zeros((settings.rows, network.units))
    carry = (weights, begin(weights), [(zero,) * n_parts] * network.layers)

    def turn() -> None:
        nonlocal carry
        carry, losses = train(carry)
        jax.block_until_ready(losses)

    turn()
    return turn
