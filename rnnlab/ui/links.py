"""Links to experiments: a preset by its name, any run by its knobs."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from rnnlab.errors import SettingError
from rnnlab.knobs import Value
from rnnlab.presets import PRESETS, Preset
from rnnlab.settings import Settings
from rnnlab.ui.address import note
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
    query = urlencode(settings.to_query())
    st.page_link(page, label=label, icon=icon, query_params={"settings": query})


def go(page: str, settings: Settings) -> None:
    """Open a page with every knob as in these settings, as such a link does."""
    st.switch_page(page, query_params={"settings": urlencode(settings.to_query())})


def follow() -> None:
    """Turn the `?preset=` or `?settings=` of such a link into knobs; without a link keep them.

    One parameter, because Streamlit leaves out of a link what a widget is bound to. A widget on the
    page takes its value from its state, and Streamlit keeps the URL in step; one that is not there
    yet (nobody came before, or another rule was chosen) needs it in the URL.
    """
    panel = Panel(Settings)
    if not st.query_params:  # from another page, whose knobs are these too
        panel.turn(panel.standing())
        return
    panel.standing()
    link = {key: st.query_params.get(key) for key in ("preset", "settings")}
    for key in link:
        if key in st.query_params:
            del st.query_params[key]
    panel.turn(_values(link["preset"], link["settings"]))


def _values(preset: str | None, query: str | None) -> dict[str, Value]:
    """The value of every knob that such a link sets, by name; none for a link that says nothing."""
    if preset in PRESETS:
        return PRESETS[preset].settings.values
    if query is None:
        return {}
    try:
        return Settings.read(dict(parse_qsl(query)))
    except SettingError as error:
        note(
            f"The link asks for something that the lab does not have: {error} The knobs stay as "
            "they are."
        )
        return {}


def address(settings: Settings) -> str:
    """The full link to a run with these settings."""
    return page_address(settings.to_query())


def page_address(query: Mapping[str, str], page_path: str | None = None) -> str:
    """The full link to a page, such as "training", with this query; `None`: the page one is on."""
    page = (st.context.url or "").split("?")[0]
    if page_path is not None:
        page = f"{page.rpartition('/')[0]}/{page_path}"
    return f"{page}?{urlencode(query)}" if query else page
