"""What a model learns from, what it is chosen by, and what it is judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from rnnlab.language import chinese, english
from rnnlab.language.dictionary import END, Dictionary, Ids
from rnnlab.language.grammar import Grammar
from rnnlab.language.own_text import OwnText

TENTHS = 10
FOR_CHOICE, FOR_JUDGEMENT = 8, 9
"""Which sentence of every ten is for what; the others are learnt from."""

GRAMMARS = {"english": english.GRAMMAR, "chinese": chinese.GRAMMAR}
CHOSEN_BY, JUDGED_BY = 300, 1_000
"""At most so many sentences to choose by, and to judge by. They are never learnt from."""

_LEARN, _CHOOSE, _JUDGE = range(3)


@dataclass(frozen=True, eq=False)
class Corpus:
    """Streams of ids in which every sentence ends with `END`.

    `learn` is what is learnt from, `choose` what says when a network was at its best, `judge`
    what it is judged by in the end; n-grams count the first only, and so does the dictionary.
    """

    dictionary: Dictionary
    learn: Ids
    choose: Ids
    judge: Ids
    grammar: Grammar | None = None


@cache
def grammar(name: str) -> Grammar:
    """One of the lab's grammars, with all its chances."""
    return Grammar.of(GRAMMARS[name])


@lru_cache(maxsize=8)
def of_grammar(name: str, n_sentences: int, seed: int) -> Corpus:
    """Sentences that the grammar says by chance; whom they are judged by depends on no seed."""
    one = grammar(name)
    learn, choose, judge = (
        one.sample(np.random.default_rng([part, seed if part == _LEARN else 0]), n)
        for part, n in ((_LEARN, n_sentences), (_CHOOSE, CHOSEN_BY), (_JUDGE, JUDGED_BY))
    )
    return Corpus(one.dictionary, learn, choose, judge, one)


@lru_cache(maxsize=4)
def of_text(text: OwnText) -> Corpus:
    """Eight of every ten sentences to learn from, one to choose by, one to judge by."""
    parts: list[list[list[str]]] = [[], [], []]
    for number, sentence in enumerate(text.sentences):
        place = {FOR_CHOICE: _CHOOSE, FOR_JUDGEMENT: _JUDGE}.get(number % TENTHS, _LEARN)
        parts[place].append(sentence)
    dictionary = _dictionary(parts[_LEARN], text.most_known)
    most = (None, CHOSEN_BY, JUDGED_BY)
    learn, choose, judge = (
        _stream(dictionary, part[:n]) for part, n in zip(parts, most, strict=True)
    )
    return Corpus(dictionary, learn, choose, judge)


def _dictionary(sentences: Sequence[Sequence[str]], most: int) -> Dictionary:
    """What comes at least twice, the most frequent first."""
    counts = Counter(token for sentence in sentences for token in sentence)
    return Dictionary(tuple(token for token, n in counts.most_common(most) if n > 1))


def _stream(dictionary: Dictionary, sentences: Sequence[Sequence[str]]) -> Ids:
    return np.concatenate([[*dictionary.ids(one), END] for one in sentences]).astype(np.int32)
