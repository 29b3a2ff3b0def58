"""What a network's loss is on data that it does not learn from.

For a rule on a series that is another one of the same rule, which the compiled program reads at a
learning rate of 0. Of numbers it is the test's samples, by the NumPy forward pass.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Weights
from rnnlab.engine import Batches, Program, TrainStates
from rnnlab.reference import forward
from rnnlab.rules import StreamRule
from rnnlab.rules.base import into_windows
from rnnlab.settings import Settings

FRESH_BITS = 20_000
MOST_UPDATES = 1_000
"""How many fresh bits count, and in at most how many windows of all rows."""

FEWEST_WINDOWS = 30

WARM_UP = 50
"""Steps read before those that count, where the state is carried: it must forget its beginning."""

FRESH = 40_002
"""Goes with the seed, so that the series is none that is trained on or looked at elsewhere."""

MOST_LOOKS = 50
LOOKS_AT_BITS = 12
SHARE = 0.1
CHEAP = 2e8
"""How often it is looked at in a run: as long as it takes no more than a share of the training's
products, or altogether but some tenths of a second."""

MOST_PRODUCTS = 3e9
"""What one look may take: some seconds, in which the run cannot be stopped. Where the test is
larger than that, nothing is looked at."""

MOST_ROWS = 250
VALUES_AT_ONCE = 500_000
"""Samples of the test in a batch, and outputs of all layers that are kept while it is read."""


Floats = NDArray[np.float64]


class HeldOut:
    """The loss on held-out data of all networks of a run that `program` trains."""

    def __init__(self, settings: Settings, program: Program) -> None:
        self._settings, self._program = settings, program
        self._fresh: tuple[Batches, Floats, int] | None = None

    def losses(self, states: TrainStates) -> tuple[float, ...]:
        """The mean loss of each network as it is now; nothing where one is not a number."""
        s = self._settings
        weights = [self._program.weights(states, network) for network in range(s.networks)]
        losses = (
            self._on_series(weights) if isinstance(s.data, StreamRule) else self._on_test(weights)
        )
        return tuple(losses) if np.isfinite(losses).all() else ()

    def _on_test(self, weights: list[Weights]) -> list[float]:
        s = self._settings
        samples = s.sample_rule.samples(s.window)
        inputs, targets = samples.test_inputs, samples.test_targets
        kept = s.shape[0] * s.network.width * s.network.layers
        rows = min(MOST_ROWS, max(1, VALUES_AT_ONCE // kept))
        parts = [slice(start, start + rows) for start in range(0, len(inputs), rows)]
        return [
            float(np.mean(np.concatenate([
                (forward(s.network, own, inputs[part]).predicted[:, 0, 0] - targets[part]) ** 2
                for part in parts
            ]), dtype=float))
            for own in weights
        ]  # fmt: skip

    def _on_series(self, weights: list[Weights]) -> list[float]:
        """What the rule leaves to chance is known, so luck counts only as far as it is shared.

        What knowing the chances costs, of which the mean is known, is a control variate: the
        more a network knows of the rule, the more of this luck is its own (Glasserman 2003, 4.1).
        """
        if self._fresh is None:
            self._fresh = _fresh_bits(self._settings)
        batches, by_chance, first = self._fresh
        counted = self._program.read(weights, batches)[first:].astype(float)
        luck = float(by_chance.mean()) - self._settings.stream_rule.best_loss()
        shares = [_shared(losses, by_chance) for losses in counted.T]
        return [
            max(0.0, float(loss) - share * luck)
            for loss, share in zip(counted.mean(axis=0), shares, strict=True)
        ]


def looks(settings: Settings) -> int:
    """How often the held-out loss is looked at in a run, most of them early; the end is one."""
    s = settings
    if isinstance(s.data, StreamRule):
        return LOOKS_AT_BITS
    if not s.sample_rule.holds_out:
        return 0
    n_test = len(s.sample_rule.samples(s.window).test_targets)
    products = n_test * s.work_per_update / s.rows
    if products > MOST_PRODUCTS:
        return 0
    affordable = max(CHEAP, SHARE * s.updates * s.work_per_update) / products
    return int(min(MOST_LOOKS, max(1, affordable)))


def _shared(losses: Floats, by_chance: Floats) -> float:
    """Which share of the luck of knowing the chances is a network's, by the losses (windows,).

    Of few windows, which are large, nothing follows: then it is all of a little.
    """
    spread = float(by_chance.var())
    if len(losses) < FEWEST_WINDOWS or spread == 0:
        return 1.0
    together = float(np.mean((losses - losses.mean()) * (by_chance - by_chance.mean())))
    return min(1.0, max(0.0, together / spread))


def _fresh_bits(s: Settings) -> tuple[Batches, Floats, int]:
    """Windows of a fresh series, what each counted one costs who knows the chances, the first one.

    These costs are in nats a bit.
    """
    first = -(-WARM_UP // s.window) if s.carry_state else 0
    counted = min(MOST_UPDATES, max(1, math.ceil(FRESH_BITS / (s.rows * s.window))))
    n_bits = s.rows * (first + counted) * s.window
    rule = s.fresh_stream
    series = rule.generate(np.random.default_rng([s.seed, FRESH]), n_bits)
    costs = rule.costs(series)

    def windows(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
        cut = into_windows(values, s.rows, s.window)[:, None]
        return np.broadcast_to(cut, (len(cut), s.networks, *cut.shape[2:]))

    keep = (np.arange(first + counted) > 0) & s.carry_state
    batches = Batches(rule.encode(windows(series.inputs)), windows(series.targets), keep)
    by_chance = into_windows(costs, s.rows, s.window)[first:].mean(axis=(1, 2))
    return batches, by_chance, first
