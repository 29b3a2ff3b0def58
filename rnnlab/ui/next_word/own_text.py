"""A visitor's own text: pasted or uploaded, in which encoding, read as words or as characters."""

from __future__ import annotations

from typing import cast

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.files.decoding import decode
from rnnlab.knobs import Knob
from rnnlab.language.corpus import (
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_WORDS,
    MIN_SENTENCES,
    MIN_TOKENS,
    OwnText,
)
from rnnlab.language.tokenizer import CHARACTERS, UNITS
from rnnlab.ui import address
from rnnlab.ui.departures import PROMISE
from rnnlab.ui.encoding import EncodingChoice
from rnnlab.ui.markdown import escape_markdown

OWN_TEXT, SOURCE = "next_own_text", "next_own_source"
NOTICE, TROUBLE = "next_own_notice", "next_own_trouble"
PASTED, FILE, UNIT = "next_own_pasted", "next_own_file", "next_own_unit"
ENCODING = EncodingChoice("next_own_encoding")
"""Where the session keeps a visitor's own text, and nothing else does."""

MOST_SHOWN = 12
"""Words of a text's beginning."""


def current() -> OwnText | None:
    """The visitor's text, once there is one that can be used."""
    return cast(OwnText | None, st.session_state.get(OWN_TEXT))


def ask() -> None:
    """The limits first, then two ways to give a text, and how the one that is read was read."""
    st.caption(
        f"At least {MIN_TOKENS:,} words in {MIN_SENTENCES} sentences, at most "
        f"{MAX_BYTES / 1e6:.0f} MB; from 20,000 words on it becomes interesting. The "
        f"{MAX_WORDS:,} most frequent words ({MAX_CHARACTERS} characters) get a number, rarer "
        f"ones are <unknown>. {PROMISE}"
    )
    address.link(UNIT, Knob(UNITS[0], "Read it as", "", "data", choices=tuple(UNITS)))
    st.segmented_control(
        "Read it as",
        list(UNITS),
        default=UNITS[0],
        required=True,
        key=UNIT,
        persist_state="session",
        on_change=_read,
        help=(
            "Read as words, a text teaches which words follow each other; read as characters, "
            "it also teaches how words are spelt."
        ),
    )
    _ways()
    if st.session_state.get(TROUBLE):
        st.warning(escape_markdown(st.session_state[TROUBLE]), icon=":material/description:")
    if st.session_state.get(NOTICE):
        st.info(escape_markdown(st.session_state[NOTICE]), icon=":material/translate:")
    ENCODING.draw(_read)
    _summary(current())


def _ways() -> None:
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


def _summary(own: OwnText | None) -> None:
    """How large the text is, how it begins, and which part of it is for what."""
    if own is None:
        st.markdown(
            "Once there is a text, you see here what comes next in it: first by counting which "
            "words follow each other and, as soon as you press Train, by a network of your own."
        )
        return
    if own.unit == CHARACTERS:
        beginning = "".join(own.beginning)
    else:
        beginning = " · ".join(own.beginning[:MOST_SHOWN])
    st.caption(
        f"“{escape_markdown(own.name)}”: {own.n_tokens:,} {own.unit} in {own.n_sentences:,} "
        f"{own.sentences_or_lines}. It begins: “{escape_markdown(beginning)} …”. Of every ten "
        f"{own.sentences_or_lines}, eight are learnt from, one says when to stop, and one is for "
        "the test."
    )


def _take_pasted() -> None:
    typed = str(st.session_state.get(PASTED) or "")
    if typed.strip():
        _take("your text", typed.encode(errors="replace"))


def _take_file() -> None:
    file = st.session_state.get(FILE)
    if file is not None:
        _take(file.name, file.getvalue())


def _take(name: str, content: bytes) -> None:
    """Read another text, in the encoding that is likeliest."""
    if len(content) > MAX_BYTES:
        st.session_state[TROUBLE] = (
            f"A text may have at most {MAX_BYTES / 1e6:.0f} MB, but “{name}” has "
            f"{len(content) / 1e6:.1f}."
        )
        return
    st.session_state[SOURCE] = name, content
    ENCODING.forget()
    _read()


def _read() -> None:
    """Read the text as the visitor says; one that cannot be used leaves the old one."""
    if SOURCE not in st.session_state:
        return
    name, content = st.session_state[SOURCE]
    st.session_state[TROUBLE] = st.session_state[NOTICE] = None
    try:
        decoded = decode(content, name, ENCODING.chosen)
        ENCODING.keep(decoded)
        st.session_state[NOTICE] = decoded.notice
        st.session_state[OWN_TEXT] = OwnText(
            name, decoded.text, str(st.session_state.get(UNIT) or UNITS[0])
        )
    except LabError as error:
        st.session_state[TROUBLE] = str(error)
