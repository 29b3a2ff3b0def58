"""How many words of some texts the models know: of another language, hardly any."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np

from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, UNKNOWN, Vocabulary, words

MOST_COUNTED = 5_000
"""Words; the first ones tell the language."""
FEWEST = 10
"""Words of which something follows."""


def other_language(texts: Iterable[str]) -> str | None:
    """A sentence if less than half of the words are known; None otherwise."""
    n_words = n_known = 0
    for text in texts:
        ids = _vocabulary().ids(words(text[: 20 * MOST_COUNTED])[:MOST_COUNTED])
        n_words += len(ids)
        n_known += int(np.count_nonzero(ids != UNKNOWN))
        if n_words >= MOST_COUNTED:
            break
    if n_words < FEWEST or 2 * n_known >= n_words:
        return None
    return f"{n_known:,} of {n_words:,} words are known: these models read English."


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary.of(LARGEST_VOCABULARY)
