"""Training runs as iterators of progress: one, point by point on its curve, or many, one by one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rnnlab.engine import Architecture, Chunk, Hyperparameters, program
from rnnlab.network import Network
from rnnlab.progress import Array, RunFinished, TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.training.data import Data, FedData
from rnnlab.training.held_out import HeldOut, looks
from rnnlab.training.history import Checkpoints

CHECKPOINTS = Checkpoints()


def train(plan: Plan) -> Iterator[TrainingProgress]:
    """Train as planned, yielding progress after each chunk; the last event carries everything.

    What this process has done of it before is reported again, not done again. Raises
    `TrainingError` when the loss is no longer a number. To stop, stop asking.
    """
    settings = plan.settings
    compiled = program(architecture(settings))
    constant = hyperparameters(settings)
    history = CHECKPOINTS.history(plan)
    chunks = history.chunks_ahead(compiled.architecture.capacity)
    yield from history.events[:]
    with history.timed("compile"):
        compiled.compile()
    states = history.states
    if states is None:
        states = compiled.begin([settings.first_weights(k) for k in range(settings.networks)])
    data, held_out, n_looks = Data(settings), HeldOut(settings, compiled), looks(settings)
    fed = FedData(settings, compiled.architecture, data)
    for start, end in chunks:
        with history.timed("data"):
            part = fed.part(start, end)
        with history.timed("updates"):
            current = constant._replace(learning_rate=plan.rate(start))
            states, chunk = compiled.run_part(states, *part, current)
        last_window = data.last_window(end - 1, chunk.predicted)
        losses = held_out.losses(states) if history.is_moment(end, n_looks) else ()
        progress = history.record(end, chunk, compiled.weights(states), last_window, losses)
        CHECKPOINTS.save(history, states)
        yield progress


def train_each(runs: tuple[Settings, ...]) -> Iterator[RunFinished]:
    """Train each of `runs` to its end, in this order; what a map of runs is filled with.

    Runs that differ only in their data share a compiled program, so all but the first cost updates
    alone; and each is the very run that `train` would do, to the last digit. (As one more axis of
    every array, twenty side by side took half the time, but there sums are added in another order:
    of the echo 14 steps back the loss was another in the seventh digit after 100 updates, and by up
    to 0.02 nats after 1,200.) To stop, stop asking.
    """
    began = time.perf_counter()
    for number, settings in enumerate(runs):
        losses, accuracy, (weights, *others) = _train_to_the_end(settings)
        yield RunFinished(
            step=number + 1,
            steps=len(runs),
            seconds=time.perf_counter() - began,
            weights=weights,
            losses=losses,
            accuracy=accuracy,
            weights_of_others=tuple(others),
        )


def _train_to_the_end(
    settings: Settings,
) -> tuple[tuple[float, ...], float | None, list[dict[str, Array]]]:
    """Each network's loss over the last epoch, the accuracy of all, and each network's weights."""
    s, data = settings, Data(settings)
    compiled = program(architecture(s))
    states = compiled.begin([s.first_weights(k) for k in range(s.networks)])
    chunks: list[Chunk] = []
    for start in range(0, s.updates, compiled.architecture.capacity):
        end = min(start + compiled.architecture.capacity, s.updates)
        states, chunk = compiled.run(states, data.batches(start, end), hyperparameters(s))
        chunks.append(chunk)
    last = -s.updates_per_epoch
    losses = np.concatenate([chunk.losses for chunk in chunks])[last:].mean(axis=0, dtype=float)
    right = np.concatenate([chunk.accuracies for chunk in chunks])[last:].mean(dtype=float)
    weights = [compiled.weights(states, network) for network in range(s.networks)]
    return tuple(losses.tolist()), float(right) if s.network.classes else None, weights


def architecture(settings: Settings) -> Architecture:
    """What a run with these settings compiles."""
    return Architecture(
        network=replace(settings.network, dropout=0.0),
        optimizer=settings.optimizer,
        rows=settings.rows,
        timesteps=settings.shape[0],
        with_dropout=settings.network.dropout > 0,
        with_clipping=settings.clip > 0,
    )


def hyperparameters(settings: Settings) -> Hyperparameters:
    """The hyperparameters of a run, with the learning rate that it begins with."""
    s = settings
    return Hyperparameters(
        learning_rate=s.learning_rate,
        dropout=s.network.dropout,
        clip=s.clip if s.clip > 0 else 1.0,
        seeds=tuple(range(s.seed, s.seed + s.networks)),
    )


def prepare_train(plan: Plan) -> None:
    """Compile what `train` will need."""
    program(architecture(plan.settings)).compile()


def forget_train(plan: Plan) -> None:
    """Keep nothing of this run."""
    CHECKPOINTS.forget(plan.settings)


def warm_up() -> None:
    """Compile one tiny program, so that the first run does not pay for the compiler's own start."""
    program(Architecture(Network(units=1), "adam", rows=1, timesteps=1)).compile()
