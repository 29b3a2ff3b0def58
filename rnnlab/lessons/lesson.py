"""What a lesson is made of: steps, each a page as it opens, and what of it may be turned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rnnlab.errors import SettingError

Range = tuple[float, float]
"""The least and the most that something may be."""

PAGES = {
    "hand_check": "Hand check",
    "data_rules": "Data rules",
    "padding": "Padding",
    "training": "Training",
    "kinds": "Kinds",
    "sentiment": "Sentiment",
    "next_word": "Next word",
}
"""The pages that a step can be about, each with its name."""

HIDEABLE = {
    "views": "What has it learnt? (after a run)",
    "strip": "Your runs",
    "about": "Code, link and article",
}
"""Parts of the training page that a lesson can hide, each as the page calls it."""

OF_THE_VISIT = ("lesson", "step", "board", "cover", "projector")
"""Parameters of an address that are about the visit and not about a page: no step sets them."""


@dataclass(frozen=True)
class Check:
    """What a test does in a step, and what it then sees: whoever does the same sees the same.

    Knobs are `turned` to these values, as an address has them; then the button called `press` is
    pressed. A run's loss then lies in `loss`, and `words` stand on the page.
    """

    turned: Mapping[str, str] = field(default_factory=dict)
    press: str = ""
    loss: Range | None = None
    words: str = ""


@dataclass(frozen=True)
class Step:
    """One question of a lesson, and the page on which it is answered.

    The page opens as an address with the parameters `opens` says. Only the knobs in `turn` can be
    turned, by their names in the address; all others keep what `opens` says, or their default, and
    are not drawn. `hides` are parts of the page (`HIDEABLE`). The guess is one of `options`, of
    which `right` is right, "" where nobody says so; without options the page asks a guess of its
    own. `sees` is what one should see then, and `why` says in a sentence what makes it so.
    """

    title: str
    question: str
    task: str
    page: str
    minutes: int = 1
    opens: Mapping[str, str] = field(default_factory=dict)
    turn: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    right: str = ""
    sees: str = ""
    why: str = ""
    check: Check = Check()

    def __post_init__(self) -> None:
        if self.page not in PAGES:
            raise SettingError(f"A lesson has no page called “{self.page[:40]}”.")
        if strangers := [name for name in self.hides if name not in HIDEABLE]:
            raise SettingError(f"No part of a page to hide is called “{strangers[0][:40]}”.")
        if taken := [name for name in (*self.opens, *self.turn) if name in OF_THE_VISIT]:
            raise SettingError(f"A step of a lesson cannot set “{taken[0]}”.")
        if self.right and self.right not in self.options:
            raise SettingError("What is right must be among what can be guessed.")


@dataclass(frozen=True)
class Lesson:
    """A question of a class, in a few steps. `article` is a name in `rnnlab.articles`.

    A teacher's own lesson has no article, and its `name` is all of it (`rnnlab.lessons.packing`).
    """

    name: str
    title: str
    sentence: str
    steps: tuple[Step, ...]
    article: str = ""
    order: int = 100

    @property
    def minutes(self) -> int:
        """About how long it takes one who does every step."""
        return sum(step.minutes for step in self.steps)
