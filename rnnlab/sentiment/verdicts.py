"""A model's verdicts: probabilities, in words, for many texts at once, and as a file to keep."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.files.formulas import harmless
from rnnlab.sentiment import forward
from rnnlab.sentiment.files.reviews import Texts
from rnnlab.sentiment.model import SentimentModel, sigmoid
from rnnlab.sentiment.vocabulary import START, UNKNOWN, Ids, Vocabulary, padded

NEITHER = (0.25, 0.75)
"""From which probability on, and below which, a text is said to be neither positive nor negative.

A network that has learnt 0.5 of phrases that people call neutral is undecided there. Of held-out
phrases and sentences, `best` finds so many so that people call neutral, a little good or bad, and
very: with 0.35 to 0.65 43, 21, 8 %, with 0.3 to 0.7 54, 27, 9 %, with 0.25 to 0.75 63, 33, 12 %.
"""

IN_WORDS = (
    (0.9, "clearly positive"),
    (NEITHER[1], "rather positive"),
    (NEITHER[0], "neither"),
    (0.1, "rather negative"),
    (0.0, "clearly negative"),
)
"""Each verdict in words with the least probability of which it is said."""

KINDS = ("negative", "positive")
"""The two labels, and verdicts, by their numbers."""

Probabilities = Callable[[Sequence[str]], NDArray[Any]]
"""What a model does: for each text the probability that it is positive; shape (texts,)."""

BATCH = 64
"""Texts between two moments at which it can be told how far it is."""

HEADER = ("text", "label", "verdict", "probability_positive", "in_words", "words", "unknown_words")


def in_words(probability: float) -> str:
    """The verdict in words; the probability is rounded to percents before, as it is shown."""
    return next(words for least, words in IN_WORDS if round(probability, 2) >= least)


def in_percent(probability: float) -> str:
    """The more probable of the two verdicts with its probability: "97% negative"."""
    percents = round(100 * probability)
    return f"{percents}% positive" if percents >= 50 else f"{100 - percents}% negative"


def probabilities(model: SentimentModel, texts: Sequence[str]) -> NDArray[Any]:
    """For each text the probability that it is positive. Texts without words are judged as well."""
    return sigmoid(logits(model, [model.vocabulary.ids_of(text) for text in texts]))


def logits(model: SentimentModel, texts: Sequence[Ids]) -> Floats:
    """The model's logit for each text, given as the ids of its words: (texts,)."""
    last = [ids[-model.most_words :] for ids in texts]
    n_words = [len(ids) for ids in last]
    weights = model.weighing.weights_at(n_words)
    parts = np.zeros(weights.shape)
    for part, reader in enumerate(model.readers):
        asked = np.flatnonzero(weights[:, part])  # not those of whose lengths it knows nothing
        inputs = [network_inputs(model, last[index]) for index in asked]
        parts[asked, part] = forward.logits(reader, inputs)
    if model.phrases is not None:
        parts[:, -1] = [model.phrases.logit(ids) for ids in last]
    return model.weighing.logits(parts, n_words)


def logits_so_far(model: SentimentModel, ids: Ids) -> Floats:
    """A causal model's logits before the first word and after each: (ids + 1,)."""
    inputs = network_inputs(model, ids)
    so_far = forward.logits_so_far(model.readers[0], inputs)[-(len(ids) + 1) :]
    n_words = np.arange(len(ids) + 1)[-len(so_far) :]
    return model.weighing.logits(so_far[:, None], n_words)


def network_inputs(model: SentimentModel, ids: Ids) -> Ids:
    """The ids that a model's networks read: the last words, with what stands before them."""
    if model.padded_to:
        rows: Ids = padded([ids[-model.most_words :]], model.padded_to)
        return rows.reshape(-1)
    return np.concatenate([np.array([START], np.int32), ids[-model.most_words :]])


@dataclass(frozen=True)
class Verdict:
    """A model's verdict on one text: `probability` is that of being positive.

    `label` is 1 (positive), 0 (negative) or None. Of its `n_words`, `n_unknown` are not in the
    model's vocabulary.
    """

    text: str
    label: int | None
    probability: float
    n_words: int
    n_unknown: int

    @property
    def predicted(self) -> int:
        """1 (positive) or 0 (negative): what is more probable."""
        return int(self.probability >= 0.5)

    @property
    def confidence(self) -> float:
        """The probability of the predicted label, from 0.5 to 1."""
        return max(self.probability, 1 - self.probability)

    @property
    def correct(self) -> bool | None:
        """Whether the predicted label is the label; None if nobody knows the label."""
        return None if self.label is None else self.predicted == self.label

    @property
    def unknown_share(self) -> float | None:
        """The share of unknown words; None for a text without words."""
        return self.n_unknown / self.n_words if self.n_words else None


def verdicts_in_batches(
    texts: Texts, probabilities: Probabilities, vocabulary: Vocabulary
) -> Iterator[dict[int, Verdict]]:
    """The verdicts on `BATCH` texts after the other, each by its index in `texts`.

    Texts of like length go together, the longest first, so that little is padded.
    """
    order = sorted(range(len(texts)), key=lambda index: -len(texts.texts[index]))
    for start in range(0, len(order), BATCH):
        indices = order[start : start + BATCH]
        batch = probabilities([texts.texts[index] for index in indices])
        verdicts = {}
        for index, probability in zip(indices, batch, strict=True):
            text, label = texts.texts[index], texts.labels[index]
            ids = vocabulary.ids_of(text)
            n_unknown = int(np.count_nonzero(ids == UNKNOWN))
            verdicts[index] = Verdict(text, label, float(probability), len(ids), n_unknown)
        yield verdicts


def verdicts_csv(verdicts: Sequence[Verdict]) -> bytes:
    """A CSV row for each text, in their order; UTF-8 with the mark by which Excel knows it.

    A text that a spreadsheet would take for a formula begins with an apostrophe. The file can be
    judged again: it is a table with text and label.
    """
    file = io.StringIO(newline="")
    rows = csv.writer(file)  # lines end in \r\n, so that both are put into quotation marks
    rows.writerow(HEADER)
    for verdict in verdicts:
        rows.writerow(
            [
                harmless(verdict.text),
                "" if verdict.label is None else KINDS[verdict.label],
                KINDS[verdict.predicted],
                f"{verdict.probability:.4f}",
                in_words(verdict.probability),
                verdict.n_words,
                verdict.n_unknown,
            ]
        )
    return file.getvalue().encode("utf-8-sig", errors="replace")
