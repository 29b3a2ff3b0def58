"""The frame that all pages share: the menu above them, and their head."""

from __future__ import annotations

import streamlit as st

from rnnlab.presets import preset_for
from rnnlab.rules import rule
from rnnlab.settings import Settings


def show() -> None:
    """Run the page that the visitor is on."""
    st.set_page_config(page_title="RNN Lab", page_icon="🔁", layout="wide")
    page = st.navigation(
        [
            st.Page(
                "pages/home.py",
                title="Home",
                icon=":material/home:",
                help="What the lab is, and the questions it answers.",
                default=True,
            ),
            st.Page(
                "pages/hand_check.py",
                title="Hand check",
                icon=":material/calculate:",
                help="The whole calculation, step by step, forward and back, with exercises.",
            ),
            st.Page(
                "pages/data_rules.py",
                title="Data rules",
                icon=":material/casino:",
                help="See the data of every rule, and what anything could know of it.",
            ),
            st.Page(
                "pages/training.py",
                title="Training",
                icon=":material/show_chart:",
                help="Turn the knobs, press Train, and watch the loss fall to the best possible.",
            ),
            st.Page(
                "pages/kinds.py",
                title="Kinds",
                icon=":material/category:",
                help="What each kind of network is good for, and how far back it remembers.",
            ),
            st.Page(
                "pages/sentiment.py",
                title="Sentiment",
                icon=":material/rate_review:",
                help="Type a review, and see the network change its mind word by word.",
            ),
            st.Page(
                "pages/next_word.py",
                title="Next word",
                icon=":material/format_list_numbered:",
                help="Type words, and see how likely each next one is.",
            ),
        ],
        position="top",
    )
    page.run()


def head(question: str, sentence: str) -> None:
    """A page's title, which is its question, and one sentence under it."""
    st.title(question)
    st.markdown(sentence)


def head_of(rule_name: str, settings: Settings | None) -> None:
    """The head of an experiment: a ready one asks its own question."""
    one = rule(rule_name)
    preset = preset_for(settings) if settings is not None else None
    if preset is not None:
        head(preset.question, f"{one.sentence} {preset.source}: *{preset.claim}*")
    else:
        head(f"What can it learn of {one.title[0].lower()}{one.title[1:]}?", one.sentence)
