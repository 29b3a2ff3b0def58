"""The recipe of the models that judge short texts as well: learnt from pieces, then weighed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.makers.sentiment.phrase_learning import learn_phrases
from rnnlab.makers.sentiment.pieces import Pieces, learn_pieces
from rnnlab.makers.sentiment.split import by_film
from rnnlab.makers.sentiment.weighing import Weighing, weighed
from rnnlab.makers.sentiment.word_vectors import word_vectors
from rnnlab.sentiment import forward
from rnnlab.sentiment.evaluation import calibration
from rnnlab.sentiment.model import Phrases, Reader, SentimentModel, sigmoid
from rnnlab.sentiment.vocabulary import START, UNKNOWN
from rnnlab.training.reviews.corpus import Corpus

HELD_OUT = 0.1
SPLIT_WITH = 1
SPREAD = 0.5
"""The standard deviation of the numbers that stand for words."""

SHORT = (5, 25)
"""From and to how many words the pieces have on which short texts are judged."""

Labels = NDArray[np.integer[Any]]
Say = Callable[[str], None]


@dataclass(frozen=True)
class FromPieces:
    """One network that learns from pieces of 90 % of the reviews, with `phrases` beside it or not.

    Of the reviews held out one half at a time weighs network and phrases, and the other is judged;
    the model that is made takes the weights of all.
    """

    title: str
    sentence: str
    pieces: Pieces
    phrases: bool = False
    most_words: int = 600

    def make(self, name: str, corpus: Corpus, say: Say) -> SentimentModel:
        """Train it, saying how it goes."""
        learnt, judged = by_film(corpus, HELD_OUT, SPLIT_WITH)
        reader = self._reader(learnt, say)
        worth = self._worth(learnt, say) if self.phrases else None
        whole = [self._read(ids) for ids in judged.ids]
        short = _short_pieces(whole, np.random.default_rng(SPLIT_WITH))
        said = [self._said(reader, worth, texts) for texts in (whole, short)]
        weighing = weighed(np.concatenate(said), np.tile(judged.labels, 2))
        first, *rest = weighing.weights.tolist()
        if worth is not None:
            worth = replace(worth, values=worth.values * np.float32(rest[0] / first))
        return SentimentModel(
            name,
            self.title,
            self.sentence,
            (reader,),
            worth,
            scale=first,
            offset=weighing.offset,
            most_words=self.most_words,
            figures=_figures(said, judged.labels) | {"learnt from": len(learnt)},
        )

    def _reader(self, learnt: Corpus, say: Say) -> Reader:
        network = self.pieces.network
        rng = np.random.default_rng(self.pieces.seed)
        say(f"Numbers for {network.vocabulary:,} words, from the words beside them.")
        vectors = SPREAD * word_vectors(learnt.ids, network.vocabulary, network.features, rng)

        def tell(update: int, loss: float) -> None:
            say(f"update {update:,} of {self.pieces.updates:,}: loss {loss:.4f}")

        return Reader(network, learn_pieces(self.pieces, vectors, learnt, tell))

    def _worth(self, learnt: Corpus, say: Say) -> Phrases:
        say("What phrases are worth.")
        rng = np.random.default_rng(self.pieces.seed)
        size = self.pieces.network.vocabulary
        found = learn_phrases(learnt.ids, learnt.labels, size, rng)
        say(f"{len(found.keys):,} phrases.")
        return found

    def _read(self, ids: NDArray[Any]) -> NDArray[np.int32]:
        """The last words of a review, in the network's vocabulary."""
        last = ids[-self.most_words :].astype(np.int32)
        return np.where(last < self.pieces.network.vocabulary, last, UNKNOWN).astype(np.int32)

    def _said(
        self, reader: Reader, worth: Phrases | None, texts: list[NDArray[np.int32]]
    ) -> Floats:
        """The logits of the network, and of the phrases if there are any: (texts, 1 or 2)."""
        start = np.array([START], np.int32)
        columns = [forward.logits(reader, [np.concatenate([start, ids]) for ids in texts])]
        if worth is not None:
            columns.append(np.array([worth.logit(ids) for ids in texts]))
        return np.column_stack(columns)


def _short_pieces(
    texts: list[NDArray[np.int32]], rng: np.random.Generator
) -> list[NDArray[np.int32]]:
    """A random piece of each text."""
    pieces = []
    for ids in texts:
        length = int(rng.integers(SHORT[0], SHORT[1] + 1))
        first = int(rng.integers(max(1, len(ids) - length + 1)))
        pieces.append(ids[first : first + length])
    return pieces


def _figures(said: list[Floats], labels: Labels) -> dict[str, float]:
    """Accuracy on held-out reviews and on short pieces of them, and the calibration error."""
    half = _half(labels)
    chance = [np.empty(len(labels)) for _ in said]
    for judged in (half, ~half):
        weighing = weighed(
            np.concatenate([one[~judged] for one in said]), np.tile(labels[~judged], 2)
        )
        for into, one in zip(chance, said, strict=True):
            into[judged] = sigmoid(weighing.logits(one[judged]))
    whole, short = chance
    return {
        "held out": len(labels),
        "accuracy": _accuracy(whole, labels),
        "accuracy on 5 to 25 words": _accuracy(short, labels),
        "calibration error": calibration(whole, labels).error,
        "calibration error on 5 to 25 words": calibration(short, labels).error,
        "network alone": _accuracy(sigmoid(_alone(said[0], labels)), labels),
    }


def _half(labels: Labels) -> NDArray[np.bool_]:
    """The first half of each kind: a folder lists all negative reviews before the positive."""
    half = np.zeros(len(labels), dtype=bool)
    for kind in (0, 1):
        places = np.flatnonzero(labels == kind)
        half[places[: len(places) // 2]] = True
    return half


def _alone(said: Floats, labels: Labels) -> Floats:
    """What the network says by itself."""
    alone: Weighing = weighed(said[:, :1], labels)
    return alone.logits(said[:, :1])


def _accuracy(chance: NDArray[Any], labels: Labels) -> float:
    return float(np.mean((chance > 0.5) == (labels == 1)))
