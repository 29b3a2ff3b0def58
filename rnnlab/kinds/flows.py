"""What goes in and what comes out: one-to-many, many-to-one, many-to-many."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.kinds.unrolled import Unrolled


@dataclass(frozen=True)
class Flow:
    """One way to use a network over time, with an example of the lab's.

    `example` says what its inputs and answers are; `preset` is the ready experiment that does it,
    and `page` one that does it with words; `link` and `page_link` are what the links say.
    """

    name: str
    title: str
    sentence: str
    unrolled: Unrolled
    example: str
    preset: str
    link: str
    page: str = ""
    page_link: str = ""


FLOWS = (
    Flow(
        name="many_to_one",
        title="Many to one",
        sentence="It reads everything and answers once, after the last step. Every earlier step "
        "counts only through the state.",
        unrolled=Unrolled(answers="last step"),
        example="The toy regression: three pairs of numbers come in, and one number is said. Or a "
        "film review comes in, word by word, and one verdict is said.",
        preset="toy",
        link="Train it: the toy regression",
        page="pages/sentiment.py",
        page_link="Type a review",
    ),
    Flow(
        name="many_to_many",
        title="Many to many",
        sentence="It answers at every step, from what it has read until then: the first answer "
        "knows one input, the last knows all.",
        unrolled=Unrolled(),
        example="The echo: a bit comes in at every step, and at every step a bit is said.",
        preset="echo",
        link="Train it: the echo",
    ),
    Flow(
        name="one_to_many",
        title="One to many",
        sentence="It reads once and then goes on alone: each answer is what it reads next. An "
        "error that it makes, it reads too.",
        unrolled=Unrolled(reads="first step", autoregressive=True),
        example="A network that writes: it reads a word, says the next, and reads that. Or the "
        "sine wave in the view “On its own”: one window of real values, then its own predictions.",
        preset="sine",
        link="Train the sine, then open “On its own”",
        page="pages/next_word.py",
        page_link="Let a network write",
    ),
)
"""From what is easiest to see to what is hardest to get right."""
