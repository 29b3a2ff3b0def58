"""What is read: one of the lab's grammars or a visitor's own text; and the knobs of a run on it."""

from __future__ import annotations

import streamlit as st

from rnnlab.language.settings import CORPORA, OWN, LanguageSettings
from rnnlab.ui import address
from rnnlab.ui.knobs import Fold, Panel
from rnnlab.ui.next_word import own_text
from rnnlab.ui.parameters import of_one

CORPUS = "word_text"
PREFIX = {True: "text_", False: "word_"}
"""Before the name of a knob in the address, by whether the text is one's own: other pages have
knobs that are called so too, and a text wants other defaults than a grammar.
"""

MAIN_KNOBS = {True: ("epochs", "replaced"), False: ("sentences", "epochs")}
"""The knobs that stand open, by whether the text is one's own."""


def choose_corpus() -> str:
    """What there is to read."""
    first = str(LanguageSettings.all_knobs()["corpus"].default)
    titles = {title: name for name, title in CORPORA.items()}
    address.link_as(CORPUS, of_one("Text", titles, first))
    chosen = st.segmented_control(
        "Text",
        list(CORPORA),
        format_func=CORPORA.__getitem__,
        default=first,
        required=True,
        key=CORPUS,
        persist_state="session",
        help=(
            "The grammars were made for this lab, so the true chance of every next word is known."
        ),
    )
    corpus = str(chosen or first)
    if corpus == OWN:
        own_text.ask()
    return corpus


def chosen(corpus: str) -> LanguageSettings | None:
    """The settings that the knobs make, or None: there is no text yet, or they make none.

    The knobs count on every part of the page, though only one part draws them.
    """
    panel = _panel(corpus)
    values = panel.standing()
    text = own_text.current() if corpus == OWN else None
    if corpus == OWN and text is None:
        return None
    return panel.make(values, text=text)


def knobs(settings: LanguageSettings) -> LanguageSettings | None:
    """Draw the knobs of training, the main ones open; what they make, or a sentence."""
    panel = _panel(settings.corpus)
    main = ("cell", *MAIN_KNOBS[settings.corpus == OWN])
    return panel.make(panel.draw(main, Fold("More knobs", ":material/tune:")), text=settings.text)


def _panel(corpus: str) -> Panel[LanguageSettings]:
    return Panel(LanguageSettings, PREFIX[corpus == OWN], {"corpus": corpus})
