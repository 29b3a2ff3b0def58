"""What somebody typed, as a model reads it: words, numbers, and what is not in the dictionary."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.language.corpus import Corpus
from rnnlab.language.dictionary import UNKNOWN, Dictionary
from rnnlab.language.own_text import CHARACTERS, WORDS
from rnnlab.language.segments import known_words, words

LONGEST = 40
"""Of a longer sentence the end is read."""


@dataclass(frozen=True)
class Reading:
    """The words that are read, their numbers, and the first unknown one with words like it.

    An `ungrammatical` word is known, but the grammar never says it there.
    """

    words: tuple[str, ...]
    ids: tuple[int, ...]
    unknown: str | None = None
    nearest: tuple[str, ...] = ()
    ungrammatical: str | None = None
    dropped: int = 0


def read(text: str, corpus: Corpus, unit: str = WORDS) -> Reading:
    """Read what was typed.

    A grammar has no unknown words, so that reading ends before the first one; a model of a text
    has learnt what follows words that it does not know.
    """
    tokens = cut(text, corpus.dictionary, unit)
    dropped = max(0, len(tokens) - LONGEST)
    tokens = tokens[dropped:]
    ids = [corpus.dictionary.id_of(one) for one in tokens]
    strange = next(
        (one for one, number in zip(tokens, ids, strict=True) if number == UNKNOWN), None
    )
    nearest = () if strange is None else tuple(corpus.dictionary.nearest(strange))
    wrong = None
    if corpus.grammar is not None:
        n = ids.index(UNKNOWN) if UNKNOWN in ids else len(ids)
        tokens, ids = tokens[:n], ids[:n]
        first = next((k for k in range(n) if corpus.grammar.belief(ids[: k + 1]) is None), None)
        wrong = None if first is None else tokens[first]
    return Reading(tuple(tokens), tuple(ids), strange, nearest, wrong, dropped)


def cut(text: str, dictionary: Dictionary, unit: str = WORDS) -> list[str]:
    """The words of a line: characters, or words, or, if it has none of its own, the known ones."""
    if unit == CHARACTERS:
        return list(text)
    if any(len(word) > 1 and not word.isascii() and is_sign(word) for word in dictionary.words):
        return known_words(text, dictionary)
    return words(text)


def joined(tokens: list[str] | tuple[str, ...], unit: str = WORDS) -> str:
    """Some words as a line: with spaces, unless they are characters."""
    return ("" if unit == CHARACTERS else " ").join(tokens)


def is_sign(word: str) -> bool:
    """Whether a word is written in signs that stand without spaces."""
    return "\u3040" <= word[0] <= "\u9fff"
