"""How it is cut: rows, windows that slide over all of them, and what the edges part."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.charts.windows import (
    fates_of,
    magnified_chart,
    magnified_table,
    rows_chart,
    rows_drawn,
    rows_table,
)
from rnnlab.rules import BitRule
from rnnlab.rules.expression import name_of
from rnnlab.settings import Settings
from rnnlab.survey import cut as cuts
from rnnlab.survey import magnified as magnifying
from rnnlab.ui import drawing
from rnnlab.ui.data import numbers
from rnnlab.ui.place import place

TITLE = "How it is cut"
ICON = ":material/content_cut:"


def draw(settings: Settings) -> None:
    """What an update sees of the data, and what it does not."""
    if isinstance(settings.data, BitRule):
        st.fragment(_bits)(settings)
    else:
        st.fragment(numbers.cut)(settings)


def _bits(settings: Settings) -> None:
    cut = cuts.cut_of(settings)
    window = place(
        "look_window",
        "Window",
        1,
        cut.windows,
        at_first=2,
        about="One update looks at this window in all rows at once; the next one at the next.",
    )
    _rows(cut, window - 1)
    st.subheader("One window, magnified")
    row = place(
        "look_row",
        "Row",
        1,
        cut.rows,
        at_first=2,
        about="Which of the rows is magnified.",
    )
    _magnified(settings, row - 1, window - 1)
    st.subheader("Over the whole epoch")
    sentences = (
        cuts.edge_sentence(cut),
        cuts.state_sentence(cut, settings.carry_state),
        cuts.rows_sentence(cut),
    )
    for sentence in filter(None, sentences):
        st.markdown(sentence)
    if cut.lags:
        st.caption("Of all targets of an epoch, so many have their cause …")
        st.table(_counts(cut))


def _rows(cut: cuts.Cut, window: int) -> None:
    drawing.draw(
        drawing.spec(rows_chart, cut.length, len(rows_drawn(cut))),
        rows_table(cut, window),
        key="look_rows",
        alt=f"The series in {cut.rows} rows of {cut.length:,} bits, and window {window + 1:,} "
        "on all of them.",
    )
    begin = window * cut.window
    steps = f"bits {begin + 1:,} to {begin + cut.window:,}"
    if cut.window == 1:
        steps = f"bit {begin + 1:,}"
    several = f"{cut.rows} rows; where one ends (↵), the next goes on (↳)"
    rows = several if cut.rows > 1 else "a single row"
    st.caption(
        f"Your {cut.rows * cut.length:,} bits lie in {rows}. Update {window + 1:,} of "
        f"{cut.windows:,} sees {steps} of every row: the vermilion strip. "
        f"{cuts.unused_sentence(cut)}"
    )


def _magnified(settings: Settings, row: int, window: int) -> None:
    shown = _window(settings, row, window)
    drawing.draw(
        drawing.spec(magnified_chart, len(shown.places), fates_of(shown)),
        magnified_table(shown),
        key="look_magnified",
        alt=f"Window {window + 1:,} of row {row + 1}. "
        + magnifying.missing_sentence(shown, settings.carry_state),
    )
    st.markdown(magnifying.missing_sentence(shown, settings.carry_state))
    more = f" {shown.hidden} more steps of it follow on the right." if shown.hidden else ""
    st.caption(
        "Each line leads from a cause to its target. The dashed line is the window's left edge; "
        f"a thick one is where the row begins.{more}"
    )


def _counts(cut: cuts.Cut) -> pd.DataFrame:
    """One row a cause: in how many targets it lies where."""
    found = {name_of(lag): cut.count(lag) for lag in cut.lags}
    table = pd.DataFrame.from_dict(found, orient="index")
    return table.map(lambda number: f"{number:,}").rename_axis("Cause")


@st.cache_data(max_entries=200, show_spinner=False)
def _window(settings: Settings, row: int, window: int) -> magnifying.Magnified:
    return magnifying.magnified(settings, row, window)
