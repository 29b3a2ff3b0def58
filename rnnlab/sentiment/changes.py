"""What was changed in a text: words that went, words that came, and those between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

MOST_COMPARED = 400
"""Words of a text that are compared one by one; beyond, a change is one block."""


class Stretch(NamedTuple):
    """Words that follow each other: in both texts, only in the old or only in the new one."""

    where: Literal["both", "old", "new"]
    words: tuple[str, ...]


def changed(old: Sequence[str], new: Sequence[str]) -> tuple[Stretch, ...]:
    """The words of two texts in one row: what went stands before what came in its place."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    rows = [Stretch("both", tuple(new[:start])), *_between(before, after)]
    rows.append(Stretch("both", tuple(new[len(new) - end :])))
    return tuple(row for row in rows if row.words)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """With how many equal words both begin."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(old), len(new)))


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    if max(len(old), len(new)) > MOST_COMPARED:
        yield from (Stretch("old", tuple(old)), Stretch("new", tuple(new)))
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Stretch("both", tuple(new[c:d]))
        else:
            yield from (Stretch("old", tuple(old[a:b])), Stretch("new", tuple(new[c:d])))
