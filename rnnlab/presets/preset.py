"""What a ready experiment is made of, and the step that comes after it."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.knobs import Value
from rnnlab.settings import Settings

Range = tuple[float, float]
"""The least and the most that something may be."""


@dataclass(frozen=True)
class NextStep:
    """One knob to turn once a question is answered, and what one sees then.

    `question` is asked before it runs; `explanation` says in a sentence or two what was seen, and
    why. `loss` and `accuracy` are bounds of the last epoch, as those of a preset.
    """

    knob: str
    value: Value
    question: str
    explanation: str
    loss: Range
    accuracy: Range | None = None

    def after(self, settings: Settings) -> Settings:
        """These settings with the knob turned."""
        return Settings.of({**settings.values, self.knob: self.value})

    def title(self, settings: Settings) -> str:
        """The knob and its value in a few words, such as “Window 8”."""
        label = settings.open_knobs[self.knob].label
        words = {True: "on", False: "off"}
        return f"{label} {words[self.value] if isinstance(self.value, bool) else self.value}"


@dataclass(frozen=True)
class Preset:
    """A ready experiment: a question, the settings that ask it, and what one should see.

    `setting` says what is tried and nothing of what comes of it. `claim` is what `source` says,
    `expect` what one should see and why, `afterwards` what to make of it once one has seen it, and
    `next_step` what to turn then. The last epoch's mean loss (nats, or squared error) and accuracy
    must lie within the bounds (low, high), for at least nine of ten seeds; `measured` is the loss
    of the seed given, as tests confirm. Where the answer is a number there is no accuracy.
    """

    name: str
    title: str
    question: str
    setting: str
    settings: Settings
    claim: str
    expect: str
    afterwards: str
    next_step: NextStep
    measured: float
    loss: Range
    accuracy: Range | None = None
    source: str = "The article"

    @property
    def reached(self) -> str:
        """The measured loss with its unit."""
        if self.settings.network.classes:
            return f"{self.measured:.4f} nats"
        return f"{self.measured:.2g} (mean squared error)"

    @property
    def next_settings(self) -> Settings:
        """What the next step trains."""
        return self.next_step.after(self.settings)


def settings_of(**values: Value) -> Settings:
    """Settings from knobs by name, the rule's own among them."""
    return Settings.of(values)
