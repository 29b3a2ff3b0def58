"""The losses that a run's loss is compared with."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rnnlab.rules import StreamRule
from rnnlab.settings import Settings

CLOSE = 0.01
"""Nats; losses closer than this look the same on the curve."""

COIN = math.log(2)
"""Nats: the loss of predicting a fair coin, and of a network that knows nothing yet."""

SAME = 1e-9
TINY = 1e-300

AMOUNTS = ("Nothing", "A part", "All there is")

DISTINCT = 0.02
"""Nats between the best losses of a window and of an epoch's first one for both to be drawn."""

NOTHING = "knows nothing"
WINDOW = "forgets at each window"
FIRST_WINDOW = "first window of an epoch"
BEST = "best possible"
"""What lines of a rule on a series are called; those between them are parts of the rule."""

Lines = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Bounds:
    """The losses that mark how much a predictor knows, each a line on the curve.

    `lines` are (label, loss), in nats a prediction, or, if not `bits` (or letters), mean squared
    errors.
    `baseline` is the loss of knowing nothing, `window` of seeing only the current window, `best`
    the least that this run can reach in theory; `top` is a loss that a fresh network hardly
    exceeds. `first_window` is the best loss in an epoch's first window, where it is clearly higher.

    The lines hold for data that no network has learnt from, called `judged_on` (None if there are
    none); `learns_from` is what the others are called. `deviation` is the standard deviation of
    what a single target costs the best predictor.
    """

    bits: bool
    baseline: float
    window: float
    best: float
    top: float
    lines: Lines
    first_window: float | None = None
    learns_from: str = "bits it learns from"
    judged_on: str | None = "fresh bits"
    deviation: float = 0.0

    @classmethod
    def of(cls, settings: Settings) -> Bounds:
        """The bounds for runs with these settings."""
        stream = isinstance(settings.data, StreamRule)
        return _bounds_of_stream(settings) if stream else _bounds_of_samples(settings)

    def learnt(self, loss: float) -> bool:
        """Whether a network with this loss has learnt at least half of what can be learnt.

        For squared errors this is half-way on a logarithmic scale, from `baseline` to a thousandth.
        """
        return self._share(loss) > 0.5

    def amount(self, loss: float) -> str:
        """How much has been learnt, as one of `AMOUNTS`."""
        share = self._share(loss)
        return AMOUNTS[0] if share < 0.05 else AMOUNTS[1] if share < 0.95 else AMOUNTS[2]

    def _share(self, loss: float) -> float:
        if not self.bits:
            return math.log(max(self.baseline, TINY) / max(loss, TINY)) / math.log(1000)
        if self.best > self.baseline - CLOSE:
            return 0.0
        return (self.baseline - loss) / (self.baseline - self.best)


def _bounds_of_stream(settings: Settings) -> Bounds:
    rule = settings.stream_rule
    baseline, window = rule.base_rate_loss(), rule.best_loss(settings.window)
    whole_past = rule.best_loss()
    visible = None if settings.carry_state else settings.window
    lines = [
        (NOTHING, baseline),
        *rule.partial_losses(visible).items(),
        (WINDOW, window),
    ]
    first = rule.first_window_loss(settings.rows, settings.window)
    spikes = (
        settings.carry_state and settings.updates_per_epoch > 1 and first - whole_past > DISTINCT
    )
    if spikes and abs(first - window) > DISTINCT and first < baseline:
        lines.append((FIRST_WINDOW, first))
    lines.append((BEST, whole_past))
    lines.sort(key=lambda line: -round(line[1], 12))  # equal losses stay in order
    return Bounds(
        bits=True,
        baseline=baseline,
        window=window,
        best=whole_past if settings.carry_state else window,
        top=1.15 * max(baseline, COIN),
        lines=tuple(lines),
        first_window=first if spikes else None,
        learns_from=f"{rule.consists_of} it learns from",
        judged_on=f"fresh {rule.consists_of}",
        deviation=rule.deviation(visible),
    )


def _bounds_of_samples(settings: Settings) -> Bounds:
    rule = settings.sample_rule
    lines = tuple(rule.baselines(settings.window).items())
    targets = rule.samples(settings.window).targets
    baseline = lines[0][1]
    top = 1.15 * max(float(np.mean(targets**2)), baseline)
    return Bounds(
        bits=False,
        baseline=baseline,
        window=0.0,
        best=0.0,
        top=top,
        lines=lines,
        learns_from=f"{rule.consists_of} it learns from",
        judged_on=f"{rule.consists_of} held out" if rule.holds_out else None,
    )
