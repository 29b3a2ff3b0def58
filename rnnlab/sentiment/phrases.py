"""What single words and short phrases are worth, whatever stands around them: logits, added up.

A network that has read "not" must carry it to "bad"; here "not bad" is a thing of its own. It
knows nothing of order beyond three words, so it is the other half of a network, not a rival.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.sentiment.vocabulary import SPECIAL

Keys = NDArray[np.int64]
LONGEST = 3


@dataclass(frozen=True, eq=False)
class Phrases:
    """The worth of words, and of two or three words in a row, in a vocabulary of `n_words` ids.

    `keys` are those of `phrases_of`, in rising order, and `values` what each is worth.
    """

    n_words: int
    keys: Keys
    values: Floats

    def logit(self, ids: NDArray[Any]) -> float:
        """The sum over the known phrases of a text, each once, by the root of how many."""
        found = places(self.keys, phrases_of(ids, self.n_words))
        return float(self.values[found].sum() / max(len(found), 1) ** 0.5)


def phrases_of(ids: NDArray[Any], n_words: int) -> Keys:
    """The phrases of a text, each once, in rising order: numbers in base `n_words` of their ids.

    What is no known word parts phrases.
    """
    ids = ids.astype(np.int64)
    known = (ids >= len(SPECIAL)) & (ids < n_words)
    keys, whole = ids, known
    found = [keys[whole]]
    for length in range(2, LONGEST + 1):
        later = slice(length - 1, None)
        keys, whole = keys[:-1] * n_words + ids[later], whole[:-1] & known[later]
        found.append(keys[whole])
    return np.unique(np.concatenate(found))


def places(keys: Keys, wanted: Keys) -> NDArray[np.intp]:
    """Where in `keys`, which rise, those lie of `wanted` that are there."""
    if not len(keys):
        return np.zeros(0, np.intp)
    where = np.searchsorted(keys, wanted).clip(max=len(keys) - 1)
    found: NDArray[np.intp] = where[keys[where] == wanted]
    return found


def frequent(texts: Sequence[NDArray[Any]], n_words: int, least: int) -> Keys:
    """The phrases that stand in at least `least` of these texts, in rising order."""
    keys, often = np.unique(
        np.concatenate([phrases_of(text, n_words) for text in texts]), return_counts=True
    )
    frequent: Keys = keys[often >= least]
    return frequent
