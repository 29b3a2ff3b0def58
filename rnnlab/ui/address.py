"""What the address says of knobs: read before their widgets are drawn, and put right where needed.

Streamlit compares the text of an address with its own way to write a value, drops what is not the
same without a word, and remembers it until the next run. So the lab reads it first; what it would
write otherwise, or not at all, it puts right, and lets the page run anew with that address.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import streamlit as st

from rnnlab.errors import SettingError
from rnnlab.knobs import Knob, Value
from rnnlab.ui.markdown import escape_markdown

Writer = Callable[[Value], str]

NOTICES, FRESH = "address_notices", "address_notices_fresh"
"""Where the session keeps what must be said of the address, and whether no page has yet said it."""


def note(sentence: str) -> None:
    """Say a sentence about the address under the head of the page."""
    notices: list[str] = st.session_state.setdefault(NOTICES, [])
    if sentence not in notices:
        notices.append(sentence)
    st.session_state[FRESH] = True


def show_notices() -> None:
    """Draw what there is to say; a page that began anew says again what it had said by then."""
    if not st.session_state.pop(FRESH, False):
        st.session_state.pop(NOTICES, None)
    for sentence in st.session_state.get(NOTICES, ()):
        st.warning(escape_markdown(sentence), icon=":material/link_off:")


class Address:
    """The parameters of the address that no widget has yet, read knob by knob."""

    def __init__(self) -> None:
        self._changed = False

    def read(self, key: str, knob: Knob, written: Writer | None = None) -> Value | None:
        """The value that it says of the knob with this key, None if it says none that can be.

        `written` is how the widget writes a value, if not as knobs do.
        """
        texts = st.query_params.get_all(key)
        if not texts:
            return None
        value, sentence = meaning(key, knob, texts)
        if sentence:
            note(sentence)
        text = "" if value is None else (written or knob.text)(value)
        if value is None or (value == knob.default and texts != [text]):
            self._put(key, [])
        elif texts != [text]:
            self._put(key, [text])
        return value

    def read_list(self, key: str, label: str, options: Collection[str], most: int) -> None:
        """Keep, of the texts that it says of a choice of several, those that are options."""
        texts = st.query_params.get_all(key)
        options_named = [text for text in dict.fromkeys(texts) if text in options][:most]
        if texts not in (options_named, [""]):
            kept = ", ".join(options_named) or "what it begins with"
            note(f"{label} can be at most {most} of those below, so the page takes {kept}.")
            self._put(key, options_named)

    def _put(self, key: str, texts: list[str]) -> None:
        if texts:
            st.query_params[key] = texts
        else:
            del st.query_params[key]
        self._changed = True

    def settle(self) -> None:
        """Let the page begin anew if anything was put right: before its widgets are drawn."""
        if self._changed:
            st.session_state[FRESH] = True
            st.rerun()


def read_parameter(key: str, knob: Knob, written: Writer | None = None) -> None:
    """Put right what the address says of one knob, before its widget is drawn."""
    if key not in st.session_state:
        address = Address()
        address.read(key, knob, written)
        address.settle()


def read_choices(key: str, label: str, options: Collection[str], most: int) -> None:
    """Put right what the address says of a choice of several, before its widget is drawn."""
    if key not in st.session_state:
        address = Address()
        address.read_list(key, label, options, most)
        address.settle()


def meaning(key: str, knob: Knob, texts: Sequence[str]) -> tuple[Value | None, str]:
    """What these texts under a key of an address mean to a knob, and what must be said of them.

    None stands for no value of the knob, so that its default is taken.
    """
    try:
        value = knob.read(texts[-1])
    except SettingError as error:
        default = knob.default
        words = ("off", "on")[default] if isinstance(default, bool) else str(default)
        return None, f"{error} Instead of that part of the link, the page takes {words}."
    if len(texts) > 1:
        return value, f"“{key}” stands {len(texts)} times in the link: the last one counts."
    return value, ""
