"""What is said where no network has read the text yet."""

from __future__ import annotations

import streamlit as st

from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word.runs import Shown


def says(shown: Shown) -> None:
    """Where to train one."""
    name = shown.settings.text.name if shown.settings.text is not None else "this text"
    st.info(
        f"No network has read “{escape_markdown(name)}” yet. Open “Train it” and press "
        "Train; bigram and trigram have counted it already.",
        icon=":material/fitness_center:",
    )
