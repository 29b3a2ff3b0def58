"""Ablate and clamp: what a unit is worth, found by switching it off or holding it still.

A unit that always says `value` makes the same network with other weights: those that multiply what
it says become 0, and `value` times them goes into the biases. On the straight way from the old
weights to these the gradient foretells what happens to the loss, as Mozer & Smolensky (1989,
"Skeletonization") used it; what does happen is measured. The same is asked of each past input.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.fresh_data import Floats, Weights, read_fresh, warm_states
from rnnlab.insight.memory import N_FLIPPED, read_turned, windows_of_series
from rnnlab.network import Network
from rnnlab.reference import Trace, forward, gradients, last_step_input_gradient
from rnnlab.reference import loss as loss_of
from rnnlab.settings import Settings

OFF, MEAN = "off", "mean"
"""A unit that says 0, and one that says what it says on average."""

FEWEST_ROWS, MOST_ROWS, ROWS_TIMES_UNITS, STEPS = 12, 50, 800, 40
"""Of bits: the more units, the more often they are read, and the fewer rows are."""

LEAST = 0.001
"""Smaller losses and changes are called so."""


@dataclass(frozen=True, eq=False)
class Ablation:
    """What happens without each unit of a layer, on fresh bits or test samples.

    `loss` and `accuracy` (None for numbers) are those of the whole network. Arrays are (units,):
    `losses` and `accuracies` without the unit, `foretold` what the gradient says the loss will
    change by, and `moved` how much probability goes to other answers, or how far the
    number moves, on average.
    """

    loss: float
    losses: Floats
    foretold: Floats
    moved: Floats
    accuracy: float | None = None
    accuracies: Floats | None = None

    @property
    def changes(self) -> Floats:
        """By how much the loss rises without each unit."""
        rises: Floats = self.losses - self.loss
        return rises


@dataclass(frozen=True, eq=False)
class TurnedInputs:
    """What happens to the loss of the last step where the input k steps back is turned, (lags,).

    `loss` is that of the inputs as they are, `changes` are measured, `foretold` by the gradient.
    """

    loss: float
    changes: Floats
    foretold: Floats


def clamped(
    network: Network, weights: Weights, layer: int, unit: int, value: float
) -> dict[str, Floats]:
    """The weights with which `unit` (from 0) of `layer` (from 1) always says `value`.

    In a network of both directions it is one of those that read on from the first step.
    """
    changed = {name: numbers.astype(float) for name, numbers in weights.items()}
    own = f"rnn{layer}_"
    _hold(changed, f"{own}recurrent_kernel", f"{own}bias", unit, value)
    if layer == network.layers:
        _hold(changed, "dense_kernel", "dense_bias", unit, value)
        return changed
    for direction in network.directions:
        above = f"rnn{layer + 1}_{direction}"
        _hold(changed, f"{above}kernel", f"{above}bias", unit, value)
    return changed


def ablation(
    settings: Settings, weights: Weights, layer: int = 1, instead: str = OFF, *, seed: int = 0
) -> Ablation:
    """Each unit of `layer` in turn: switched off, or held at its mean (`instead`)."""
    network = settings.network
    exact = {name: value.astype(float) for name, value in weights.items()}
    rows = min(MOST_ROWS, max(FEWEST_ROWS, ROWS_TIMES_UNITS // network.units))
    fresh = partial(read_fresh, settings, rows=rows, timesteps=STEPS, seed=seed)
    inputs, targets, whole = fresh(exact)
    values = np.zeros(network.units)
    if instead == MEAN:
        values = whole.layers[layer - 1].outputs.mean(axis=(0, 1))
    slopes = gradients(network, exact, inputs, targets, whole)
    losses, right, foretold, moved = [], [], [], []
    bits = network.classes
    moving = 2 if bits else 1  # what one answer gains, the others lose
    for unit, value in enumerate(values):
        without = clamped(network, exact, layer, unit, value)
        trace = fresh(without)[2]
        losses.append(loss_of(network, trace, targets))
        right.append(_right(trace, targets))
        foretold.append(
            sum(float(np.vdot(slopes[name], without[name] - exact[name])) for name in exact)
        )
        moved.append(np.abs(trace.predicted - whole.predicted).sum(axis=2).mean() / moving)
    return Ablation(
        loss_of(network, whole, targets),
        np.array(losses),
        np.array(foretold),
        np.array(moved),
        _right(whole, targets) if bits else None,
        np.array(right) if bits else None,
    )


def turned_inputs(settings: Settings, weights: Weights, *, seed: int = 0) -> TurnedInputs:
    """The input of each step back in turn, lag 0 first, on windows of fresh bits."""
    exact = {name: value.astype(float) for name, value in weights.items()}
    network = settings.network
    before, inputs, targets = (values[:N_FLIPPED] for values in windows_of_series(settings, seed))
    states = warm_states(settings, exact, before)
    whole = forward(network, exact, inputs, states)
    turned = read_turned(settings, exact, inputs, states)
    loss = _losses(whole, targets)
    changed = _losses(turned, np.tile(targets, inputs.shape[1])).reshape(-1, len(targets))
    slopes = last_step_input_gradient(network, exact, inputs, targets, whole)[..., 0]
    foretold = (slopes * (1 - 2 * inputs[..., 0].astype(float))).mean(axis=0)  # 0 to 1, or back
    return TurnedInputs(float(loss.mean()), (changed - loss).mean(axis=1)[::-1], foretold[::-1])


def ablation_sentence(measured: Ablation, instead: str = OFF) -> str:
    """Which unit the answers need most, and what the gradient had said of it."""
    most = int(measured.changes.argmax())
    how = "Hold unit {} at its mean" if instead == MEAN else "Switch unit {} off"
    before, after = measured.loss, float(measured.losses[most])
    sentence = f"{how.format(most + 1)}, and the loss goes from {_size(before)} to {_size(after)}"
    if measured.accuracy is not None and measured.accuracies is not None:
        sentence += (
            f", right answers from {measured.accuracy:.0%} to {measured.accuracies[most]:.0%}"
        )
    if len(measured.losses) > 1:
        sentence += ": no other unit is needed more"
    return f"{sentence}. {_foretold(float(measured.changes[most]), float(measured.foretold[most]))}"


def turned_sentence(measured: TurnedInputs) -> str:
    """Which input's turning changes the loss most, and what the gradient had said of it."""
    most = int(np.abs(measured.changes).argmax())
    where = "just read" if most == 0 else f"{most} step{'s' * (most > 1)} back"
    after = measured.loss + float(measured.changes[most])
    return (
        f"Turn the input {where} around, and the loss of the last answer goes from "
        f"{_size(measured.loss)} to {_size(after)}. "
        f"{_foretold(float(measured.changes[most]), float(measured.foretold[most]))}"
    )


def _foretold(change: float, foretold: float) -> str:
    prediction = f"a change of {foretold:+.2g}" if abs(foretold) >= LEAST else "hardly any change"
    sentence = f"The gradient foretold {prediction}"
    if abs(foretold - change) <= max(LEAST, 0.25 * abs(change)):
        return f"{sentence}, and it was right: here the loss changes almost in a straight line."
    return f"{sentence}: a gradient is the slope where one stands, and this is a long way to go."


def _size(loss: float) -> str:
    return f"{loss:.3g}" if loss >= LEAST else f"less than {LEAST}"


def _hold(changed: dict[str, Floats], kernel: str, bias: str, row: int, value: float) -> None:
    """What comes by this row of the kernel is always `value` times it: a part of the bias.

    A GRU's bias has two rows: one for its inputs, one for its state.
    """
    constant = value * changed[kernel][row]
    if changed[bias].ndim == 1:
        changed[bias] += constant
    else:
        changed[bias][1 if kernel.endswith("recurrent_kernel") else 0] += constant
    changed[kernel][row] = 0


def _right(trace: Trace, targets: NDArray[Any]) -> float:
    """The share of answers whose likelier bit is the target."""
    return float((trace.predicted.argmax(axis=2) == targets).mean())


def _losses(trace: Trace, targets: NDArray[Any]) -> Floats:
    """What each row's last answer costs, in nats: -log softmax at its target."""
    logits = trace.outputs[:, -1]
    of_target = np.take_along_axis(logits, targets[:, None].astype(int), axis=1)[:, 0]
    losses: Floats = np.logaddexp.reduce(logits, axis=1) - of_target
    return losses
