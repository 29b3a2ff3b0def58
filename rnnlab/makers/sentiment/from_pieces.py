"""The recipe of the models that judge short texts as well: learnt from pieces, then calibrated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.errors import SettingError
from rnnlab.makers.sentiment.phrase_learning import learn_phrases
from rnnlab.makers.sentiment.pieces import PieceTraining, learn_pieces
from rnnlab.makers.sentiment.word_vectors import word_vectors
from rnnlab.sentiment import forward
from rnnlab.sentiment.evaluation import calibration
from rnnlab.sentiment.files.reviews import ReviewsError
from rnnlab.sentiment.model import Phrases, Reader, SentimentModel, sigmoid
from rnnlab.sentiment.vocabulary import START, UNKNOWN, Ids
from rnnlab.training.review_corpus import ReviewCorpus

HELD_OUT = 0.1
SPLIT_SEED = 1
LONGEST_RUN = 100
VECTOR_DEVIATION = 0.5
"""The standard deviation of the numbers in the word vectors."""
RIDGE = 1e-3

SHORT = (5, 25)
"""From and to how many words the pieces have that figures on short texts are of."""

Labels = NDArray[np.integer[Any]]
Report = Callable[[str], None]


@dataclass(frozen=True)
class FromPieces:
    """One network that learns from pieces of 90 % of the reviews, with `phrases` beside it or not.

    Of the reviews held out, one half at a time says how much the logits of network and phrases
    count, and the figures are of the other half; the model that is made goes by all of them.
    """

    title: str
    sentence: str
    training: PieceTraining
    phrases: bool = False
    most_words: int = 600

    def make(self, name: str, corpus: ReviewCorpus, report: Report) -> SentimentModel:
        """Train it, reporting how it goes."""
        training, held_out = by_film(corpus, HELD_OUT, SPLIT_SEED)
        reader = self._reader(training, report)
        phrases = self._phrases(training, report) if self.phrases else None
        whole = [self._inputs(ids) for ids in held_out.ids]
        short = _short_pieces(whole, np.random.default_rng(SPLIT_SEED))
        logits = [self._logits(reader, phrases, texts) for texts in (whole, short)]
        combination = _combination(np.concatenate(logits), np.tile(held_out.labels, 2))
        scale, *rest = combination.coef_[0].tolist()
        if phrases is not None:
            phrases = replace(phrases, values=phrases.values * np.float32(rest[0] / scale))
        return SentimentModel(
            name,
            self.title,
            self.sentence,
            (reader,),
            phrases,
            scale=scale,
            offset=float(combination.intercept_[0]),
            most_words=self.most_words,
            figures=_figures(logits, held_out.labels) | {"learnt from": len(training)},
        )

    def _reader(self, corpus: ReviewCorpus, report: Report) -> Reader:
        network = self.training.network
        rng = np.random.default_rng(self.training.seed)
        report(f"Numbers for {network.vocabulary:,} words, from the words beside them.")
        vectors = word_vectors(corpus.ids, network.vocabulary, network.features, rng)

        def report_update(update: int, loss: float) -> None:
            report(f"update {update:,} of {self.training.updates:,}: loss {loss:.4f}")

        vectors *= np.float32(VECTOR_DEVIATION)
        return Reader(network, learn_pieces(self.training, vectors, corpus, report_update))

    def _phrases(self, corpus: ReviewCorpus, report: Report) -> Phrases:
        report("Weights of phrases.")
        rng = np.random.default_rng(self.training.seed)
        n_words = self.training.network.vocabulary
        phrases = learn_phrases(corpus.ids, corpus.labels, n_words, rng)
        report(f"{len(phrases.keys):,} phrases.")
        return phrases

    def _inputs(self, ids: NDArray[Any]) -> Ids:
        """The last words of a review, in the network's vocabulary."""
        last = ids[-self.most_words :].astype(np.int32)
        return np.where(last < self.training.network.vocabulary, last, UNKNOWN).astype(np.int32)

    def _logits(self, reader: Reader, phrases: Phrases | None, texts: list[Ids]) -> Floats:
        """The logits of the network, and of the phrases if there are any: (texts, 1 or 2)."""
        start = np.array([START], np.int32)
        columns = [forward.logits(reader, [np.concatenate([start, ids]) for ids in texts])]
        if phrases is not None:
            columns.append(np.array([phrases.logit(ids) for ids in texts]))
        return np.column_stack(columns)


def _combination(logits: Floats, labels: Labels) -> Any:
    """A logistic regression on logits (texts, 1 or 2) of texts that nothing was learnt from.

    So the probabilities of their weighted sum are calibrated (Platt 1999, for one logit).
    """
    from sklearn.linear_model import LogisticRegression  # a requirement of the makers alone

    return LogisticRegression(C=1 / RIDGE, tol=1e-8).fit(logits, labels)


def _short_pieces(texts: list[Ids], rng: np.random.Generator) -> list[Ids]:
    """A random piece of each text."""
    pieces = []
    for ids in texts:
        length = int(rng.integers(SHORT[0], SHORT[1] + 1))
        first = int(rng.integers(max(1, len(ids) - length + 1)))
        pieces.append(ids[first : first + length])
    return pieces


def _figures(logits: list[Floats], labels: Labels) -> dict[str, float]:
    """Accuracy on held-out reviews and on short pieces of them, and the calibration error."""
    half = _half(labels)
    whole, short = (np.empty(len(labels)) for _ in logits)
    for evaluated in (half, ~half):
        others = np.concatenate([columns[~evaluated] for columns in logits])
        combination = _combination(others, np.tile(labels[~evaluated], 2))
        for probabilities, columns in zip((whole, short), logits, strict=True):
            combined = combination.decision_function(columns[evaluated])
            probabilities[evaluated] = sigmoid(combined)
    network = logits[0][:, :1]
    alone = _combination(network, labels).decision_function(network)
    return {
        "held out": len(labels),
        "accuracy": _accuracy(whole, labels),
        "accuracy on 5 to 25 words": _accuracy(short, labels),
        "calibration error": calibration(whole, labels).error,
        "calibration error on 5 to 25 words": calibration(short, labels).error,
        "network alone": _accuracy(sigmoid(alone), labels),
    }


def _half(labels: Labels) -> NDArray[np.bool_]:
    """The first half of each kind: a folder lists all negative reviews before the positive."""
    half = np.zeros(len(labels), dtype=bool)
    for kind in (0, 1):
        indices = np.flatnonzero(labels == kind)
        half[indices[: len(indices) // 2]] = True
    return half


def _accuracy(probabilities: NDArray[Any], labels: Labels) -> float:
    return float(np.mean((probabilities > 0.5) == (labels == 1)))


def by_film(corpus: ReviewCorpus, share: float, seed: int) -> tuple[ReviewCorpus, ReviewCorpus]:
    """Reviews to learn from, and about this share of all, held out; a film is on one side only.

    That is as sure as what the reviews say of their films, or their order does (`in_whole_films`):
    Keras' own come shuffled. A review whose very text is learnt from is left out of the other side.
    """
    is_held_out = in_whole_films(corpus, share, seed)
    training = corpus.subset(np.flatnonzero(~is_held_out))
    held_out = corpus.subset(np.flatnonzero(is_held_out))
    known = {ids.tobytes() for ids in training.ids}
    new = np.array([ids.tobytes() not in known for ids in held_out.ids], dtype=bool)
    if not new.any():
        raise ReviewsError(f"The reviews of '{corpus.name}' are all alike; add different ones.")
    return training, held_out.subset(np.flatnonzero(new))


def in_whole_films(corpus: ReviewCorpus, share: float, seed: int) -> NDArray[np.bool_]:
    """Which reviews are held out, about this share of all: whole films.

    If the reviews do not say which film they are about, neighbours stay together, in runs of
    `LONGEST_RUN` or 1/20 of all: data sets list one film after another.
    """
    if not 0 < share < 1:
        raise SettingError(f"The share held out lies between 0 and 1, but it is {share}.")
    groups = _groups(corpus)
    sizes = np.bincount(groups)
    if len(sizes) < 2:
        raise ReviewsError(
            f"The reviews of '{corpus.name}' are all about one film; add some of another, so that "
            "the network is judged on a film it has not read of."
        )
    order = np.random.default_rng(seed).permutation(len(sizes))
    distance = abs(np.cumsum(sizes[order])[:-1] - share * len(corpus))
    held_out: NDArray[np.bool_] = np.isin(groups, order[: int(distance.argmin()) + 1])
    return held_out


def _groups(corpus: ReviewCorpus) -> NDArray[np.intp]:
    """The number, from 0, of the film of each review, or of the run of neighbours it is in."""
    if corpus.films is not None:
        numbers = {film: number for number, film in enumerate(dict.fromkeys(corpus.films))}
        return np.array([numbers[film] for film in corpus.films], dtype=np.intp)
    run = min(LONGEST_RUN, max(1, len(corpus) // 20))
    return np.arange(len(corpus), dtype=np.intp) // run
