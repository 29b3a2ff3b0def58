"""What a run's updates learn from: batches, epoch after epoch."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnlab.engine import Batches
from rnnlab.progress import Array, LastWindow
from rnnlab.rules import BitRule
from rnnlab.rules.layout import into_rows, into_windows
from rnnlab.settings import Settings

ROWS_SHOWN = 5


class Epoch(NamedTuple):
    """All batches of an epoch; `inputs` and `targets` as in `Batches`.

    `truth` (updates, rows shown, timesteps) is what a rule on bits says of the first network's.
    """

    inputs: NDArray[Any]
    targets: NDArray[Any]
    truth: NDArray[Any] | None


class Data:
    """The batches of a run, by the number of the update."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: tuple[int, Epoch] | None = None

    def batches(self, start: int, end: int) -> Batches:
        """What the updates from `start` (the first is 0) to before `end` learn from."""
        s, n = self._settings, self._settings.updates_per_epoch
        steps = np.arange(start, end)
        pieces = []
        for epoch in range(start // n, (end - 1) // n + 1):
            data = self._epoch(epoch)
            here = slice(max(start - epoch * n, 0), min(end - epoch * n, n))
            pieces.append((data.inputs[here], data.targets[here]))
        inputs, targets = (np.concatenate(piece) for piece in zip(*pieces, strict=True))
        return Batches(inputs, targets, (steps % n > 0) & s.carry_state)

    def last_window(self, update: int, predicted: Array) -> LastWindow | None:
        """The first rows of what that update saw, with what the network said to them."""
        epoch, window = divmod(update, self._settings.updates_per_epoch)
        data = self._epoch(epoch)
        if data.truth is None:
            return None
        truth = data.truth[window]
        shown = len(truth)
        return LastWindow(
            inputs=data.inputs[window, 0, :shown, :, 0].astype(np.float32),
            targets=data.targets[window, 0, :shown].astype(np.float32),
            probabilities=predicted[:shown].astype(np.float32),
            target_probabilities=truth.astype(np.float32),
        )

    def _epoch(self, epoch: int) -> Epoch:
        s, epoch = self._settings, self._settings.data_epoch(epoch)
        if self._kept is None or self._kept[0] != epoch:
            make = _bits if isinstance(s.data, BitRule) else _samples
            made = [make(s, s.data_generator(epoch, network)) for network in range(s.networks)]
            inputs = np.stack([one.inputs for one in made], axis=1)
            targets = np.stack([one.targets for one in made], axis=1)
            self._kept = epoch, Epoch(inputs, targets, made[0].truth)
        return self._kept[1]


def _bits(s: Settings, rng: np.random.Generator) -> Epoch:
    """A series, cut into rows and these into windows."""
    rule = s.bit_rule
    series = rule.generate(rng, s.rows * s.length)
    shown = min(s.rows, ROWS_SHOWN)
    truth = rule.target_probabilities(series.inputs[: shown * s.length])
    return Epoch(
        into_windows(into_rows(series.inputs, s.rows), s.window)[..., None],
        into_windows(into_rows(series.targets, s.rows), s.window),
        into_windows(into_rows(truth, shown), s.window),
    )


def _samples(s: Settings, rng: np.random.Generator) -> Epoch:
    """Samples in an order drawn anew, cut into batches; what fills no batch waits for its luck."""
    samples = s.sample_rule.samples(s.window)
    n = len(samples.inputs) // s.rows
    order = rng.permutation(len(samples.inputs))[: n * s.rows]
    inputs, targets = samples.inputs[order], samples.targets[order]
    return Epoch(inputs.reshape(n, s.rows, *inputs.shape[1:]), targets.reshape(n, s.rows, 1), None)
