"""Where the reviews come from that a network learns from: the lab's own, or a visitor's file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.sentiment.files.reviews import MOST_BYTES_UPLOADED, MOST_REVIEWS
from rnnlab.sentiment.files.sources import VARIABLE, Upload
from rnnlab.ui.markdown import escape_markdown

FILE, UPLOAD, SUMMARY, TROUBLE = (
    "review_file",
    "review_upload",
    "review_upload_summary",
    "review_upload_trouble",
)
"""Where the session keeps the chosen file, what came of it, and what is to be said about it."""


def choose() -> Upload | None:
    """Say where the reviews come from, and offer to take others; the visitor's, if there are."""
    upload = cast(Upload | None, st.session_state.get(UPLOAD))
    st.caption(str(st.session_state[SUMMARY]) if upload else f"Learns from {_the_labs_own()}.")
    with st.expander("Reviews of your own", icon=":material/upload_file:"):
        st.file_uploader(
            f"A CSV or TSV file, at most {MOST_BYTES_UPLOADED / 1e6:.0f} MB unpacked",
            type=["csv", "tsv", "txt", "gz"],
            key=FILE,
            on_change=_read,
            help=f"At most {MOST_REVIEWS:,} reviews. They stay on this server, and are forgotten "
            "with the training.",
        )
        st.caption(
            "The first line names the columns text and label; labels are 1 or 0, positive or "
            "negative. One review a line."
        )
        if st.session_state.get(TROUBLE):
            st.warning(
                escape_markdown(str(st.session_state[TROUBLE])), icon=":material/upload_file:"
            )
        if upload:
            st.button("Use the film reviews again", icon=":material/undo:", on_click=_forget)
    return upload


def _the_labs_own() -> str:
    path = os.environ.get(VARIABLE, "").strip()
    if path:
        return f"the reviews of “{escape_markdown(Path(path).name)}”, which this server has"
    return (
        "IMDB's 25,000 film reviews of Maas et al. (2011), which Keras downloads once (17 MB) and "
        "keeps"
    )


def _read() -> None:
    """Take in a file that was just chosen; one that cannot be used leaves what was there."""
    st.session_state[TROUBLE] = None
    file = st.session_state.get(FILE)
    if file is None:
        return
    try:
        upload = Upload.of(file.getvalue(), file.name)
        reviews = upload.reviews
    except LabError as error:
        st.session_state[TROUBLE] = str(error)
        return
    notices = "".join(f" {notice}" for notice in reviews.notices)
    st.session_state[UPLOAD] = upload
    st.session_state[SUMMARY] = escape_markdown(
        f"Learns from your “{upload.name}”: {len(reviews):,} reviews, {sum(reviews.labels):,} of "
        f"them positive.{notices}"
    )


def _forget() -> None:
    st.session_state[UPLOAD] = st.session_state[TROUBLE] = None
