"""What is read: one of the lab's grammars or a text of one's own; and the knobs of a run on it."""

from __future__ import annotations

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.knobs import Value, as_query
from rnnlab.language.corpus import OwnText
from rnnlab.language.settings import CORPORA, OWN, WordSettings
from rnnlab.ui import controls, links
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word import own

CORPUS = "word_text"
PREFIX = {True: "text_", False: "word_"}
"""Before the name of a knob in the address, by whether the text is one's own: other pages have
knobs that are called so too, and a text wants other defaults than a grammar.
"""

OPEN = {True: ("epochs", "replaced"), False: ("sentences", "epochs")}
"""The knobs that stand open, by whether the text is one's own."""


def choose_corpus() -> str:
    """What there is to read."""
    chosen = st.segmented_control(
        "Text",
        list(CORPORA),
        format_func=CORPORA.__getitem__,
        default=str(WordSettings.all_knobs()["corpus"].default),
        required=True,
        key=CORPUS,
        bind="query-params",
        help="The grammars are the lab's own: of every word they say its true chance is known.",
    )
    corpus = str(chosen or WordSettings.all_knobs()["corpus"].default)
    if corpus == OWN:
        own.ask()
    return corpus


def chosen(corpus: str) -> WordSettings | None:
    """The settings that the knobs say, as far as they are known; None: there is no text yet."""
    values: dict[str, Value] = {"corpus": corpus, **_kept(corpus)}
    text = own.text() if corpus == OWN else None
    if corpus == OWN and text is None:
        return None
    return _settings(values, text)


def _kept(corpus: str) -> dict[str, Value]:
    """The knobs as they stand, or as the address says, though only one part of the page has them.

    Streamlit forgets what is not drawn, except what was set by hand.
    """
    kept: dict[str, Value] = {}
    prefix = PREFIX[corpus == OWN]
    all_knobs = WordSettings.knobs({"corpus": corpus})
    for name, knob in all_knobs.items():
        key = prefix + (knob.url_name or name)
        if key in st.session_state:
            kept[name] = st.session_state[key]
        elif key in st.query_params:
            try:
                kept[name] = knob.read(st.query_params[key])
            except LabError as error:
                st.warning(f"{escape_markdown(str(error))} That part of the link is left out.")
                del st.query_params[key]
    links.set_values(
        {prefix + (all_knobs[name].url_name or name): value for name, value in kept.items()},
        {prefix + name: text for name, text in as_query(kept, all_knobs).items()},
    )
    return kept


def knobs(settings: WordSettings) -> WordSettings | None:
    """Draw the knobs of training, what matters most open; what they say, or a sentence."""
    corpus = settings.corpus
    prefix = PREFIX[corpus == OWN]
    here = {name: knob for name, knob in settings.open_knobs.items() if name != "corpus"}
    first = ("cell", *OPEN[corpus == OWN])
    values: dict[str, Value] = {"corpus": corpus}
    values |= {
        name: controls.widget(prefix + (here[name].url_name or name), here[name]) for name in first
    }
    with st.expander("More knobs", icon=":material/tune:"):
        for name, one in here.items():
            if name not in first:
                values[name] = controls.widget(prefix + (one.url_name or name), one)
    return _settings(values, settings.text)


def _settings(values: dict[str, Value], text: OwnText | None) -> WordSettings | None:
    try:
        return WordSettings.of(values, text=text)
    except LabError as error:
        st.warning(escape_markdown(str(error)), icon=":material/tune:")
        return None
