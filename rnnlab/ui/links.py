"""Links to experiments: a preset by its name, any run by its knobs."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnlab.presets import PRESETS, Preset, preset_for
from rnnlab.settings import Settings
from rnnlab.ui import cover, lessons, visit
from rnnlab.ui.address import stand_for
from rnnlab.ui.knobs import Panel

TRAINING_PAGE = "pages/training.py"

THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")
ONLY_HERE = (
    "**This link works on this computer only**: open the lab by the address that your students "
    "type, and take the link from there."
)


def primary(name: str) -> DeltaGenerator:
    """Where the link stands that one should follow first: `frame.css` draws it as such a button.

    No page may have two places of the same `name`.
    """
    return st.container(key=f"primary_link_{name}")


def preset_link(preset: Preset, label: str, icon: str = ":material/play_circle:") -> None:
    """A link that opens a ready experiment on the training page."""
    st.page_link(
        TRAINING_PAGE,
        label=label,
        icon=icon,
        help=preset.question,
        query_params={"preset": preset.name} | visit.carried(),
    )


def preset_menu(settings: Settings | None) -> None:
    """All ready experiments behind one button; `settings` are those that are asked about now."""
    preset = preset_for(settings) if settings is not None else None
    key = f"questions_beside_{preset.name if preset is not None else 'none'}"
    # Another key closes it, once a question has been chosen.
    with st.popover("Other questions", icon=":material/list:", type="tertiary", key=key):
        for preset in PRESETS.values():
            preset_link(preset, preset.title)


def preset_card(preset: Preset) -> None:
    """A question with its link and what is tried; under a cover the claim and what was measured."""
    with st.container(border=True, height="stretch"):
        preset_link(preset, f"**{preset.question}**")
        st.markdown(preset.setting)
        if cover.offer(preset.name):
            st.markdown(f"*{preset.source}:* {preset.claim}")
            st.caption(f"{preset.expect} Measured: {preset.reached}.")


def settings_link(page: str, settings: Settings, label: str, icon: str) -> None:
    """A link to a page that opens with every knob as in these settings; none in a lesson."""
    if lessons.current() is not None:
        return
    query = settings_query(settings) | visit.carried()
    st.page_link(page, label=label, icon=icon, query_params=query)


def settings_href(page_path: str, settings: Settings) -> str:
    """Where such a link leads, as an address beside the page one is on."""
    return f"{page_path}?{urlencode(settings_query(settings) | visit.carried())}"


def follow() -> None:
    """Turn the knobs to what the address says, with a `?preset=` or knob by knob.

    Every knob of a run is linked here, and stays from page to page of those that have it.
    """
    stand_for("preset", _preset_query)
    Panel(Settings).standing()


def _preset_query(name: str) -> dict[str, str] | None:
    return settings_query(PRESETS[name].settings) if name in PRESETS else None


def settings_query(settings: Settings) -> dict[str, str]:
    """What a link to these settings says; never nothing, since that is a link to the page alone."""
    return {"rule": settings.rule, **settings.to_query()}


def address(settings: Settings) -> str:
    """The full link to a run with these settings."""
    return page_address(settings.to_query() | cover.query())


def page_address(query: Mapping[str, str], page_path: str | None = None) -> str:
    """The full link to a page, such as "training", with this query; `None`: the page one is on."""
    page = (st.context.url or "").split("?")[0]
    if page_path is not None:
        page = f"{page.rpartition('/')[0]}/{page_path}"
    return f"{page}?{urlencode(query)}" if query else page


def leads_only_here(link: str) -> bool:
    """Whether a full link finds the lab on this computer alone: then say `ONLY_HERE`."""
    return urlsplit(link).hostname in THIS_COMPUTER
