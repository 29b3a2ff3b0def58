"""What students usually say wrong, what to answer, and where the lab shows it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from rnnlab.presets import PRESETS
from rnnlab.ui.links import settings_query
from rnnlab.ui.teachers.place import PageLink, question
from rnnlab.ui.training.views import forecast, memory

TITLE = "What students say"
ICON = ":material/forum:"
WORDS = (
    "best possible",
    "bit",
    "cause",
    "chance",
    "fresh bits",
    "gate",
    "gradient",
    "knowing nothing",
    "learnt by heart",
    "loss",
    "state",
    "unit",
    "update",
    "window",
)


TOO_SHORT = PRESETS["echo-too-short"]
IRONIC = "What a great film to sleep through."
"""The lab's best network calls it positive."""


@dataclass(frozen=True)
class Misconception:
    """A sentence that one hears, the answer, and what to look at there."""

    sentence: str
    answer: str
    look: str
    place: PageLink


def _turned(name: str, label: str, **knobs: str) -> PageLink:
    """A question of the lab with some knobs turned."""
    return PageLink(label, "training", settings_query(PRESETS[name].settings) | knobs)


MISCONCEPTIONS = (
    Misconception(
        "The loss has to go to zero, so it has not finished.",
        "Half of the bits are coin flips. Whoever knows the rule still pays for them: 0.3466 is "
        "the least that anybody can pay.",
        "Look at the dashed line “best possible”: the curve comes down to it and stays.",
        question("pair"),
    ),
    Misconception(
        "Only 75 % right? Then it is a bad network.",
        "Three in four is all that can be right: half are forced, and of the others every second "
        "guess is luck.",
        "Count it with the chances of every case.",
        PageLink("What can be known", "data_rules", {"rule": "pair", "look": "What can be known"}),
    ),
    Misconception(
        "0.6931 is a strange number. Where does it come from?",
        "It is ln 2: what it costs to say “one half” of a coin. So it is the loss of knowing "
        "nothing.",
        "Every floor has its derivation there.",
        PageLink("What can be known", "data_rules", {"rule": "echo", "look": "What can be known"}),
    ),
    Misconception(
        "It has learnt the series by heart.",
        "Then it would fail on bits that it has never seen. It is as good on those.",
        "Look at the dots beside the curve: they are fresh bits of the same rule.",
        question("pair"),
    ),
    Misconception(
        "A larger network would have learnt it.",
        "Not if it never sees a cause together with its effect: thirty units see no more of a "
        "window than six.",
        "Press Train there: five times as many units, and the same flat curve.",
        _turned("pair-too-late", "The same question with thirty units", units="30"),
    ),
    Misconception(
        "You only have to train it for longer.",
        "Each update shows windows that are too short, and a thousand more of them are too short, "
        "too.",
        f"Then take the button “{TOO_SHORT.next_step.title(TOO_SHORT.settings)}”: one step more is "
        "worth all of them.",
        question(TOO_SHORT.name),
    ),
    Misconception(
        "It remembers everything, for its state is carried on.",
        "The state is carried, but what to keep in it must be learnt, and no gradient reaches back "
        "beyond the window.",
        f"After the run open “{memory.TITLE}”.",
        question("echo"),
    ),
    Misconception(
        "An LSTM is always better than a SimpleRNN.",
        "Where two steps of memory are enough, both reach the best possible. Gates help where one "
        "must remember for long.",
        "There is a task where each kind wins, and one where it does not.",
        PageLink("The kinds", "kinds", {"about": "The kinds"}),
    ),
    Misconception(
        "The error at the sine is tiny, so it understands waves.",
        "The error of saying the last value again is tiny, too, since the points are so close "
        "together. Hold every number against a simple way.",
        f"Look at the line “same as last value”, then at “{forecast.TITLE}” after the run.",
        question("sine"),
    ),
    Misconception(
        "It knows that I mean it ironically.",
        "It knows words and short phrases as they stood in other reviews, where “great” was meant.",
        "Watch the verdict rise at “great” and stay.",
        PageLink("A review that is meant ironically", "sentiment", {"text": IRONIC}),
    ),
)


def draw() -> None:
    """Sentence, answer and link, one below the other."""
    st.markdown("Let the class look before you answer. Each link opens what shows it.")
    for misconception in MISCONCEPTIONS:
        with st.container(border=True):
            st.markdown(f"**“{misconception.sentence}”**")
            st.markdown(f"{misconception.answer} {misconception.look}")
            misconception.place.link()
