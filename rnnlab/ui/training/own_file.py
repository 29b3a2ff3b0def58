"""A visitor's own series: the file, what the lab read in it, and what it must ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.files.series import MOST_BYTES, Chosen, SeriesFile, series_in, text_of
from rnnlab.files.values import shortest
from rnnlab.rules.own_series import MOST_VALUES, OwnSeries, example_csv
from rnnlab.ui.departures import PROMISE
from rnnlab.ui.encoding import EncodingChoice
from rnnlab.ui.markdown import escape_markdown

FILE, SOURCE, READ = "own_file", "own_source", "own_read"
SERIES, TROUBLE = "own_series", "own_trouble"
"""Where the session keeps the upload, its bytes, what was read in them, and why nothing was."""

COLUMN, DECIMAL = "own_column", "own_decimal"
ENCODING = EncodingChoice("own_encoding")

FIRST = 5
"""How many values are shown."""


def ask() -> OwnSeries | None:
    """The ways to give a series, and what was read; the series, once nothing is open."""
    st.file_uploader(
        f"A file of numbers, such as CSV, at most {MOST_BYTES / 1e6:.0f} MB",
        type=["csv", "tsv", "txt", "gz"],
        key=FILE,
        on_change=_take_file,
        help=f"If the series is longer, the last {MOST_VALUES:,} values are taken. {PROMISE}",
    )
    st.download_button(
        "An example file",
        example_csv(),
        "example.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
    read = cast(SeriesFile | None, st.session_state.get(READ))
    own = cast(OwnSeries | None, st.session_state.get(SERIES))
    if read is not None:
        _choose(read)
    if st.session_state.get(TROUBLE):
        st.warning(escape_markdown(st.session_state[TROUBLE]), icon=":material/description:")
    if own is not None:
        _show(own, read)
    if read is not None and read.notices:
        st.info(
            "\n".join(f"- {escape_markdown(notice)}" for notice in read.notices),
            icon=":material/description:",
        )
    return own


def _choose(read: SeriesFile) -> None:
    """What the visitor may say about the file, and must where the lab cannot know."""
    ENCODING.draw(_read_again)
    if len(read.columns) > 1:
        labels = {
            choice.value: f"{choice.value}: {', '.join(choice.first)} …" for choice in read.columns
        }
        _forget_other_than(labels, COLUMN)
        st.selectbox(
            f"“{escape_markdown(read.name)}” has {len(labels)} columns of numbers. Which one?",
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            placeholder="Choose a column",
            key=COLUMN,
            persist_state="session",
            on_change=_read_column,
        )
    if read.readings:
        ways = _ways(read)
        _forget_other_than(ways, DECIMAL)
        chosen = [place for place, mark in enumerate(ways.values()) if mark == read.decimal]
        st.radio(
            f"The numbers in {escape_markdown(str(read.column))} can be read in two ways. Which is "
            "right?",
            list(ways),
            index=chosen[0] if chosen else None,
            key=DECIMAL,
            persist_state="session",
            on_change=_read_again,
        )


def _ways(read: SeriesFile) -> dict[str, str]:
    """The decimal mark of each way to read the numbers, by what the first of them would be."""
    return {
        f"{escape_markdown(', '.join(choice.first))} …": choice.value for choice in read.readings
    }


def _forget_other_than(options: Iterable[str], key: str) -> None:
    """Forget a choice that is not among these options any more."""
    if st.session_state.get(key) not in (None, *options):
        del st.session_state[key]


def _show(own: OwnSeries, read: SeriesFile | None) -> None:
    """What was read, before anything is learnt from it."""
    values = [shortest(float(str(value))) for value in (*own.array[:FIRST], own.array[-1])]
    *first, last = values
    column, dates = "", ""
    if read is not None and read.column:
        column = f", {'column ' * read.column.startswith(chr(39))}{escape_markdown(read.column)}"
        dates = f" from {escape_markdown(' to '.join(read.ends))}" if read.ends else ""
    st.caption(
        f"“{escape_markdown(own.name)}”{column}: {len(own.array):,} values{dates}: "
        f"{', '.join(first)} … {last}. The last tenth is for the test."
    )


def _take_file() -> None:
    """Take in a file that was just chosen; one that cannot be used leaves the series before it."""
    file = st.session_state.get(FILE)
    if file is None:
        return
    st.session_state[TROUBLE] = None
    try:
        _read(file.name, file.getvalue(), None, Chosen())
    except LabError as error:
        st.session_state[TROUBLE] = str(error)


def _read(name: str, content: bytes, encoding: str | None, chosen: Chosen) -> None:
    """Read a file; a `LabError` if it cannot be used, and then all is as it was."""
    decoded = text_of(content, name, encoding)
    read = series_in(decoded.text, name, chosen)
    read = replace(read, notices=(*filter(None, [decoded.notice]), *read.notices))
    if st.session_state.get(SOURCE) != (name, content):
        for key in (COLUMN, DECIMAL):
            st.session_state.pop(key, None)
        ENCODING.forget()
    ENCODING.keep(decoded)
    st.session_state[SOURCE] = name, content
    st.session_state[READ], st.session_state[SERIES] = read, read.series


def _read_column() -> None:
    """Read another column, as is likeliest for it."""
    st.session_state.pop(DECIMAL, None)
    _read_again()


def _read_again() -> None:
    """Read the file as the visitor says; if that cannot be, there is no series till it is mended.

    The columns that were seen can still be chosen.
    """
    way = str(st.session_state.get(DECIMAL))
    chosen = Chosen(st.session_state.get(COLUMN), _ways(st.session_state[READ]).get(way))
    st.session_state[TROUBLE] = None
    name, content = st.session_state[SOURCE]
    try:
        _read(name, content, ENCODING.chosen, chosen)
    except LabError as error:
        st.session_state[TROUBLE], st.session_state[SERIES] = str(error), None
        st.session_state[READ] = replace(st.session_state[READ], readings=(), notices=())
