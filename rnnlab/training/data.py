"""What a run's updates learn from: batches, epoch after epoch."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnlab.engine import Architecture, Batches, FedBatches, feed
from rnnlab.progress import Array, LastWindow
from rnnlab.rules import BitRule, StreamRule
from rnnlab.rules.base import into_windows
from rnnlab.settings import Settings

ROWS_SHOWN = 5


class EpochData(NamedTuple):
    """All batches of an epoch; `inputs` and `targets` as in `Batches`.

    `target_probabilities` (updates, rows shown, timesteps) are those of a rule on bits, for
    the first network.
    """

    inputs: NDArray[Any]
    targets: NDArray[Any]
    target_probabilities: NDArray[Any] | None


class Data:
    """The batches of a run, by the number of the update."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cached: tuple[int, EpochData] | None = None

    def batches(self, start: int, end: int) -> Batches:
        """What the updates from `start` (the first is 0) to before `end` learn from."""
        s, n = self._settings, self._settings.updates_per_epoch
        steps = np.arange(start, end)
        parts = []
        for epoch in range(start // n, (end - 1) // n + 1):
            data = self._epoch(epoch)
            own = slice(max(start - epoch * n, 0), min(end - epoch * n, n))
            parts.append((data.inputs[own], data.targets[own]))
        inputs, targets = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Batches(inputs, targets, (steps % n > 0) & s.carry_state)

    def last_window(self, update: int, predicted: Array) -> LastWindow | None:
        """The first rows of what that update saw, with what the network predicted."""
        if not isinstance(self._settings.data, BitRule):
            return None  # without making the epoch anew
        epoch, window = divmod(update, self._settings.updates_per_epoch)
        data = self._epoch(epoch)
        if data.target_probabilities is None:
            return None
        target_probabilities = data.target_probabilities[window]
        n_rows = len(target_probabilities)
        return LastWindow(
            inputs=data.inputs[window, 0, :n_rows, :, 0].astype(np.float32),
            targets=data.targets[window, 0, :n_rows].astype(np.float32),
            probabilities=predicted[:n_rows].astype(np.float32),
            target_probabilities=target_probabilities.astype(np.float32),
        )

    def _epoch(self, epoch: int) -> EpochData:
        s, epoch = self._settings, self._settings.data_epoch(epoch)
        if self._cached is None or self._cached[0] != epoch:
            make = _stream if isinstance(s.data, StreamRule) else _samples
            own = [make(s, s.data_generator(epoch, network)) for network in range(s.networks)]
            inputs = np.stack([network.inputs for network in own], axis=1)
            targets = np.stack([network.targets for network in own], axis=1)
            self._cached = epoch, EpochData(inputs, targets, own[0].target_probabilities)
        return self._cached[1]


class FedData:
    """The batches of a run as the program of its architecture takes them.

    Most chunks of updates are small beside what the program has room for, so what is fed reaches
    further than the chunk that needs it: as far as there is room, and the data is known.
    """

    def __init__(self, settings: Settings, architecture: Architecture, data: Data) -> None:
        self._settings, self._architecture, self._data = settings, architecture, data
        self._first = self._end = 0
        self._fed: tuple[FedBatches, ...] | None = None

    def part(self, start: int, end: int) -> tuple[tuple[FedBatches, ...], int, int]:
        """Each network's batches; these updates' are from which to before which of them."""
        if self._fed is None or not self._first <= start <= end <= self._end:
            self._first, self._end = start, max(end, self._last_known(start))
            batches = self._data.batches(self._first, self._end)
            self._fed = feed(self._architecture, batches)
        return self._fed, start - self._first, end - self._first

    def _last_known(self, start: int) -> int:
        """Before which update to end; what the next epoch alone has is not drawn early."""
        s, n = self._settings, self._settings.updates_per_epoch
        end = (start // n + 1) * n if s.fresh_data else s.updates
        return min(end, start + self._architecture.capacity)


def _stream(s: Settings, rng: np.random.Generator) -> EpochData:
    """A series, cut into rows and these into windows."""
    rule = s.stream_rule
    series = rule.generate(rng, s.rows * s.length)
    n_shown, target_probabilities = min(s.rows, ROWS_SHOWN), None
    if isinstance(rule, BitRule):
        known = rule.target_probabilities(series.inputs[: n_shown * s.length])
        target_probabilities = into_windows(known, n_shown, s.window)
    return EpochData(
        rule.encode(into_windows(series.inputs, s.rows, s.window)),
        into_windows(series.targets, s.rows, s.window),
        target_probabilities,
    )


def _samples(s: Settings, rng: np.random.Generator) -> EpochData:
    """Samples in an order drawn anew, cut into batches; what fills no batch is left out."""
    samples = s.sample_rule.samples(s.window)
    n = len(samples.inputs) // s.rows
    order = rng.permutation(len(samples.inputs))[: n * s.rows]
    inputs, targets = samples.inputs[order], samples.targets[order]
    return EpochData(
        inputs.reshape(n, s.rows, *inputs.shape[1:]), targets.reshape(n, s.rows, 1), None
    )
