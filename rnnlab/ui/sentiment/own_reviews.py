"""Which reviews a network learns from: the lab's own, or those that a visitor uploads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pandas as pd
import streamlit as st

from rnnlab.errors import LabError
from rnnlab.sentiment.files.reviews import MOST_BYTES_UPLOADED, MOST_REVIEWS, Reviews
from rnnlab.sentiment.files.sources import VARIABLE, Upload
from rnnlab.sentiment.files.table import reviews_in_table
from rnnlab.ui.departures import PROMISE
from rnnlab.ui.encoding import EncodingChoice
from rnnlab.ui.markdown import escape_markdown

FILE, UPLOAD, SUMMARY, TROUBLE = (
    "review_file",
    "review_upload",
    "review_upload_summary",
    "review_upload_trouble",
)
"""Where the session keeps the chosen file, what came of it, and what is to be said about it."""
FIRST_ROWS = "review_first_rows"
ENCODING = EncodingChoice("review_encoding")

N_SHOWN, MOST_SHOWN = 3, 200
"""Reviews that show how a file was read, and characters of each."""


def choose() -> Upload | None:
    """Say where the reviews come from, and offer to take others; the visitor's, if there are."""
    upload = cast(Upload | None, st.session_state.get(UPLOAD))
    st.caption(str(st.session_state[SUMMARY]) if upload else f"Learns from {_the_labs_own()}.")
    with st.expander("Reviews of your own", icon=":material/upload_file:"):
        st.file_uploader(
            f"A CSV, TSV or JSON file, at most {MOST_BYTES_UPLOADED / 1e6:.0f} MB unpacked",
            type=["csv", "tsv", "txt", "json", "jsonl", "gz"],
            key=FILE,
            on_change=_read_other,
            help=f"At most {MOST_REVIEWS:,} reviews. {PROMISE}",
        )
        st.caption(
            "The first line names the columns text and label; labels are 1 or 0, positive or "
            "negative, or stars. One review a line."
        )
        if st.session_state.get(TROUBLE):
            st.warning(
                escape_markdown(str(st.session_state[TROUBLE])), icon=":material/upload_file:"
            )
        ENCODING.draw(_read)
        if upload:
            st.table(st.session_state[FIRST_ROWS])
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


def _read_other() -> None:
    ENCODING.forget()
    _read()


def _read() -> None:
    """Take in a file that was just chosen; one that cannot be used leaves what was there."""
    st.session_state[TROUBLE] = None
    file = st.session_state.get(FILE)
    if file is None:
        return
    try:
        upload = Upload.of(file.getvalue(), file.name, ENCODING.chosen)
        decoded = upload.decoded
        ENCODING.keep(decoded)
        reviews = reviews_in_table(decoded, upload.name)
    except LabError as error:
        st.session_state[TROUBLE] = str(error)
        return
    notices = "".join(f" {notice}" for notice in reviews.notices)
    st.session_state[UPLOAD] = upload
    st.session_state[FIRST_ROWS] = _first_rows(reviews)
    st.session_state[SUMMARY] = escape_markdown(
        f"Learns from your “{upload.name}”: {len(reviews):,} reviews, {sum(reviews.labels):,} of "
        f"them positive.{notices}"
    )


def _first_rows(reviews: Reviews) -> pd.DataFrame:
    """How the first reviews were read."""
    texts = [escape_markdown(text[:MOST_SHOWN]) for text in reviews.texts[:N_SHOWN]]
    labels = [("negative", "positive")[label] for label in reviews.labels[:N_SHOWN]]
    return pd.DataFrame({"label": labels, "text": texts}).set_index("label")


def _forget() -> None:
    st.session_state[UPLOAD] = st.session_state[TROUBLE] = None
