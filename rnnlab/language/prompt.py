"""What somebody typed, as a model reads it: words, ids, and what the dictionary does not have."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.language.corpus import Corpus
from rnnlab.language.tokenizer import UNKNOWN, WORDS, tokenize

MAX_TOKENS = 40
"""Of a longer sentence the end is read."""


@dataclass(frozen=True)
class Prompt:
    """The words that are read, their ids, and the first unknown word with some spelt like it.

    An `ungrammatical` word is in the dictionary, but the grammar never has it there. The first
    `dropped` words are not read.
    """

    words: tuple[str, ...]
    ids: tuple[int, ...]
    unknown: str | None = None
    nearest: tuple[str, ...] = ()
    ungrammatical: str | None = None
    dropped: int = 0


def read_prompt(text: str, corpus: Corpus, unit: str = WORDS) -> Prompt:
    """Read what was typed.

    A grammar has no unknown words, so reading ends before the first one; a model of a text has
    learnt what follows words that it does not know.
    """
    tokens = tokenize(text, corpus.dictionary, unit)
    dropped = max(0, len(tokens) - MAX_TOKENS)
    tokens = tokens[dropped:]
    ids = [corpus.dictionary.id_of(token) for token in tokens]
    unknown = tokens[ids.index(UNKNOWN)] if UNKNOWN in ids else None
    nearest = () if unknown is None else tuple(corpus.dictionary.nearest(unknown))
    ungrammatical = None
    if corpus.grammar is not None:
        n = ids.index(UNKNOWN) if UNKNOWN in ids else len(ids)
        tokens, ids = tokens[:n], ids[:n]
        first = corpus.grammar.first_wrong(ids)
        ungrammatical = None if first is None else tokens[first]
    return Prompt(tuple(tokens), tuple(ids), unknown, nearest, ungrammatical, dropped)
