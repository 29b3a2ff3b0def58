"""In which encoding a text from outside was read: told, and the visitor's to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import streamlit as st

from rnnlab.files.decoding import Decoded
from rnnlab.ui.markdown import escape_markdown


@dataclass(frozen=True)
class EncodingChoice:
    """The choice for one file or text; what the session keeps of it has this `key`."""

    key: str

    @property
    def chosen(self) -> str | None:
        """The encoding that the visitor chose, None for the likeliest."""
        return cast(str | None, st.session_state.get(self.key))

    def keep(self, decoded: Decoded) -> None:
        """Remember how the text was read, and the encodings on offer from the first reading."""
        if self.chosen is None:
            st.session_state[self._options] = (decoded.encoding, *decoded.others)
        st.session_state[self._decoded] = decoded

    def forget(self) -> None:
        """Another text will be read, in what is likeliest for it."""
        for key in (self.key, self._options, self._decoded):
            st.session_state.pop(key, None)

    def draw(self, read_again: Callable[[], None]) -> None:
        """A sentence, and what else it may be; nothing for plain UTF-8."""
        decoded = cast(Decoded | None, st.session_state.get(self._decoded))
        if decoded is None or decoded.notice is None:
            return
        st.info(escape_markdown(decoded.notice), icon=":material/translate:")
        options = list(st.session_state[self._options])
        if len(options) > 1:
            st.selectbox(
                "Encoding",
                options,
                index=options.index(decoded.encoding),
                key=self.key,
                persist_state="session",
                on_change=read_again,
                width=260,
                help="Which signs the bytes of the file stand for. The likeliest is first.",
            )

    @property
    def _options(self) -> str:
        return f"{self.key}_options"

    @property
    def _decoded(self) -> str:
        return f"{self.key}_decoded"
