"""The knobs of a training on reviews, and the buttons that start one."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from rnnlab.errors import LabError
from rnnlab.knobs import Value, as_query
from rnnlab.sentiment.files.sources import Upload
from rnnlab.sentiment.review_training import ARTICLE, ReviewTraining
from rnnlab.ui import controls, links
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment import review_runs

OPEN = ("cell", "words", "length", "epochs")
"""The knobs that stand open; the others are folded."""

PREFIX = "review_"
"""What a knob's name has before it, as the key of a widget and in the address."""
KNOBS = ReviewTraining.all_knobs()
KEPT = "review_knobs"
"""Where the session keeps the knobs while another part of the page is on show."""


def chosen() -> ReviewTraining | None:
    """Draw the knobs; the settings that they make, or a sentence on why they make none."""
    _take_over()
    _say_what_is_wrong()
    values = _widgets(OPEN)
    with st.expander("More about the training", icon=":material/fitness_center:"):
        values |= _widgets(name for name in KNOBS if name not in OPEN)
    st.session_state[KEPT] = values
    try:
        return ReviewTraining.of(values)
    except LabError as error:
        st.warning(escape_markdown(str(error)), icon=":material/tune:")
        return None


def buttons(settings: ReviewTraining | None, upload: Upload | None) -> None:
    """Start these settings, or the article's."""
    with st.container(horizontal=True):
        st.button(
            "Train",
            type="primary",
            icon=":material/play_arrow:",
            on_click=review_runs.start,
            args=(settings, upload),
            disabled=settings is None,
            width="stretch",
            key="review_train",
        )
        st.button(
            "Train as the article does",
            icon=":material/article:",
            help="Sets every knob to the article's value, and starts.",
            on_click=start_with,
            args=(ARTICLE, upload),
            key="review_train_article",
        )
    if settings is not None:
        st.caption(cost(settings))


def cost(settings: ReviewTraining) -> str:
    """How large the network is, and about how long it will take."""
    seconds = settings.seconds
    long = (
        f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{max(10, round(seconds, -1)):.0f} s"
    )
    return (
        f"{settings.network.parameters:,} parameters · with all of IMDB's reviews about {long}, "
        "longer while others train · it stops when you leave this page"
    )


def start_with(settings: ReviewTraining, upload: Upload | None) -> None:
    """Turn the knobs to these settings, and start."""
    _set(settings.values)
    review_runs.start(settings, upload)


def _widgets(names: Iterable[str]) -> dict[str, Value]:
    return {name: controls.widget(PREFIX + name, KNOBS[name]) for name in names}


def _take_over() -> None:
    """Turn the knobs to where they stood when this part of the page was last on show."""
    kept = st.session_state.get(KEPT)
    in_address = any(PREFIX + name in st.query_params for name in KNOBS)
    if kept and not in_address and PREFIX + OPEN[0] not in st.session_state:
        _set(kept)


def _say_what_is_wrong() -> None:
    """A sentence on the first knob that cannot stand where the address wants it."""
    try:
        for name, knob in KNOBS.items():
            if PREFIX + name in st.query_params:
                knob.read(st.query_params[PREFIX + name])
    except LabError as error:
        st.warning(
            f"{escape_markdown(str(error))} That part of the link is left out.",
            icon=":material/link_off:",
        )


def _set(values: dict[str, Value]) -> None:
    query = as_query(values, KNOBS)
    links.set_values(
        {PREFIX + name: value for name, value in values.items()},
        {PREFIX + name: text for name, text in query.items()},
    )
