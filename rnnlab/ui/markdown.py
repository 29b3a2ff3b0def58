"""Texts of visitors inside Markdown sentences of ours."""

from __future__ import annotations

import re


def escape_markdown(text: str) -> str:
    """The text as Markdown that shows its very characters."""
    return re.sub(r"([\\`*_$~\[\]<>])", r"\\\1", text)
