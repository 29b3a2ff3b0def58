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
FREQUENT = 1_000
"""Ids of the words that make most of any English text."""
LEAST_FREQUENT, LEAST_KNOWN = 0.2, 0.7
"""Shares of frequent and of known words; where both are less, it is hardly English.

Half of the words of a French or Spanish text stand in some English review, hardly one in all.
"""


def other_language(texts: Iterable[str]) -> str | None:
    """A sentence if hardly any words are English; None otherwise."""
    n_words = n_known = n_frequent = 0
    for text in texts:
        seen = words(text[: 20 * MOST_COUNTED])[:MOST_COUNTED]
        ids = _vocabulary().ids(word for word in seen if not word.isdigit())
        n_words += len(ids)
        n_known += int(np.count_nonzero(ids != UNKNOWN))
        n_frequent += int(np.count_nonzero((ids != UNKNOWN) & (ids < FREQUENT)))
        if n_words >= MOST_COUNTED:
            break
    if n_words < FEWEST:
        return None
    if 2 * n_known < n_words:
        return f"{n_known:,} of {n_words:,} words are known: these models read English."
    if n_frequent < LEAST_FREQUENT * n_words and n_known < LEAST_KNOWN * n_words:
        return (
            f"{n_known:,} of {n_words:,} words are known, but only {n_frequent:,} are frequent in "
            "English: these models read English."
        )
    return None


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary.of(LARGEST_VOCABULARY)
