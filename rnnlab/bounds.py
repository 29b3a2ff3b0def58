"""What a run's loss can be held against, and what can be said of it in a sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from rnnlab.rules import BitRule
from rnnlab.settings import Settings

CLOSE = 0.01
NEAR = 0.05
"""Nats; losses nearer than CLOSE look the same on the curve, and nearer than NEAR alike."""

COIN = math.log(2)
"""Nats that a fair coin costs, and a network that knows nothing yet."""

SAME = 1e-9
TINY = 1e-300

AMOUNTS = ("Nothing", "A part", "All there is")

APART = 0.02
"""Nats between the floors of a window and of an epoch's first one, from which both are drawn."""

Lines = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Bounds:
    """The losses that mark how much a predictor knows, each a line on the curve.

    `lines` are (label, loss), in nats a prediction, or, if not `bits`, mean squared errors.
    `nothing` is the loss of knowing nothing, `window` of seeing only the current window, `best` the
    least that this run can reach in theory; `top` is a loss that a fresh network hardly exceeds.
    `first_window` is the least that an epoch's first window can cost, where that is clearly more.
    """

    bits: bool
    nothing: float
    window: float
    best: float
    top: float
    lines: Lines
    first_window: float | None = None

    @classmethod
    def of(cls, settings: Settings) -> Bounds:
        """The bounds for runs with these settings."""
        data = settings.data
        return _of_bits(settings) if isinstance(data, BitRule) else _of_samples(settings)

    def learnt(self, loss: float) -> bool:
        """Whether a network with this loss has learnt at least half of what can be learnt.

        For squared errors half is meant on a logarithmic scale, from `nothing` to a thousandth.
        """
        return self._share(loss) > 0.5

    def amount(self, loss: float) -> str:
        """How much has been learnt, as one of `AMOUNTS`."""
        share = self._share(loss)
        return AMOUNTS[0] if share < 0.05 else AMOUNTS[1] if share < 0.95 else AMOUNTS[2]

    def verdict(self, settings: Settings, loss: float) -> str:
        """What a loss says about what has been learnt, in a sentence or two."""
        return _verdict_on_bits(self, settings, loss) if self.bits else _root(self, loss)

    def _share(self, loss: float) -> float:
        if not self.bits:
            return math.log(max(self.nothing, TINY) / max(loss, TINY)) / math.log(1000)
        if self.best > self.nothing - CLOSE:
            return 0.0
        return (self.nothing - loss) / (self.nothing - self.best)


def _of_bits(settings: Settings) -> Bounds:
    rule = settings.bit_rule
    nothing, window = rule.base_rate_loss(), rule.best_loss(settings.window)
    whole = rule.best_loss()
    seen = None if settings.carry_state else settings.window
    lines = [
        ("knows nothing", nothing),
        *rule.partial_losses(seen).items(),
        ("sees only this window", window),
    ]
    first = rule.first_window_loss(settings.rows, settings.window)
    spikes = settings.carry_state and settings.updates_per_epoch > 1 and first - whole > APART
    if spikes and abs(first - window) > APART and first < nothing:
        lines.append(("first window of an epoch", first))
    lines.append(("best possible", whole))
    lines.sort(key=lambda line: -round(line[1], 12))  # what is the same stays in order
    best = whole if settings.carry_state else window
    top, first_window = 1.15 * max(nothing, COIN), first if spikes else None
    return Bounds(True, nothing, window, best, top, tuple(lines), first_window)


def _of_samples(settings: Settings) -> Bounds:
    rule = settings.sample_rule
    lines = tuple(rule.baselines(settings.window).items())
    targets = rule.samples(settings.window).targets
    top = 1.15 * max(float(np.mean(targets**2)), lines[0][1])
    return Bounds(False, lines[0][1], 0.0, 0.0, top, lines)


def _root(bounds: Bounds, loss: float) -> str:
    """A squared error, as the size of a usual error, beside what simpler ways make of it."""
    said = f"The loss is {loss:.3g}, so the root mean squared error is {math.sqrt(loss):.3g}"
    beaten = [label for label, line in bounds.lines if loss < line]
    if not beaten:
        return f"{said}: no better than “{bounds.lines[0][0]}” ({math.sqrt(bounds.nothing):.3g})."
    label = beaten[-1]
    root = math.sqrt(dict(bounds.lines)[label])
    return f"{said}; “{label}” is wrong by {root:.3g}."


def _verdict_on_bits(bounds: Bounds, settings: Settings, loss: float) -> str:
    nothing, window, best = bounds.nothing, bounds.window, bounds.best
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
    if best > nothing - CLOSE:
        return (
            f"The loss is {loss:.4f}, worse than the {nothing:.4f} of knowing nothing. "
            f"{_why_so_little(bounds, settings, steps)}"
        )
    if window > nothing - SAME and abs(loss - nothing) < NEAR:
        return (
            f"The loss is {loss:.4f}, close to the {nothing:.4f} of knowing nothing. The "
            f"rule would allow {best:.4f}, but no window of {steps} holds a "
            "cause together with its effect, so no gradient teaches the connection."
        )
    if loss > nothing - CLOSE:
        return (
            f"The loss is {loss:.4f}, no better than guessing ({nothing:.4f}), though "
            f"{best:.4f} is possible. Try more epochs, another learning rate or another seed."
        )
    share = (nothing - loss) / (nothing - best)
    return (
        f"The loss is {loss:.4f}; the best possible is {best:.4f}. It has learnt {share:.0%} "
        "of what can be known."
    )


def _why_so_little(bounds: Bounds, settings: Settings, steps: str) -> str:
    """Why runs with these settings can learn nothing, or hardly anything."""
    lines = dict(bounds.lines)
    amount = "nothing" if bounds.best > bounds.nothing - SAME else "hardly anything"
    if lines["best possible"] < bounds.nothing - CLOSE and amount == "nothing":
        return (
            f"There is nothing to learn in single windows of {steps}: none holds a cause with "
            "its effect."
        )
    if lines["best possible"] < bounds.nothing - CLOSE:
        return f"There is {amount} to learn in single windows of {steps}."
    clean = Bounds.of(replace(settings, noise=0.0))
    if clean.best < clean.nothing - CLOSE:
        return f"Noise of {settings.noise:g} leaves {amount} to learn."
    return f"There is {amount} to learn: the past does not tell what comes."
