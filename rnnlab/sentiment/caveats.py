"""What to keep in mind about a verdict: what was not read, not known, or too little to go by."""

from __future__ import annotations

from collections.abc import Iterator

from rnnlab.sentiment.reading import Reading

STRANGE = 0.25
"""From this share of unknown words on a text is hardly English about films."""
FEW = 4
"""Words that are too few to speak of a share."""


def caveats(reading: Reading) -> tuple[str, ...]:
    """Sentences for the person who typed the text; none for an ordinary one."""
    return tuple(_caveats(reading))


def _caveats(reading: Reading) -> Iterator[str]:
    n, n_unknown = len(reading.tokens), int((~reading.known).sum())
    if not reading.text.strip():
        yield "There is nothing to read yet: type a review, or take one of the examples."
        return
    if n == 0:
        yield (
            "There is no word in it. Signs and emoji are not read, so this is what the network "
            "says before it has read anything."
        )
        return
    if not reading.all_read:
        yield (
            f"This is long: the last {n:,} words were read, and the {reading.begins:,} characters "
            "before them were not."
        )
    if n_unknown == n:
        yield (
            "It knows no word of this: the verdict says nothing about what you wrote."
            if n > 1
            else "It does not know this word: the verdict says nothing about it."
        )
    elif n >= FEW and n_unknown >= STRANGE * n:
        yield (
            f"It does not know {n_unknown:,} of the {n:,} words. Is this English? It has learnt "
            "from English reviews only, so do not trust this verdict."
        )
    elif n == 1:
        yield "A single word is little to go by: it says how reviews with this word usually end."
