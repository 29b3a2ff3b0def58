"""The words that a model knows, offered in the line in which somebody types one."""

from __future__ import annotations

from collections.abc import Sequence

from rnnlab.ui.drawing import component

MOST_WORDS = 3_000
"""Of a larger dictionary the first."""
MOST_OFFERED = 8

_COMPONENT = component(__file__, "known-words")


def offer(line: str, words: Sequence[str]) -> None:
    """Offer those of the `words` that begin as the last one typed in the line with this key."""
    data = {"line": line, "words": list(words[:MOST_WORDS]), "most": MOST_OFFERED}
    _COMPONENT(key="next_known_words", data=data)
