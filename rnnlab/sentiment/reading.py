"""A text read by a model: its words, and the verdict as it stands after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.sentiment import judging
from rnnlab.sentiment.model import SentimentModel, probability
from rnnlab.sentiment.tokens import Token, tokens
from rnnlab.sentiment.vocabulary import UNKNOWN, Ids

MOST_STEPS = 36_000
"""Words that the networks of a model read for one picture; it takes about a tenth of a second."""

PER_WORD = 16
"""Characters of a text's end that are looked at first, for each word that is wanted."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What a model made of a text.

    `tokens` are the words that it read, all of the text or its end; `ids` and `running` belong to
    them: `running` (words + 1,) is the probability of a positive text before the first of them and
    after each, as if the text ended there; its last one is the verdict. Of a model that reads in
    both directions it was asked after every `every` words, and lies on a line between.
    """

    model: str
    text: str
    tokens: tuple[Token, ...]
    ids: Ids
    running: NDArray[Any]
    every: int
    all_read: bool

    @property
    def probability(self) -> float:
        """How likely the whole text is positive."""
        return float(self.running[-1])

    @property
    def shifts(self) -> NDArray[Any]:
        """By how much each word moved the running probability: (words,)."""
        return np.diff(self.running)

    @property
    def turn(self) -> range:
        """The words at which the verdict moved most between two moments when it was asked."""
        n = len(self.tokens)
        asked = [*range(0, n, self.every), n]
        moved = abs(np.diff(self.running[asked]))
        if not moved.size:
            return range(0)
        most = int(moved.argmax())
        return range(asked[most], asked[most + 1])

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which words the model knows: (words,)."""
        known: NDArray[np.bool_] = self.ids != UNKNOWN
        return known

    @property
    def words(self) -> tuple[str, ...]:
        """The words as typed."""
        return tuple(self.text[token.start : token.stop] for token in self.tokens)

    @property
    def begins(self) -> int:
        """The place in the text before which nothing was read; 0 if everything was."""
        return 0 if self.all_read else self.tokens[0].start


def read(model: SentimentModel, text: str) -> Reading:
    """Read a text, however long: of a long one the end, as many words as the model reads."""
    last, all_read = last_tokens(text, model.most_words)
    ids = model.vocabulary.ids(last)
    every, running = _running(model, ids)
    return Reading(model.name, text, last, ids, running, every, all_read)


def last_tokens(text: str, most: int) -> tuple[tuple[Token, ...], bool]:
    """The last words of a text, at most so many, and whether these are all.

    No more of the text is looked at than is needed to find them.
    """
    size = PER_WORD * most
    while size < len(text):
        start = len(text) - size
        found = tokens(text[start:])[1:]  # the first one may be half a word
        if len(found) >= most:
            return _moved(found[-most:], start), False
        size *= 4
    found = tokens(text)
    return found[-most:], len(found) <= most


def _moved(some: Sequence[Token], by: int) -> tuple[Token, ...]:
    return tuple(Token(one.word, one.start + by, one.stop + by) for one in some)


def _running(model: SentimentModel, ids: Ids) -> tuple[int, NDArray[Any]]:
    """After every how many words the verdict was asked, and the probabilities so far."""
    if model.causal:
        before = judging.logits_so_far(model, ids)
        if len(before) == len(ids):  # so long that START was lost: it begins by knowing nothing
            before = np.concatenate([[model.offset], before])
        return 1, probability(before)
    every = _every(len(ids), MOST_STEPS // len(model.readers), model.padded_to)
    asked = np.array([*range(0, len(ids), every), len(ids)])
    said = probability(judging.logits(model, [ids[:n] for n in asked]))
    return every, np.interp(np.arange(len(ids) + 1), asked, said)


def _every(n_words: int, most_steps: int, padded_to: int) -> int:
    """After every how many words a verdict can be asked, each of which reads from the start."""
    each = padded_to or max(1, n_words / 2)
    return max(1, -int(-n_words * each // most_steps))
