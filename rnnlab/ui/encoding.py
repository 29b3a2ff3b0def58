"""In which encoding a text from outside was read: told, and the visitor's to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import streamlit as st

from rnnlab.files.decoding import Decoded


@dataclass(frozen=True)
class EncodingChoice:
    """The choice for one file or text; what the session keeps of it has this `key`."""

    key: str

    @property
    def chosen(self) -> str | None:
        """The encoding that the visitor chose, None for the likeliest."""
        return cast(str | None, st.session_state.get(self.key))

    def keep(self, decoded: Decoded) -> None:
        """Remember the encodings on offer, from the first reading."""
        if self.chosen is None:
            st.session_state[self._options] = (decoded.encoding, *decoded.others)

    def forget(self) -> None:
        """Another text will be read, in what is likeliest for it."""
        for key in (self.key, self._options):
            st.session_state.pop(key, None)

    def draw(self, read_again: Callable[[], None]) -> None:
        """What else it may be; nothing where the encoding is sure."""
        options = list(st.session_state.get(self._options, ()))
        if len(options) > 1:
            st.selectbox(
                "Encoding",
                options,
                key=self.key,
                persist_state="session",
                on_change=read_again,
                width=260,
                help="Which signs the bytes of the file stand for. The likeliest is first.",
            )

    @property
    def _options(self) -> str:
        return f"{self.key}_options"
