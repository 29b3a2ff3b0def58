"""Links to experiments: a preset by its name, any run by its knobs."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException

from rnnlab.presets import PRESETS, Preset
from rnnlab.settings import Settings
from rnnlab.ui.controls import set_knobs

TRAINING_PAGE = "pages/training.py"


def preset_link(preset: Preset, label: str, icon: str = ":material/play_circle:") -> None:
    """A link that opens a ready experiment on the training page."""
    st.page_link(
        TRAINING_PAGE,
        label=label,
        icon=icon,
        help=preset.question,
        query_params={"preset": preset.name},
    )


def page_card(page: str, question: str, words: str, icon: str) -> None:
    """A page by the question that it answers, and what one does there."""
    with st.container(border=True, height="stretch"):
        st.page_link(page, label=f"**{question}**", icon=icon)
        st.markdown(words)


def preset_card(preset: Preset) -> None:
    """A question with its link, what the article claims, and what was measured here."""
    with st.container(border=True, height="stretch"):
        preset_link(preset, f"**{preset.question}**")
        st.markdown(f"*{preset.source}:* {preset.claim}")
        st.caption(f"{preset.expect} Measured: {preset.reached}.")


def follow_preset() -> None:
    """Turn the `?preset=` of such a link into knobs; an unknown name is ignored.

    A widget on the page takes its value from its state, and Streamlit keeps the URL in step; one
    that is not there yet (nobody came before, or another rule was chosen) needs it in the URL.
    """
    preset = PRESETS.get(st.query_params.get("preset", ""))
    if "preset" in st.query_params:
        del st.query_params["preset"]
    if preset is None:
        return
    set_knobs(preset.settings)
    for name, value in preset.settings.to_query().items():
        with suppress(StreamlitAPIException):  # the widget is there
            st.query_params[name] = value


def address(settings: Settings) -> str:
    """The full link to a run with these settings."""
    return page_address(settings.to_query())


def page_address(query: Mapping[str, str]) -> str:
    """The full link to the page that the visitor is on, with this query."""
    page = (st.context.url or "").split("?")[0]
    return f"{page}?{urlencode(query)}" if query else page
