"""What a run's loss can be held against, and what can be said of it in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.rules import rule
from rnnlab.settings import Settings
from rnnlab.theory import binary_entropy

CLOSE = 0.01
NEAR = 0.05
"""Nats; losses nearer than CLOSE look the same on the curve, and nearer than NEAR alike."""


@dataclass(frozen=True)
class Bounds:
    """The losses (nats a prediction) that mark how much a predictor knows.

    `nothing`: it only knows how often each bit comes, which is a fair coin's ln 2. `window`: it
    sees the inputs in the current window. `best`: it sees all inputs and knows the rule.
    """

    nothing: float
    window: float
    best: float

    @classmethod
    def of(cls, settings: Settings) -> Bounds:
        """The bounds for runs with these settings."""
        one, parameters = rule(settings.rule), dict(settings.parameters)
        return cls(
            nothing=float(binary_entropy(0.5)),
            window=one.best_loss(settings.window, **parameters),
            best=one.best_loss(None, **parameters),
        )

    def reachable(self, settings: Settings) -> float:
        """The best that this run could reach: a state that is not carried sees only the window."""
        return self.best if settings.carry_state else self.window

    def verdict(self, settings: Settings, loss: float) -> str:
        """What a loss says about what has been learnt, in a sentence or two."""
        best = self.reachable(settings)
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
        if self.window > self.nothing - CLOSE and abs(loss - self.nothing) < NEAR:
            steps = f"{settings.window} step" + ("s" if settings.window > 1 else "")
            return (
                f"The loss is {loss:.4f}, close to the {self.nothing:.4f} of knowing nothing. The "
                f"rule would allow {best:.4f}, but no window of {steps} holds a "
                "cause together with its effect, so no gradient teaches the connection."
            )
        if loss > self.nothing - CLOSE:
            return (
                f"The loss is {loss:.4f}, no better than guessing ({self.nothing:.4f}), though "
                f"{best:.4f} is possible. Try more epochs, another learning rate or another seed."
            )
        share = (self.nothing - loss) / (self.nothing - best)
        return (
            f"The loss is {loss:.4f}; the best possible is {best:.4f}. It has learnt {share:.0%} "
            "of what can be known."
        )
