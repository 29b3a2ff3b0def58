"""What is read: one of the lab's grammars or a visitor's own text; and the knobs of a run on it."""

from __future__ import annotations

from typing import cast

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.language.corpus import (
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_WORDS,
    MIN_SENTENCES,
    MIN_TOKENS,
    OwnText,
)
from rnnlab.language.settings import CORPORA, OWN, LanguageSettings
from rnnlab.language.tokenizer import UNITS
from rnnlab.ui.departures import PROMISE
from rnnlab.ui.knobs import Fold, Panel
from rnnlab.ui.markdown import escape_markdown

CORPUS = "word_text"
PREFIX = {True: "text_", False: "word_"}
"""Before the name of a knob in the address, by whether the text is one's own: other pages have
knobs that are called so too, and a text wants other defaults than a grammar.
"""

MAIN_KNOBS = {True: ("epochs", "replaced"), False: ("sentences", "epochs")}
"""The knobs that stand open, by whether the text is one's own."""

OWN_TEXT, TROUBLE, SOURCE = "next_own_text", "next_own_trouble", "next_own_source"
PASTED, FILE, UNIT = "next_own_pasted", "next_own_file", "next_own_unit"
"""Where the session keeps a visitor's own text, and nothing else does."""


def choose_corpus() -> str:
    """What there is to read."""
    chosen = st.segmented_control(
        "Text",
        list(CORPORA),
        format_func=CORPORA.__getitem__,
        default=str(LanguageSettings.all_knobs()["corpus"].default),
        required=True,
        key=CORPUS,
        bind="query-params",
        help="The grammars are the lab's own: of every word they say its true chance is known.",
    )
    corpus = str(chosen or LanguageSettings.all_knobs()["corpus"].default)
    if corpus == OWN:
        _ask_for_text()
    return corpus


def chosen(corpus: str) -> LanguageSettings | None:
    """The settings that the knobs make, or None: there is no text yet, or they make none.

    The knobs count on every part of the page, though only one part draws them.
    """
    panel = _panel(corpus)
    values = panel.standing()
    panel.turn(values)
    text = _own_text() if corpus == OWN else None
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


def _own_text() -> OwnText | None:
    """The visitor's text, once there is one that can be used."""
    return cast(OwnText | None, st.session_state.get(OWN_TEXT))


def _ask_for_text() -> None:
    """The limits first, then two ways to give a text, and a line about the one that is read."""
    st.caption(
        f"At least {MIN_TOKENS:,} words in {MIN_SENTENCES} sentences, at most "
        f"{MAX_BYTES / 1e6:.0f} MB; from 20,000 words on it becomes interesting. The "
        f"{MAX_WORDS:,} most frequent words ({MAX_CHARACTERS} characters) get a number, rarer "
        f"ones are <unknown>. {PROMISE}"
    )
    st.segmented_control(
        "Read it as",
        list(UNITS),
        default=UNITS[0],
        required=True,
        key=UNIT,
        bind="query-params",
        on_change=_read_again,
        help="As words, a text teaches who follows whom; as characters, even how words are spelt.",
    )
    left, right = st.columns(2, gap="medium")
    with left:
        st.text_area(
            "Paste a text, then press Ctrl and Enter",
            key=PASTED,
            height=120,
            max_chars=MAX_BYTES,
            on_change=_take_pasted,
        )
    with right:
        st.file_uploader(
            "Or upload a plain text file",
            type=["txt", "md"],
            key=FILE,
            on_change=_take_file,
            max_upload_size=MAX_BYTES // 1_000_000,
        )
    if st.session_state.get(TROUBLE):
        st.warning(escape_markdown(st.session_state[TROUBLE]), icon=":material/description:")
    _summary(_own_text())


def _summary(own: OwnText | None) -> None:
    """How large the text is, and which part of it is for what."""
    if own is None:
        st.markdown(
            "Once there is a text, you see here what comes next in it: first by counting which "
            "words follow each other, and as soon as you press Train, by a network of your own."
        )
    else:
        st.caption(
            f"“{escape_markdown(own.name)}”: {own.n_tokens:,} {own.unit} in {own.n_sentences:,} "
            f"{own.sentences_or_lines}. Of every ten, eight are learnt "
            "from, one says when to stop, and one is for the test."
        )


def _take_pasted() -> None:
    typed = str(st.session_state.get(PASTED) or "")
    if typed.strip():
        _accept("your text", typed)


def _take_file() -> None:
    file = st.session_state.get(FILE)
    if file is None:
        return
    if file.size > MAX_BYTES:
        st.session_state[TROUBLE] = (
            f"A text may have at most {MAX_BYTES / 1e6:.0f} MB, but “{file.name}” has "
            f"{file.size / 1e6:.1f}."
        )
        return
    typed = _decoded(file.getvalue())
    if "\0" in typed:
        st.session_state[TROUBLE] = (
            f"“{file.name}” is no plain text. Save it as text (.txt) first, in UTF-8."
        )
        return
    _accept(file.name, typed)


def _read_again() -> None:
    """The same text, read another way."""
    source = st.session_state.get(SOURCE)
    if source is not None:
        _accept(*source)


def _accept(name: str, typed: str) -> None:
    """Keep a text for the session; one that cannot be used leaves the old one."""
    st.session_state[TROUBLE] = None
    st.session_state[SOURCE] = name, typed
    try:
        st.session_state[OWN_TEXT] = OwnText(
            name, typed, str(st.session_state.get(UNIT) or UNITS[0])
        )
    except LabError as error:
        st.session_state[TROUBLE] = str(error)


def _decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 where its mark says so, or GB 18030 (Chinese), or else Windows' Latin."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")
