"""The frame that all pages share: the menu above them, and their head."""

from __future__ import annotations

import streamlit as st

from rnnlab.presets import preset_for
from rnnlab.rules import make_rule
from rnnlab.settings import Settings

PAGES = (
    ("home", "Home", "home", "What the lab is, and the questions it answers."),
    (
        "hand_check",
        "Hand check",
        "calculate",
        "The whole calculation, step by step, forward and back, with exercises.",
    ),
    (
        "data_rules",
        "Data rules",
        "casino",
        "See the data of every rule, and what anything could know of it.",
    ),
    (
        "training",
        "Training",
        "show_chart",
        "Turn the knobs, press Train, and watch the loss fall to the best possible.",
    ),
    (
        "kinds",
        "Kinds",
        "category",
        "What each kind of network is good for, and how far back it remembers.",
    ),
    (
        "sentiment",
        "Sentiment",
        "rate_review",
        "Type a review, and see the network change its mind word by word.",
    ),
    (
        "next_word",
        "Next word",
        "format_list_numbered",
        "Type words, and see how likely each next one is.",
    ),
)
"""Every page in the order of the menu: file, title, icon, and what it is for."""


def show() -> None:
    """Run the page that the visitor is on."""
    st.set_page_config(page_title="RNN Lab", page_icon="🔁", layout="wide")
    pages = [
        st.Page(
            f"pages/{file}.py",
            title=title,
            icon=f":material/{icon}:",
            help=words,
            default=file == "home",
        )
        for file, title, icon, words in PAGES
    ]
    page = st.navigation(pages, position="top")
    page.run()


def head(question: str, sentence: str) -> None:
    """A page's title, which is its question, and one sentence under it."""
    st.title(question)
    st.markdown(sentence)


def head_of(rule_name: str, settings: Settings | None) -> None:
    """The head of an experiment: a ready one asks its own question."""
    rule = make_rule(rule_name)
    preset = preset_for(settings) if settings is not None else None
    if preset is not None:
        head(preset.question, f"{rule.sentence} {preset.source}: *{preset.claim}*")
    else:
        head(f"What can it learn of {rule.title[0].lower()}{rule.title[1:]}?", rule.sentence)
