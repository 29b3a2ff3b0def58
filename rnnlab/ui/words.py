"""Words of other people inside our sentences."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """The text as Markdown that shows its very characters."""
    return re.sub(r"([\\`*_$~\[\]<>])", r"\\\1", text)
