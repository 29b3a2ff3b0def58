"""What is typed is read while it is typed; where it is not, the old verdict is seen to be old."""

from __future__ import annotations

import streamlit as st

from rnnlab.ui.drawing import component

VERDICT = "typed_verdict"
"""The key of the container that holds what is said of the text."""
MOST_FOLLOWED = 600
"""Characters of a text that is read anew at each pause; a longer one is handed in by hand."""
OLD = "Not read yet: this is about the text before. Press Ctrl+Enter in the box."

_COMPONENT = component(__file__, "typing")


def follow(box: str, text: str) -> None:
    """Have the text of the box with this key read at each pause of its writer.

    `text` is what was read; while another one stands there, the verdict on it is greyed.
    """
    data = {"box": box, "verdict": VERDICT, "read": len(text), "most": MOST_FOLLOWED, "old": OLD}
    _COMPONENT(key="typed_typing", data=data)


def verdict() -> st.delta_generator.DeltaGenerator:
    """The container for what is said of the text."""
    return st.container(key=VERDICT)
