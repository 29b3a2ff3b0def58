"""What a network on words is held against: n-grams of the same text, and the grammar itself."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rnnlab.language.corpus import Corpus
from rnnlab.language.ngram import NGram

BIGRAM, TRIGRAM = 2, 3


class Baselines(NamedTuple):
    """Perplexities: of guessing among all words, of n-grams, and the least that is possible.

    Those of n-grams are on the sentences that are judged by; `best` is exact, None for a text.
    """

    nothing: float
    bigram: float
    trigram: float
    best: float | None

    @property
    def lines(self) -> tuple[tuple[str, float], ...]:
        """Their names and perplexities, from the top."""
        known = [("knows nothing", self.nothing), ("bigram", self.bigram)]
        known.append(("trigram", self.trigram))
        return tuple(known) if self.best is None else (*known, ("best possible", self.best))


@lru_cache(maxsize=12)
def ngram(corpus: Corpus, order: int) -> NGram:
    """The n-gram model of what a corpus has to learn from."""
    return NGram(corpus.learn, order, corpus.dictionary.size)


@lru_cache(maxsize=12)
def baselines(corpus: Corpus) -> Baselines:
    """What n-grams reach on this corpus, and what is possible at all."""
    two, three = (ngram(corpus, order).perplexity(corpus.judge) for order in (BIGRAM, TRIGRAM))
    best = None if corpus.grammar is None else corpus.grammar.perplexity
    return Baselines(float(corpus.dictionary.size), two, three, best)
