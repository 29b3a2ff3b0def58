"""Names of columns: their words, whichever way they are put together, and what they tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

TEXT, LABEL, FILM = "text", "label", "film"
NAMES = {
    TEXT: (
        *("text", "review", "sentence", "content", "comment"),
        *("tweet", "body", "message", "phrase", "document", "statement"),
    ),
    LABEL: (
        *("label", "sentiment", "polarity", "class", "target"),
        *("stars", "rating", "score", "overall"),
    ),
    FILM: ("film", "movie", "url"),
}
"""Words that name the columns, the usual one first; others may stand before them: review_text."""
MOST_PARTS = 3
"""Words of a name."""
LONGEST = 40
"""Characters; what is longer is no name."""

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def named(cells: Sequence[str], column: str) -> list[int]:
    """Where the names are that mean this column, the likeliest first.

    Fewer words before the last come first, then the usual words. A line that is but one cell is a
    name only if it is the word itself.
    """
    most = 1 if len(cells) == 1 or column == FILM else MOST_PARTS
    words, ranked = NAMES[column], []
    for index, cell in enumerate(cells):
        word, n_parts = ends_in(cell, words), len(parts_of(cell))
        if word is not None and n_parts <= most:
            ranked.append((n_parts, words.index(word), index))
    return [index for *_, index in sorted(ranked)]


def parts_of(name: str) -> list[str]:
    """The words of a name in lower case: review_text, reviewText and "Review Text" have two."""
    return [part.lower() for part in _PART.findall(name)] if len(name) < LONGEST else []


def ends_in(name: str, words: Sequence[str]) -> str | None:
    """The one of these words that is the last of a name, maybe in the plural, or None."""
    last = parts_of(name)[-1:]
    forms = (last[0], last[0].removesuffix("s")) if last else ()
    return next((form for form in forms if form in words), None)
