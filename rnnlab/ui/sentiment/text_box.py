"""The text that a visitor typed: the box for it, examples, and a link that carries it if asked.

It stays in the session: no cache that others share holds it, and no address unless one asks for it.
"""

from __future__ import annotations

import streamlit as st

from rnnlab.sentiment.examples import EXAMPLES
from rnnlab.ui import links
from rnnlab.ui.address import note, take
from rnnlab.ui.knobs import set_value

KEY = "typed_text"
"""Where the session keeps the text."""
PREVIOUS = "typed_before"
"""The text before the last change, "" if there is none."""
CURRENT = "typed_now"

MOST_CHARACTERS = 2_000_000

MOST_IN_A_LINK = 1_500
"""Characters; longer addresses are cut by some mail programs and browsers."""

QUERY = "text"


def follow() -> None:
    """Take the text of a link that carries one; the address of the page does not keep it."""
    texts = take(QUERY)
    if not texts:
        return
    text = texts[-1]
    if len(text) <= MOST_IN_A_LINK:
        st.session_state[KEY] = text
        return
    note(
        f"The link carries a text of {len(text):,} characters, but a link may carry at most "
        f"{MOST_IN_A_LINK:,}: the text is left out."
    )


def show() -> str:
    """The box and its button; the text in it."""
    text = st.text_area(
        "Your review",
        value=EXAMPLES[1].text,
        height=110,
        max_chars=MOST_CHARACTERS,
        key=KEY,
        persist_state="session",
        placeholder="What did you think of the film?",
    )
    text = text or ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Read it", type="primary", icon=":material/visibility:", key="typed_read")
        st.caption("It reads along at every pause.")
    _remember(text)
    return text


def link(text: str) -> None:
    """A link to this page that carries the text, for those who ask for one."""
    with st.popover("Link with the text", icon=":material/link:", type="tertiary"):
        if not text.strip():
            st.markdown("There is no text yet that a link could carry.")
        elif len(text) > MOST_IN_A_LINK:
            st.markdown(
                f"Your text has {len(text):,} characters, but a link can carry at most "
                f"{MOST_IN_A_LINK:,}: shorten it, or send the text itself."
            )
        else:
            st.markdown(
                "Everybody who gets this link can read your text, and so can every computer "
                "that it passes through."
            )
            st.code(links.page_address({QUERY: text}), language=None, wrap_lines=True)


def examples() -> None:
    """Texts to try, each a click."""
    with st.container(horizontal=True):
        for number, example in enumerate(EXAMPLES):
            st.button(
                example.name,
                key=f"typed_example_{number}",
                icon=":material/play_circle:",
                on_click=set_value,
                args=(KEY, example.text),
            )


def _remember(text: str) -> None:
    """Remember the text before, once there is another one."""
    last = st.session_state.get(CURRENT, "")
    if text != last:
        st.session_state[PREVIOUS], st.session_state[CURRENT] = last, text
