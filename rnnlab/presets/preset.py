"""A ready experiment: a question, the settings that ask it, and what one should see."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.settings import Settings


@dataclass(frozen=True)
class Preset:
    """A ready experiment.

    `claim` is what `source` says, `expect` what one should see and why, `afterwards` what to
    make of it, or to try next, once one has seen it. The last epoch's mean loss (nats, or squared
    error) and accuracy must lie within the bounds (low, high), for at least nine of ten seeds;
    `measured` is the loss of the seed given, as tests confirm. Where the answer is a number there
    is no accuracy.
    """

    name: str
    title: str
    question: str
    settings: Settings
    claim: str
    expect: str
    afterwards: str
    measured: float
    loss: tuple[float, float]
    accuracy: tuple[float, float] | None = None
    source: str = "The article"

    @property
    def reached(self) -> str:
        """The measured loss with its unit."""
        if self.settings.network.classes:
            return f"{self.measured:.4f} nats"
        return f"{self.measured:.2g} (mean squared error)"
