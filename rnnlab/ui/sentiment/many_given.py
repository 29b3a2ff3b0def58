"""The texts that a visitor gives to be judged: lines or a table, kept for the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.sentiment.reviews import LONGEST_REVIEW, MOST_BYTES_UPLOADED
from rnnlab.sentiment.texts import (
    MOST_TEXTS,
    Texts,
    example_texts,
    pasted_texts,
    uploaded_texts,
)
from rnnlab.ui.markdown import escape_markdown

PASTE, UPLOAD = WAYS = ("Paste lines", "Upload a table")
TYPED, FILE = "many_typed", "many_file"
TEXTS, TROUBLE = "many_texts", "many_trouble"
"""Where the session keeps the texts, and why it got none of the last ones."""

MEGABYTES = f"{MOST_BYTES_UPLOADED / 1e6:.0f} MB"
LIMITS = (
    f"At most {MOST_TEXTS:,} texts of {LONGEST_REVIEW:,} characters, {MEGABYTES} together. They "
    "stay in this session: nothing is stored or logged, and all is forgotten when you close the "
    "page."
)


def texts() -> Texts | None:
    """The ways to give texts, what was wrong with the last ones, and those there are."""
    st.caption(LIMITS)
    way = st.segmented_control(
        "How to give texts",
        WAYS,
        default=PASTE,
        required=True,
        label_visibility="collapsed",
        key="many_way",
        persist_state="session",
    )
    if way == UPLOAD:
        _file()
    else:
        _lines()
    if trouble := st.session_state.get(TROUBLE):
        st.warning(escape_markdown(trouble), icon=":material/edit:")
    given = cast(Texts | None, st.session_state.get(TEXTS))
    for notice in given.notices if given else ():
        st.info(escape_markdown(notice), icon=":material/info:")
    return given


def _file() -> None:
    st.file_uploader(
        f"A CSV or TSV file, at most {MEGABYTES}: its first line names "
        "the columns, text and (if you know it) label",
        type=["csv", "tsv", "txt", "gz"],
        key=FILE,
        on_change=_upload,
        help="A label is 0, neg or negative, or 1, pos or positive; leave it empty where you "
        "do not know. Put quotation marks around a text that holds the separator.",
    )
    st.download_button(
        "An example file",
        example_texts,
        "texts.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _lines() -> None:
    with st.form("many_form", border=False):
        st.text_area(
            "One text a line",
            key=TYPED,
            persist_state="session",
            height=160,
            placeholder="I loved it.\nNot bad at all.\nTwo hours of my life that I want back.",
            help="Rows copied out of a spreadsheet will do too, if their first line names the "
            "columns text and label.",
        )
        with st.container(horizontal=True):
            st.form_submit_button(
                "Judge these lines", icon=":material/gavel:", type="primary", on_click=_paste
            )
            st.form_submit_button(
                "Ten examples", icon=":material/lightbulb:", type="tertiary", on_click=_example
            )


def _paste() -> None:
    _take(partial(pasted_texts, st.session_state.get(TYPED) or ""))


def _example() -> None:
    st.session_state[TYPED] = example_texts()
    _paste()


def _upload() -> None:
    file = st.session_state.get(FILE)
    if file is not None:
        _take(lambda: uploaded_texts(file.getvalue(), file.name))


def _take(read: Callable[[], Texts]) -> None:
    """Take in new texts; those that cannot be used leave the old ones."""
    st.session_state[TROUBLE] = None
    try:
        st.session_state[TEXTS] = read()
    except LabError as error:
        st.session_state[TROUBLE] = str(error)
