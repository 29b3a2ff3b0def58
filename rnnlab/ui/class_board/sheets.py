"""Sheets that a class has handed in as files: a table of them, and why one cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from rnnlab.board.sheet_file import LARGEST_FILE, SheetRow, read_sheets
from rnnlab.charts.sheets_table import sheets_csv, sheets_table
from rnnlab.ui.departures import PROMISE

MOST_FILES = 60
KEY = "board_sheets"


def show() -> None:
    """Where the files are dropped, and the table."""
    st.header("Sheets that you collected")
    files = st.file_uploader(
        "Drop the sheets of a class here",
        type=["html", "htm"],
        accept_multiple_files=True,
        help=f"At most {MOST_FILES} files of {LARGEST_FILE / 1000:.0f} kB. {PROMISE}",
        key=KEY,
    )
    if not files:
        st.caption(
            "After a run the training page offers “A sheet to hand in”, one file. Drop thirty of "
            "them here: you get one table, and a CSV file to keep."
        )
        return
    rows = read_sheets([(file.name, file.getvalue()) for file in files[:MOST_FILES]])
    if len(files) > MOST_FILES:
        st.warning(
            f"The table has the first {MOST_FILES} of {len(files)} files.",
            icon=":material/playlist_remove:",
        )
    _show_table(rows)


def _show_table(rows: Sequence[SheetRow]) -> None:
    """A row for each file, and the same to keep."""
    unread = sum(row.sheet is None for row in rows)
    st.dataframe(
        sheets_table(rows),
        hide_index=True,
        height="content",
        column_config=_columns(),
        alt=f"What {len(rows)} sheets say, a row for each.",
    )
    spoilt = f" {unread} could not be read: the last column says why." if unread else ""
    st.caption(f"Look at guess and loss side by side.{spoilt}")
    st.download_button(
        "The table (CSV)",
        sheets_csv(rows),
        "sheets.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(
        "The checksum in a sheet shows damage, not cheating: to check a result, open its settings "
        "and press Train."
    )


def _columns() -> dict[str, Any]:
    number = st.column_config.NumberColumn(format="%.4g")
    narrow = st.column_config.TextColumn(width=160)  # or why one cannot be read is out of sight
    numbers = dict.fromkeys(("Guessed loss", "Loss", "Best possible"), number)
    return {**numbers, "Question": narrow, "Settings": narrow}
