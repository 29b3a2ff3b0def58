"""What a model learns from, is validated and tested on: a grammar's sentences, or a text.

Of a grammar there are as many sentences as one wants; a visitor's own text has limits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from rnnlab.errors import SettingError
from rnnlab.language.grammar import Grammar
from rnnlab.language.grammars import GRAMMARS
from rnnlab.language.kept import kept
from rnnlab.language.tokenizer import (
    CHARACTERS,
    END,
    WORDS,
    Dictionary,
    Ids,
    lines_of_characters,
    sentences_of_words,
)

VALIDATION_SENTENCES, TEST_SENTENCES = 300, 1_000
"""At most so many sentences to validate and to test on. They are never learnt from."""

VALIDATION_TENTH, TEST_TENTH = 8, 9
"""Which of every ten sentences of a text (from 0) is for what; the others are learnt from."""

MAX_BYTES = 2_000_000
MIN_TOKENS = 2_000
MIN_SENTENCES = 50
MIN_KNOWN = 2
BEGINNING = 40
MAX_WORDS = 2_000
MAX_CHARACTERS = 200
"""Entries of a dictionary; rarer words or characters are unknown."""

WAY_OUT = {
    WORDS: "read it as characters instead of words, or take a text in which words come again",
    CHARACTERS: "take a text in which characters come again",
}


@dataclass(frozen=True, eq=False)
class Corpus:
    """Streams of ids in which every sentence ends with `END`.

    `training` is what is learnt from, `validation` what says when a network was at its best, `test`
    what it is tested on in the end. N-grams count the first only, and so does the dictionary.
    """

    dictionary: Dictionary
    training: Ids
    validation: Ids
    test: Ids
    grammar: Grammar | None = None


class _Seen(NamedTuple):
    """What is seen of a text when it is cut once."""

    n_sentences: int
    n_tokens: int
    n_known: int
    beginning: tuple[str, ...]


@dataclass(frozen=True)
class OwnText:
    """A visitor's text, and whether its words or its characters are the tokens.

    Raises `SettingError` where it is too long or too short, or nothing in it comes twice.
    """

    name: str
    text: str
    unit: str = WORDS

    def __post_init__(self) -> None:
        n_bytes = len(self.text.encode(errors="replace"))
        if n_bytes > MAX_BYTES:
            raise SettingError(
                f"A text may have at most {MAX_BYTES / 1e6:.0f} MB, but “{self.name}” has "
                f"{n_bytes / 1e6:.1f}."
            )
        if self.n_tokens < MIN_TOKENS or self.n_sentences < MIN_SENTENCES:
            raise SettingError(
                f"A text needs at least {MIN_TOKENS:,} {self.unit} in {MIN_SENTENCES} "
                f"{self.sentences_or_lines}, but “{self.name}” has {self.n_tokens:,} in "
                f"{self.n_sentences:,}."
            )
        if self.n_known < MIN_KNOWN:
            raise SettingError(
                f"Of the {self.n_tokens:,} {self.unit} of “{self.name}” "
                f"{'only one comes' if self.n_known else 'none comes'} twice, so there is nothing "
                f"to learn of what follows what: {WAY_OUT[self.unit]}."
            )

    @property
    def sentences(self) -> list[list[str]]:
        """Its sentences, or its lines of characters, as tokens; made anew each time.

        They are ten times as large as the text, which stays as long as its run, and travels.
        """
        return (
            sentences_of_words(self.text) if self.unit == WORDS else lines_of_characters(self.text)
        )

    @property
    def sentences_or_lines(self) -> str:
        """What its `sentences` are called."""
        return "sentences" if self.unit == WORDS else "lines"

    @property
    def n_sentences(self) -> int:
        """How many sentences, or lines, it has."""
        return self._seen.n_sentences

    @property
    def n_tokens(self) -> int:
        """How many words or characters it has."""
        return self._seen.n_tokens

    @property
    def n_known(self) -> int:
        """How many different words or characters its dictionary has."""
        return self._seen.n_known

    @property
    def beginning(self) -> tuple[str, ...]:
        """Its first words or characters."""
        return self._seen.beginning

    @cached_property
    def _seen(self) -> _Seen:
        sentences = self.sentences
        known = _most_frequent(_learnt_from(sentences), self.max_vocabulary)
        return _Seen(
            len(sentences),
            sum(map(len, sentences)),
            len(known.words),
            tuple(islice(chain.from_iterable(sentences), BEGINNING)),
        )

    @property
    def max_vocabulary(self) -> int:
        """The size of its dictionary, at most."""
        return MAX_WORDS if self.unit == WORDS else MAX_CHARACTERS


@cache
def grammar(name: str) -> Grammar:
    """One of the lab's grammars, with all its probabilities."""
    return Grammar.of(GRAMMARS[name])


@lru_cache(maxsize=8)
def grammar_corpus(name: str, n_sentences: int, seed: int) -> Corpus:
    """Sentences drawn from a grammar; only those that are learnt from depend on the seed."""
    source = grammar(name)
    sizes = n_sentences, VALIDATION_SENTENCES, TEST_SENTENCES
    training, validation, test = (
        source.sample(np.random.default_rng([part, 0 if part else seed]), n)
        for part, n in enumerate(sizes)
    )
    return Corpus(source.dictionary, training, validation, test, source)


@kept
def text_corpus(text: OwnText) -> Corpus:
    """Of every ten sentences eight to learn from, one to validate and one to test on."""
    sentences = text.sentences
    learnt_from = _learnt_from(sentences)
    dictionary = _most_frequent(learnt_from, text.max_vocabulary)
    return Corpus(
        dictionary,
        training=_stream(dictionary, learnt_from),
        validation=_stream(dictionary, sentences[VALIDATION_TENTH::10][:VALIDATION_SENTENCES]),
        test=_stream(dictionary, sentences[TEST_TENTH::10][:TEST_SENTENCES]),
    )


def _learnt_from(sentences: Sequence[list[str]]) -> list[list[str]]:
    held_out = VALIDATION_TENTH, TEST_TENTH
    return [tokens for k, tokens in enumerate(sentences) if k % 10 not in held_out]


def _most_frequent(sentences: Sequence[Sequence[str]], limit: int) -> Dictionary:
    """The tokens that come at least twice, the most frequent first."""
    counts = Counter(token for sentence in sentences for token in sentence)
    return Dictionary(tuple(token for token, n in counts.most_common(limit) if n > 1))


def _stream(dictionary: Dictionary, sentences: Sequence[Sequence[str]]) -> Ids:
    ids = (number for sentence in sentences for number in (*map(dictionary.id_of, sentence), END))
    return np.fromiter(ids, np.int32)
