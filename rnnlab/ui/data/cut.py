"""How it is cut: rows, windows that slide over all of them, and what their edges cut off."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.charts.step_losses import step_losses_chart, step_losses_table
from rnnlab.charts.windows import (
    locations_of,
    magnified_chart,
    magnified_table,
    rows_chart,
    rows_drawn,
    rows_table,
)
from rnnlab.exploration.hidden_state import hidden_state_sentence
from rnnlab.exploration.window_layout import (
    WindowDetail,
    WindowLayout,
    edge_sentence,
    layout_of,
    missing_sentence,
    rows_sentence,
    state_sentence,
    unused_sentence,
    window_detail,
)
from rnnlab.rules import BitRule, SymbolRule
from rnnlab.rules.expression import name_of
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.strings import StringRule
from rnnlab.settings import Settings
from rnnlab.ui import address, drawing
from rnnlab.ui.choices import choose_position
from rnnlab.ui.data import letters, numbers

TITLE = "How it is cut"
ICON = ":material/content_cut:"
WORDS = (
    "bit",
    "carried state",
    "cause",
    "chance",
    "epoch",
    "gradient",
    "input",
    "lag",
    "row",
    "state",
    "state machine",
    "target",
    "time step",
    "update",
    "window",
)


def draw(settings: Settings) -> None:
    """What an update sees of the data, and what it does not."""
    if isinstance(settings.data, BitRule):
        address.fragment(_bits)(settings)
    elif isinstance(settings.data, SymbolRule):
        letters.cut(settings)
    else:
        address.fragment(numbers.cut)(settings)


def _bits(settings: Settings) -> None:
    layout = layout_of(settings)
    window = choose_position(
        "look_window",
        "Window",
        1,
        layout.n_windows,
        default=2,
        help_text=(
            "One update looks at this window in all rows. The next update takes the next window."
        ),
    )
    _rows(layout, window - 1)
    rule = settings.data
    if isinstance(rule, MachineRule):
        _hidden_state(settings, rule)
        return
    st.header("One window, magnified")
    row = choose_position(
        "look_row",
        "Row",
        1,
        layout.rows,
        default=2,
        help_text="Which of the rows is magnified.",
    )
    _magnified(settings, row - 1, window - 1)
    st.header("Over the whole epoch")
    sentences = (
        edge_sentence(layout),
        state_sentence(layout, settings.carry_state),
        rows_sentence(layout),
    )
    for sentence in filter(None, sentences):
        st.markdown(sentence)
    if layout.lags:
        st.caption("How many of an epoch's targets have their cause where:")
        st.table(_counts(layout))


def _rows(layout: WindowLayout, window: int) -> None:
    drawing.draw(
        drawing.spec(rows_chart, layout.length, len(rows_drawn(layout))),
        rows_table(layout, window),
        key="look_rows",
        alt=f"The series in {layout.rows} rows of {layout.length:,} bits, and window "
        f"{window + 1:,} on all of them.",
    )
    begin = window * layout.window
    steps = f"bits {begin + 1:,} to {begin + layout.window:,}"
    if layout.window == 1:
        steps = f"bit {begin + 1:,}"
    several = f"{layout.rows} rows; where one ends (↵), the next goes on (↳)"
    rows = several if layout.rows > 1 else "a single row"
    st.caption(
        f"Your {layout.rows * layout.length:,} bits lie in {rows}. Update {window + 1:,} of "
        f"{layout.n_windows:,} sees {steps} of every row: the orange strip. "
        f"{unused_sentence(layout)}"
    )


def _hidden_state(settings: Settings, rule: MachineRule) -> None:
    """A state machine has no cause a few steps back: what an edge cuts off is the state."""
    st.header("What the edge of a window hides")
    losses = rule.bayes_predictor(settings.window).losses_by_step
    sentence = hidden_state_sentence(
        losses, rule.best_loss(), on_strings=isinstance(rule, StringRule)
    )
    drawing.draw(
        drawing.spec(step_losses_chart, settings.window, rule.base_rate_loss()),
        step_losses_table(losses, rule.best_loss()),
        key="look_steps",
        alt=f"The best possible loss at each step of a window. {sentence}",
    )
    st.markdown(sentence)
    st.caption(
        "This rule has no cause a fixed number of steps ago, so no lines lead from causes to "
        "targets. What counts is the state of the machine, and the dashed line is for who knows "
        "it as well as the whole past tells."
    )


def _magnified(settings: Settings, row: int, window: int) -> None:
    detail = _detail(settings, row, window)
    sentence = missing_sentence(detail, settings.carry_state)
    drawing.draw(
        drawing.spec(magnified_chart, len(detail.steps), locations_of(detail)),
        magnified_table(detail),
        key="look_magnified",
        alt=f"Window {window + 1:,} of row {row + 1}. {sentence}",
    )
    st.markdown(sentence)
    more = f" {detail.n_hidden} more steps of it follow on the right." if detail.n_hidden else ""
    st.caption(
        "Each line leads from a cause to its target. The dashed line is the left edge of the "
        f"window. A thick line is where the row begins.{more}"
    )


def _counts(layout: WindowLayout) -> pd.DataFrame:
    """A row for each cause: in how many targets it lies where."""
    by_cause = {name_of(lag): layout.count_locations(lag) for lag in layout.lags}
    table = pd.DataFrame.from_dict(by_cause, orient="index")
    return table.map(lambda number: f"{number:,}").rename_axis("Cause")


@st.cache_data(max_entries=20, show_spinner=False, scope="session")
def _detail(settings: Settings, row: int, window: int) -> WindowDetail:
    return window_detail(settings, row, window)
