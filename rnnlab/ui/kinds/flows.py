"""One or many: what goes in and what comes out, as pictures with an example of the lab's each."""

from __future__ import annotations

import streamlit as st

from rnnlab.kinds.flows import FLOWS
from rnnlab.presets import PRESETS
from rnnlab.ui import links
from rnnlab.ui.kinds import unrolled

TITLE = "One or many"
ICON = ":material/alt_route:"


def draw() -> None:
    """A card for each."""
    st.markdown(
        "The same network can be used in three ways. Point at an answer and look which inputs "
        "light up: these are all that it can know of."
    )
    with st.grid(2, min_column_width=320):
        for flow in FLOWS:
            with st.container(border=True, height="stretch"):
                st.subheader(flow.title)
                st.markdown(flow.sentence)
                unrolled.draw(flow.unrolled, f"flow_{flow.name}", flow.title)
                st.markdown(flow.example)
                links.preset_link(PRESETS[flow.preset], flow.link)
                if flow.page:
                    st.page_link(flow.page, label=flow.page_link, icon=":material/open_in_new:")
