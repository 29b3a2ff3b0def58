"""Links to experiments: a preset by its name, any run by its knobs."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException

from rnnlab.errors import SettingError
from rnnlab.knobs import Value, as_query
from rnnlab.presets import PRESETS, Preset
from rnnlab.rules import RULES
from rnnlab.settings import Settings
from rnnlab.ui.markdown import escape_markdown

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
    if not st.query_params:
        _take_over()
        return
    wrong = _wrong(st.query_params.to_dict())
    if wrong:
        st.warning(
            f"{escape_markdown(wrong)} That part of the link is left out.",
            icon=":material/link_off:",
        )
    asked = {key: st.query_params.get(key) for key in ("preset", "settings")}
    for key in asked:
        if key in st.query_params:
            del st.query_params[key]
    values = _values(asked["preset"], asked["settings"])
    if values:
        set_values(values, as_query(values, Settings.knobs(values)))


def _wrong(query: Mapping[str, str]) -> str | None:
    """Why a knob cannot stand where the address wants it, of the first that cannot."""
    try:
        knobs = Settings.knobs(query)
        for name in query.keys() & knobs.keys():
            knobs[name].read(query[name])
    except SettingError as error:
        return str(error)
    return None


def set_values(values: Mapping[str, Value], query: Mapping[str, str]) -> None:
    """Give widgets these values, and put into the URL what a link must hold of them.

    Streamlit writes the value of a widget that was not there before only at the next run.
    """
    for name, value in values.items():
        st.session_state[name] = value
    for name, text in query.items():
        with suppress(StreamlitAPIException):  # the widget is there, and does it itself
            st.query_params[name] = text


def _take_over() -> None:
    """Go on with the knobs of the page that the visitor comes from.

    Streamlit forgets the values of another page's widgets when this run ends, except those that
    were set by hand.
    """
    names = {*Settings.all_knobs(), *(name for one in RULES.values() for name in one.all_knobs())}
    known = {name: st.session_state[name] for name in names if name in st.session_state}
    knobs = Settings.knobs(known)
    here = {name: value for name, value in known.items() if name in knobs and value is not None}
    set_values(known, as_query(here, knobs))


def _values(preset: str | None, query: str | None) -> dict[str, Value]:
    """The value of every knob that such a link sets, by name; none for a link that says nothing."""
    if preset in PRESETS:
        return PRESETS[preset].settings.values
    if query is None:
        return {}
    try:
        return Settings.read(dict(parse_qsl(query)))
    except SettingError as error:
        st.warning(
            f"The link that you followed asks for something else: {escape_markdown(str(error))} "
            "The knobs stand where they stood.",
            icon=":material/link_off:",
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
