"""A text read by a model: the verdict after each word, the words that matter, and what to doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.sentiment import verdicts
from rnnlab.sentiment.model import SentimentModel, sigmoid
from rnnlab.sentiment.vocabulary import UNKNOWN, Ids, WordSpan, word_spans

MOST_STEPS = 45_000
"""Words that the networks of a model read for one picture; it takes about a tenth of a second."""
MOST_STEPS_LEFT_OUT = 45_000
"""The same to find out which words matter."""

PER_WORD = 16
"""Characters of a text's end that are looked at first, for each word that is needed."""

STRANGE = 0.25
"""From this share of unknown words on a text is hardly English about films."""
FEW = 4
"""Words that are too few to speak of a share."""


@dataclass(frozen=True, eq=False)
class RunningVerdict:
    """A model's verdict on a text as it stands after each word.

    `spans` are the words that it read, all of the text or its end, and `ids` theirs.
    `probabilities` (words + 1,) are those of a positive text before the first of them and after
    each, as if the text ended there; the last is the verdict. A model that reads in both directions
    read the text anew after every `stride` words; between, the probabilities lie on a line.
    """

    model: str
    text: str
    spans: tuple[WordSpan, ...]
    ids: Ids
    probabilities: NDArray[Any]
    stride: int
    read_whole: bool

    @property
    def probability(self) -> float:
        """How likely the whole text is positive."""
        return float(self.probabilities[-1])

    @property
    def shifts(self) -> NDArray[Any]:
        """By how much each word moved the probability: (words,)."""
        return np.diff(self.probabilities)

    @property
    def largest_shift(self) -> range:
        """The words, by index, at which the verdict moved most between two that were computed."""
        n = len(self.spans)
        computed = [*range(0, n, self.stride), n]
        shifts = abs(np.diff(self.probabilities[computed]))
        if not shifts.size:
            return range(0)
        largest = int(shifts.argmax())
        return range(computed[largest], computed[largest + 1])

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which words are in the model's vocabulary: (words,)."""
        known: NDArray[np.bool_] = self.ids != UNKNOWN
        return known

    @property
    def words(self) -> tuple[str, ...]:
        """The words as typed."""
        return tuple(self.text[span.start : span.stop] for span in self.spans)

    @property
    def start(self) -> int:
        """The character of the text before which nothing was read; 0 if everything was."""
        return 0 if self.read_whole else self.spans[0].start


def read(model: SentimentModel, text: str) -> RunningVerdict:
    """Read a text, however long: of a long one the end, as many words as the model reads."""
    spans, read_whole = last_words(text, model.most_words)
    ids = model.vocabulary.ids(span.word for span in spans)
    stride, probabilities = _running(model, ids)
    return RunningVerdict(model.name, text, spans, ids, probabilities, stride, read_whole)


def last_words(text: str, limit: int) -> tuple[tuple[WordSpan, ...], bool]:
    """The last words of a text, at most so many, and whether these are all.

    No more of the text is looked at than is needed to find them.
    """
    size = PER_WORD * limit
    while size < len(text):
        start = len(text) - size
        spans = word_spans(text[start:])[1:]  # the first one may be half a word
        if len(spans) >= limit:
            last = spans[-limit:]
            return tuple(WordSpan(s.word, s.start + start, s.stop + start) for s in last), False
        size *= 4
    spans = word_spans(text)
    return spans[-limit:], len(spans) <= limit


def _running(model: SentimentModel, ids: Ids) -> tuple[int, NDArray[Any]]:
    """The stride between two verdicts that are computed, and the probabilities so far."""
    if model.causal:
        logits = verdicts.logits_so_far(model, ids)
        if len(logits) == len(ids):  # so long that START was lost: it begins by knowing nothing
            logits = np.concatenate([model.weighing.logits(np.zeros((1, 1)), 0), logits])
        return 1, sigmoid(logits)
    steps = int(model.steps(np.arange(len(ids) + 1)).sum())
    stride = max(1, -(-steps // MOST_STEPS))
    computed = np.array([*range(0, len(ids), stride), len(ids)])
    probabilities = sigmoid(verdicts.logits(model, [ids[:n] for n in computed]))
    return stride, np.interp(np.arange(len(ids) + 1), computed, probabilities)


@dataclass(frozen=True)
class LeftOut:
    """One word of a text; `index` counts from 0 among the words that were read.

    `probability` is that of a positive text if this word is left out.
    """

    index: int
    word: str
    probability: float


@dataclass(frozen=True)
class Importance:
    """The verdict on a text of `n_words`, and on the text without each of some words.

    `words` come with the one first that moves the verdict most.
    """

    probability: float
    words: tuple[LeftOut, ...]
    n_words: int


def leave_one_out(model: SentimentModel, reading: RunningVerdict) -> Importance:
    """Leave out each word of a text in turn.

    Of a long text, those that moved the running verdict most.
    """
    ids, n = reading.ids, len(reading.ids)
    limit = max(1, MOST_STEPS_LEFT_OUT // max(1, int(model.steps(max(0, n - 1))[0])))
    likely = np.sort(np.argsort(-abs(reading.shifts), kind="stable")[:limit])
    logits = verdicts.logits(model, [np.delete(ids, index) for index in likely])
    probabilities = sigmoid(logits)
    words = reading.words
    order = np.argsort(-abs(logits - verdicts.logits(model, [ids])[0]), kind="stable")
    left_out = [LeftOut(int(likely[k]), words[likely[k]], float(probabilities[k])) for k in order]
    return Importance(reading.probability, tuple(left_out), n)


def caveats(reading: RunningVerdict) -> Iterator[str]:
    """What to keep in mind about a verdict, in sentences for the person who typed the text."""
    n, n_unknown = len(reading.spans), int((~reading.known).sum())
    if not reading.text.strip():
        yield "There is nothing to read yet: type a review, or take one of the examples."
        return
    if n == 0:
        yield (
            "There is no word in it. Signs and emoji are not read, so this is what the network "
            "says before it has read anything."
        )
        return
    if not reading.read_whole:
        yield (
            f"This is long: the last {n:,} words were read, and the {reading.start:,} characters "
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
        yield (
            "A single word does not say much: the verdict tells how reviews with this word "
            "usually end."
        )
