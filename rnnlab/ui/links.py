"""Links to experiments: a preset by its name, any run by its knobs."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from rnnlab.presets import PRESETS, Preset
from rnnlab.settings import Settings
from rnnlab.ui.address import stand_for
from rnnlab.ui.knobs import Panel

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


def preset_card(preset: Preset) -> None:
    """A question with its link, what the article claims, and what was measured here."""
    with st.container(border=True, height="stretch"):
        preset_link(preset, f"**{preset.question}**")
        st.markdown(f"*{preset.source}:* {preset.claim}")
        st.caption(f"{preset.expect} Measured: {preset.reached}.")


def settings_link(page: str, settings: Settings, label: str, icon: str) -> None:
    """A link to a page that opens with every knob as in these settings."""
    st.page_link(page, label=label, icon=icon, query_params=_query(settings))


def settings_href(page_path: str, settings: Settings) -> str:
    """Where such a link leads, as an address beside the page one is on."""
    return f"{page_path}?{urlencode(_query(settings))}"


def follow() -> None:
    """Turn the knobs to what the address says, with a `?preset=` or knob by knob.

    Every knob of a run is linked here, and stays from page to page of those that have it.
    """
    stand_for("preset", _preset_query)
    Panel(Settings).standing()


def _preset_query(name: str) -> dict[str, str] | None:
    return _query(PRESETS[name].settings) if name in PRESETS else None


def _query(settings: Settings) -> dict[str, str]:
    """What a link to these settings says; never nothing, since that is a link to the page alone."""
    return {"rule": settings.rule, **settings.to_query()}


def address(settings: Settings) -> str:
    """The full link to a run with these settings."""
    return page_address(settings.to_query())


def page_address(query: Mapping[str, str], page_path: str | None = None) -> str:
    """The full link to a page, such as "training", with this query; `None`: the page one is on."""
    page = (st.context.url or "").split("?")[0]
    if page_path is not None:
        page = f"{page.rpartition('/')[0]}/{page_path}"
    return f"{page}?{urlencode(query)}" if query else page
