"""One or many: what goes in and what comes out, as pictures with an example of the lab's each."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from rnnlab.kinds.unrolled import Unrolled
from rnnlab.presets import PRESETS
from rnnlab.ui import links, visit
from rnnlab.ui.kinds import unrolled

TITLE = "One or many"
ICON = ":material/alt_route:"
WORDS = (
    "bit",
    "gate",
    "input",
    "prediction",
    "state",
    "window",
)


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
    page_query: tuple[tuple[str, str], ...] = ()


FLOWS = (
    Flow(
        name="many_to_one",
        title="Many to one",
        sentence="It reads everything and answers once, after the last step. What came earlier "
        "counts only as far as the state still holds it.",
        unrolled=Unrolled(answers="last step"),
        example="The toy regression: three pairs of numbers come in, and one number comes out. Or "
        "a film review comes in, word by word, and one verdict comes out.",
        preset="toy",
        link="Train it: the toy regression",
        page="pages/sentiment.py",
        page_link="Type a review",
    ),
    Flow(
        name="many_to_many",
        title="Many to many",
        sentence="It answers at every step, from what it has read until then: the first answer "
        "knows one input, the last one all of them. Keras: `return_sequences=True`.",
        unrolled=Unrolled(),
        example="The echo: at every step a bit comes in, and a bit comes out.",
        preset="echo",
        link="Train it: the echo",
    ),
    Flow(
        name="one_to_many",
        title="One to many",
        sentence="It reads once and then goes on alone: each answer is what it reads next. So it "
        "also reads its own mistakes.",
        unrolled=Unrolled(reads="first step", autoregressive=True),
        example="A network that writes: it reads a word, says the next, and reads that. Or the "
        "sine wave in the view “On its own”: one window of real values, then its own predictions.",
        preset="sine",
        link="Train the sine, then open “On its own”",
        page="pages/next_word.py",
        page_link="Let a network write",
        page_query=(("next", "Let it write"),),
    ),
)
"""From what is easiest to see to what is hardest to get right."""


def draw() -> None:
    """A card for each."""
    st.markdown(
        "The same network can be used in three ways. Tap an answer, or point at it, and see which "
        "inputs light up: it cannot know of any others."
    )
    with st.grid(2, min_column_width=320):
        for flow in FLOWS:
            with st.container(border=True, height="stretch"):
                st.header(flow.title)
                st.markdown(flow.sentence)
                unrolled.draw(flow.unrolled, f"flow_{flow.name}", flow.title)
                st.markdown(flow.example)
                links.preset_link(PRESETS[flow.preset], flow.link)
                if flow.page:
                    st.page_link(
                        flow.page,
                        label=flow.page_link,
                        icon=":material/open_in_new:",
                        query_params=dict(flow.page_query) | visit.carried(),
                    )
