"""The losses that a run's loss is compared with, and what it says in a sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from rnnlab.rules import BitRule
from rnnlab.settings import Settings

CLOSE = 0.01
NEAR = 0.05
"""Nats; losses closer than CLOSE look the same on the curve, and closer than NEAR similar."""

COIN = math.log(2)
"""Nats: the loss of predicting a fair coin, and of a network that knows nothing yet."""

SAME = 1e-9
TINY = 1e-300

AMOUNTS = ("Nothing", "A part", "All there is")

DISTINCT = 0.02
"""Nats between the best losses of a window and of an epoch's first one for both to be drawn."""

Lines = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Bounds:
    """The losses that mark how much a predictor knows, each a line on the curve.

    `lines` are (label, loss), in nats a prediction, or, if not `bits`, mean squared errors.
    `baseline` is the loss of knowing nothing, `window` of seeing only the current window, `best`
    the least that this run can reach in theory; `top` is a loss that a fresh network hardly
    exceeds. `first_window` is the best loss in an epoch's first window, where it is clearly higher.
    """

    bits: bool
    baseline: float
    window: float
    best: float
    top: float
    lines: Lines
    first_window: float | None = None

    @classmethod
    def of(cls, settings: Settings) -> Bounds:
        """The bounds for runs with these settings."""
        bits = isinstance(settings.data, BitRule)
        return _bounds_of_bits(settings) if bits else _bounds_of_samples(settings)

    def learnt(self, loss: float) -> bool:
        """Whether a network with this loss has learnt at least half of what can be learnt.

        For squared errors this is half-way on a logarithmic scale, from `baseline` to a thousandth.
        """
        return self._share(loss) > 0.5

    def amount(self, loss: float) -> str:
        """How much has been learnt, as one of `AMOUNTS`."""
        share = self._share(loss)
        return AMOUNTS[0] if share < 0.05 else AMOUNTS[1] if share < 0.95 else AMOUNTS[2]

    def verdict(self, settings: Settings, loss: float) -> str:
        """What a loss says about what has been learnt, in a sentence or two."""
        if self.bits:
            return _verdict_on_bits(self, settings, loss)
        return _verdict_on_samples(self, loss)

    def _share(self, loss: float) -> float:
        if not self.bits:
            return math.log(max(self.baseline, TINY) / max(loss, TINY)) / math.log(1000)
        if self.best > self.baseline - CLOSE:
            return 0.0
        return (self.baseline - loss) / (self.baseline - self.best)


def _bounds_of_bits(settings: Settings) -> Bounds:
    rule = settings.bit_rule
    baseline, window = rule.base_rate_loss(), rule.best_loss(settings.window)
    whole_past = rule.best_loss()
    visible = None if settings.carry_state else settings.window
    lines = [
        ("knows nothing", baseline),
        *rule.partial_losses(visible).items(),
        ("sees only this window", window),
    ]
    first = rule.first_window_loss(settings.rows, settings.window)
    spikes = (
        settings.carry_state and settings.updates_per_epoch > 1 and first - whole_past > DISTINCT
    )
    if spikes and abs(first - window) > DISTINCT and first < baseline:
        lines.append(("first window of an epoch", first))
    lines.append(("best possible", whole_past))
    lines.sort(key=lambda line: -round(line[1], 12))  # equal losses stay in order
    return Bounds(
        bits=True,
        baseline=baseline,
        window=window,
        best=whole_past if settings.carry_state else window,
        top=1.15 * max(baseline, COIN),
        lines=tuple(lines),
        first_window=first if spikes else None,
    )


def _bounds_of_samples(settings: Settings) -> Bounds:
    rule = settings.sample_rule
    lines = tuple(rule.baselines(settings.window).items())
    targets = rule.samples(settings.window).targets
    baseline = lines[0][1]
    top = 1.15 * max(float(np.mean(targets**2)), baseline)
    return Bounds(False, baseline, window=0.0, best=0.0, top=top, lines=lines)


def _verdict_on_samples(bounds: Bounds, loss: float) -> str:
    """A squared error as a root mean squared error, beside that of a simpler predictor."""
    sentence = f"The loss is {loss:.3g}, so the root mean squared error is {math.sqrt(loss):.3g}"
    beaten = [label for label, line in bounds.lines if loss < line]
    if not beaten:
        return (
            f"{sentence}: no better than “{bounds.lines[0][0]}” ({math.sqrt(bounds.baseline):.3g})."
        )
    label = beaten[-1]
    root = math.sqrt(dict(bounds.lines)[label])
    return f"{sentence}; “{label}” is wrong by {root:.3g}."


def _verdict_on_bits(bounds: Bounds, settings: Settings, loss: float) -> str:
    baseline, window, best = bounds.baseline, bounds.window, bounds.best
    gap = loss - best
    if gap < -CLOSE:
        return (
            f"The loss is {loss:.4f}, and a rule's best possible is {best:.4f}: it has learnt "
            "these very bits by heart. Take new data every epoch, or longer rows."
        )
    if gap <= CLOSE:
        return (
            f"The loss is {loss:.4f} and the best possible is {best:.4f}: "
            "there is nothing left to learn."
        )
    steps = f"{settings.window} step" + ("s" if settings.window > 1 else "")
    if best > baseline - CLOSE:
        return (
            f"The loss is {loss:.4f}, worse than the {baseline:.4f} of knowing nothing. "
            f"{_why_so_little(bounds, settings, steps)}"
        )
    if window > baseline - SAME and abs(loss - baseline) < NEAR:
        return (
            f"The loss is {loss:.4f}, close to the {baseline:.4f} of knowing nothing. The "
            f"rule would allow {best:.4f}, but no window of {steps} holds a "
            "cause together with its effect, so no gradient teaches the connection."
        )
    if loss > baseline - CLOSE:
        return (
            f"The loss is {loss:.4f}, no better than guessing ({baseline:.4f}), though "
            f"{best:.4f} is possible. Try more epochs, another learning rate or another seed."
        )
    share = (baseline - loss) / (baseline - best)
    return (
        f"The loss is {loss:.4f}; the best possible is {best:.4f}. It has learnt {share:.0%} "
        "of what can be known."
    )


def _why_so_little(bounds: Bounds, settings: Settings, steps: str) -> str:
    """Why runs with these settings can learn nothing, or hardly anything."""
    lines = dict(bounds.lines)
    amount = "nothing" if bounds.best > bounds.baseline - SAME else "hardly anything"
    if lines["best possible"] < bounds.baseline - CLOSE and amount == "nothing":
        return (
            f"There is nothing to learn in single windows of {steps}: none holds a cause with "
            "its effect."
        )
    if lines["best possible"] < bounds.baseline - CLOSE:
        return f"There is {amount} to learn in single windows of {steps}."
    clean = Bounds.of(replace(settings, noise=0.0))
    if clean.best < clean.baseline - CLOSE:
        return f"Noise of {settings.noise:g} leaves {amount} to learn."
    return f"There is {amount} to learn: the past does not tell what comes."
