"""Download: the data as a file, links, and the way on to a network."""

from __future__ import annotations

import streamlit as st

from rnnlab.exploration import export
from rnnlab.rules import BitRule, StreamRule
from rnnlab.settings import Settings
from rnnlab.ui import address, links
from rnnlab.ui.choices import choose_amount

TITLE = "Download"
ICON = ":material/download:"
WORDS = (
    "bit",
    "chance",
    "input",
    "lag",
    "row",
    "seed",
    "target",
)

AMOUNTS = (100, 1_000, 10_000, 100_000, export.MOST_ROWS)
FIRST = 10_000


def draw(settings: Settings) -> None:
    """The file, and the links."""
    address.fragment(_file)(settings)
    _links(settings)


def _file(settings: Settings) -> None:
    n_all = export.n_rows(settings)
    up_to = f"From the first one on, or all if there are fewer; at most {export.MOST_ROWS:,}."
    n_rows = min(choose_amount("look_rows", "Rows of the file", AMOUNTS, FIRST, up_to), n_all)
    stream = isinstance(settings.data, StreamRule)
    if stream:
        bits = isinstance(settings.data, BitRule)
        file = (export.bits_csv if bits else export.letters_csv)(settings, n_rows)
        size, content = file.size, lambda: file.csv
    else:
        samples = export.samples_csv(settings, n_rows)
        size, content = len(samples), lambda: samples
    st.download_button(
        f"The first {n_rows:,} rows (CSV, {_bytes(size)})",
        content,
        f"{settings.rule}-{n_rows}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(_about_series(settings, n_all) if stream else _about_samples(settings, n_all))


def _about_series(settings: Settings, n_all: int) -> str:
    more, made_of = settings.rows * settings.length - n_all, settings.stream_rule.consists_of
    rest = f" ({more:,} more {made_of} are in no file)" if more else ""
    columns = "the rule's P(y), and whether only one answer is possible"
    if isinstance(settings.data, BitRule):
        columns = (
            "the rule's P(y=1), whether that forces y, and each other input that y depends on "
            "(empty before the series begins)"
        )
    again = " in the first epoch" if settings.fresh_data else ""
    return (
        f"A row for each of your {n_all:,} steps{rest}, before they are cut into "
        f"{settings.rows} rows of {settings.length:,}: t from 0, input x, target y, {columns}. "
        f"These are the very {made_of} that a network with seed {settings.seed} learns "
        f"from{again}."
    )


def _about_samples(settings: Settings, n_all: int) -> str:
    unit = (
        " Your values are standardised: minus their mean for training, over their standard "
        "deviation."
        if settings.own is not None
        else ""
    )
    return (
        f"A row for each of the {n_all:,} samples, those for training first: its number, what it "
        f"is for, its numbers in time, and the target.{unit}"
    )


def _links(settings: Settings) -> None:
    training = links.page_address(settings.to_query(), "training")
    links.settings_link(
        links.TRAINING_PAGE, settings, "Now let a network try", ":material/show_chart:"
    )
    st.caption("The link to these data:")
    st.code(links.address(settings), language=None, wrap_lines=True)
    st.caption("The link to a network that learns from them:")
    st.code(training, language=None, wrap_lines=True)
    if settings.own is not None:
        st.caption("The links hold every knob, but not your numbers: upload them there again.")


def _bytes(size: int) -> str:
    """A size as people say it."""
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1e3:.0f} kB" if size < 1e6 else f"{size / 1e6:.1f} MB"
