"""What to show in which order: forty-five minutes, step by step."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from rnnlab.presets import PRESETS
from rnnlab.ui.teachers.place import PageLink, question

TITLE = "Forty-five minutes"
ICON = ":material/schedule:"
WORDS = ("best possible", "bit", "cause", "chance", "knowing nothing", "loss", "window")


@dataclass(frozen=True)
class TimedStep:
    """A part of the lesson: from which minute, what happens, and where."""

    minute: int
    title: str
    words: str
    place: PageLink


STEPS = (
    TimedStep(
        0,
        "Guess twenty bits",
        "Everybody guesses alone, then count: who had more than ten right? Ask: did you see a "
        "rule, or luck? Do not tell the rule yet.",
        PageLink("Guess it yourself", "data_rules", {"rule": "pair", "look": "Guess it yourself"}),
    ),
    TimedStep(
        7,
        "Find the best possible",
        "Tell the rule: after two equal flips the next bit is the other one, after two "
        "different ones a coin decides. Ask: how many of a hundred bits can "
        "anybody know? Half are forced, the others are chance; so three in four guesses at best.",
        PageLink("What can be known", "data_rules", {"rule": "pair", "look": "What can be known"}),
    ),
    TimedStep(
        13,
        "Open the class board",
        "Show its link and code. Each student says a guess before they press Train: how much will "
        "the network learn, and which loss will it reach?",
        PageLink("Class board", "board"),
    ),
    TimedStep(
        17,
        "Train, and hand in",
        "Watch the loss fall past each dashed line. Show the guesses of the class first, let two "
        "students give a reason, then show the results.",
        question("pair"),
    ),
    TimedStep(
        27,
        "Make it fail",
        "The cause now lies further back than the window shows. Let them guess again, "
        "then train: it stays at knowing nothing.",
        question("pair-too-late"),
    ),
    TimedStep(
        35,
        "Mend it",
        "The button under the verdict makes the window eight steps long and trains again. Ask what "
        "has changed: not the network, only what it is shown at once.",
        question("pair-too-late"),
    ),
    TimedStep(
        40,
        "Explain it",
        "Each student writes one sentence on why, and hands it in. Read them, nod to three that "
        "differ, and let the class say which one explains it best.",
        PageLink("Class board", "board"),
    ),
)


def draw() -> None:
    """The steps with their minutes and links."""
    st.markdown(
        "A first lesson on one question. Try it alone once before: it takes you fifteen minutes. "
        "Open every link on your own screen and show it on the projector."
    )
    for step in STEPS:
        with st.container(border=True):
            st.header(f"Minute {step.minute}: {step.title}")
            st.markdown(step.words)
            step.place.link()
    st.caption(
        f"More time? “{PRESETS['lags'].question}” on Home asks for more than one step back, and "
        "“Kinds” for another network. Less? Begin at minute 13. Home has lessons that lead a class "
        "by themselves, and at the end of a page “Make a lesson of this page” packs your own one "
        "into a link."
    )
