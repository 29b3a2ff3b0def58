"""A visitor's own series: a CSV file, uploaded once and kept for the session."""

from __future__ import annotations

from typing import cast

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.rules import make_rule
from rnnlab.rules.csv_file import MOST_BYTES, example_csv, read_csv
from rnnlab.rules.series import MOST_VALUES, OwnSeries, OwnSeriesRule


def own_series(rule_name: str) -> OwnSeries | None:
    """The visitor's series, if this rule is about one and there is one; else the way to give it."""
    if not isinstance(make_rule(rule_name), OwnSeriesRule):
        return None
    st.file_uploader(
        f"A CSV file with one column of numbers, at most {MOST_BYTES / 2**20:.0f} MB",
        type=["csv", "tsv", "txt"],
        key="own_file",
        on_change=_read,
        help=f"Of longer series the last {MOST_VALUES:,} values are taken. Nothing leaves this "
        "server, and it is forgotten when you close the page.",
    )
    st.download_button(
        "An example file",
        example_csv,
        "example.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
    )
    for show, key in ((st.warning, "own_trouble"), (st.info, "own_notice")):
        if st.session_state.get(key):
            show(st.session_state[key])
    own = cast(OwnSeries | None, st.session_state.get("own_series"))
    if own is not None:
        st.caption(f"“{own.name}”: {len(own.array):,} values; the last tenth is for the test.")
    return own


def _read() -> None:
    """Take in a file that was just chosen; one that cannot be used leaves the old series."""
    st.session_state["own_trouble"] = st.session_state["own_notice"] = None
    file = st.session_state.get("own_file")
    if file is None:
        return
    try:
        own, notice = read_csv(file.getvalue(), file.name)
    except LabError as error:
        st.session_state["own_trouble"] = str(error)
    else:
        st.session_state["own_series"] = own
        st.session_state["own_notice"] = notice
