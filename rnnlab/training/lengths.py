"""Four networks learn from sequences of unequal length, each padded in its own way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rnnlab.engine import Architecture, Batches, Hyperparameters, Program, TrainStates, program
from rnnlab.lengths.settings import (
    DATA,
    ROWS,
    WAYS,
    LengthProgress,
    LengthSettings,
    Sequences,
    one_hot,
)

Array = NDArray[np.float32]

POINTS = 60
"""About so many points a run has on its curves."""

JUDGED = 40
"""Updates' worth of sequences on which the final weights are judged."""


def train(settings: LengthSettings) -> Iterator[LengthProgress]:
    """Train all ways side by side, yielding `LengthProgress` now and then. To stop, stop asking."""
    began = time.perf_counter()
    compiled = program(architecture(settings))
    compiled.compile()
    weights = settings.network.initial_weights(np.random.default_rng([settings.seed]))
    states = compiled.begin([weights] * len(WAYS))
    for start, end in _reports(settings):
        rate = Hyperparameters(settings.learning_rate, seeds=(0,) * len(WAYS))
        rng = np.random.default_rng([settings.seed, DATA, start])
        states, means = _run(settings, compiled, states, rate, rng, end - start)
        if end < settings.updates:
            yield _progress(settings, end, began, means)
    rng = np.random.default_rng([settings.seed, DATA, settings.updates])
    # The final weights on new sequences: the same program at a learning rate of 0.
    still = Hyperparameters(0.0, seeds=(0,) * len(WAYS))
    _, means = _run(settings, compiled, states, still, rng, JUDGED)
    yield _progress(settings, settings.updates, began, means)


def architecture(settings: LengthSettings) -> Architecture:
    """What is compiled: a mask leaves steps out, so a masked row is one that is not padded."""
    return Architecture(settings.network, "adam", ROWS, settings.longest, with_lengths=True)


def prepare_train(settings: LengthSettings) -> None:
    """Compile what `train` will need."""
    program(architecture(settings)).compile()


def batches(settings: LengthSettings, rng: np.random.Generator, updates: int) -> Batches:
    """What some updates learn from: the padded ways from the same sequences.

    Unpadded sequences can only be in one update if they have one length; all others are padded to
    the longest, and read whole unless a mask says where they end.
    """
    mixed = Sequences.draw(settings, rng, updates, equal=False)
    equal = Sequences.draw(settings, rng, updates, equal=True)
    whole = np.full_like(mixed.lengths, settings.longest)
    by_way = (
        (equal.digits, equal.lengths, equal.answers(settings)),
        (mixed.padded(in_front=True), whole, mixed.answers(settings)),
        (mixed.padded(in_front=False), whole, mixed.answers(settings)),
        (mixed.digits, mixed.lengths, mixed.answers(settings)),
    )
    digits, lengths, answers = (np.stack(parts, axis=1) for parts in zip(*by_way, strict=True))
    inputs = one_hot(digits, settings.symbols)
    return Batches(inputs, answers[..., None], np.zeros(updates), lengths)


def _reports(settings: LengthSettings) -> Iterator[tuple[int, int]]:
    """The updates of each report; the first ones are short, for most is learnt early."""
    shares = np.linspace(0, 1, POINTS + 1)
    ends = np.unique((settings.updates * (0.5 * shares**2 + 0.5 * shares)).round().astype(int))
    yield from pairwise(ends.tolist())


def _run(
    settings: LengthSettings,
    compiled: Program,
    states: TrainStates,
    rate: Hyperparameters,
    rng: np.random.Generator,
    updates: int,
) -> tuple[TrainStates, Array]:
    """So many updates: the state after them, and the mean loss and accuracy of each way."""
    done = []
    while updates > 0:
        n = min(updates, compiled.architecture.capacity)
        states, chunk = compiled.run(states, batches(settings, rng, n), rate)
        done.append([chunk.losses, chunk.accuracies])
        updates -= n
    losses, accuracies = (np.concatenate(parts) for parts in zip(*done, strict=True))
    return states, np.stack([losses.mean(axis=0), accuracies.mean(axis=0)])


def _progress(settings: LengthSettings, step: int, began: float, means: Array) -> LengthProgress:
    losses, accuracies = means.tolist()
    return LengthProgress(
        step=step,
        steps=settings.updates,
        seconds=time.perf_counter() - began,
        losses=tuple(losses),
        accuracies=tuple(accuracies),
    )
