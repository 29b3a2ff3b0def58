"""What a model is judged by, and weighed by: texts of every length that nothing was learnt from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.makers.sentiment.treebank import NEUTRAL
from rnnlab.sentiment.evaluation import calibration
from rnnlab.sentiment.model import sigmoid
from rnnlab.sentiment.verdicts import NEITHER
from rnnlab.sentiment.vocabulary import Ids
from rnnlab.sentiment.weighing import Weighing, nearness

if TYPE_CHECKING:
    from rnnlab.makers.sentiment.from_pieces import Material

LENGTHS = (2, 6, 20, 150)
"""The words of a text at which parts are weighed: of a phrase, of a sentence, of a review."""
RIDGE = 1e-3
ITERATIONS = 10_000
SHORT = (5, 25)
"""From and to how many words the pieces of reviews have."""
SEED = 1

REVIEWS, PIECES, SENTENCES, PHRASES = range(4)

Labels = NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False)
class HeldOutTexts:
    """Texts with labels: 1 (positive), 0 (negative), or -1 (neutral).

    `kinds` says whether a text is a whole review, a piece of one, a sentence or a phrase; `half` is
    that of the two halves of each kind by which the other one is weighed.
    """

    texts: list[Ids]
    labels: Labels
    kinds: Labels
    half: NDArray[np.bool_]

    @classmethod
    def of(cls, material: Material, inputs: Callable[[NDArray[Any]], Ids]) -> Self:
        """All that is held out, as the network reads it."""
        whole = [inputs(ids) for ids in material.held_out.ids]
        of_reviews = material.held_out.labels
        parts = [
            (whole, of_reviews),
            (short_pieces(whole, np.random.default_rng(SEED)), of_reviews),
        ]
        if (phrases := material.held_out_phrases) is not None:
            for texts in (phrases.sentences, phrases.phrases):
                sides = np.where(texts.labels == NEUTRAL, -1, texts.labels > NEUTRAL)
                parts.append(([inputs(ids) for ids in texts.ids], sides))
        return cls(
            [ids for texts, _ in parts for ids in texts],
            np.concatenate([labels for _, labels in parts]).astype(int),
            np.concatenate([np.full(len(labels), kind) for kind, (_, labels) in enumerate(parts)]),
            np.concatenate([_half(labels) for _, labels in parts]),
        )

    @property
    def n_words(self) -> NDArray[np.intp]:
        """How many words each has."""
        return np.array([len(text) for text in self.texts])

    def count(self, kind: int) -> int:
        """How many texts of a kind there are."""
        return int((self.kinds == kind).sum())


def short_pieces(texts: list[Ids], rng: np.random.Generator) -> list[Ids]:
    """A random piece of each text."""
    pieces = []
    for ids in texts:
        length = int(rng.integers(SHORT[0], SHORT[1] + 1))
        first = int(rng.integers(max(1, len(ids) - length + 1)))
        pieces.append(ids[first : first + length])
    return pieces


def _half(labels: Labels) -> NDArray[np.bool_]:
    """The first half of each kind: a folder lists all negative reviews before the positive."""
    half = np.zeros(len(labels), dtype=bool)
    for kind in np.unique(labels):
        indices = np.flatnonzero(labels == kind)
        half[indices[: len(indices) // 2]] = True
    return half


def weighing(
    logits: Floats,
    held_out: HeldOutTexts,
    short: bool = False,
    among: NDArray[np.bool_] | slice = slice(None),
) -> Weighing:
    """A logistic regression on logits (texts, parts) of texts that nothing was learnt from.

    So the probabilities of their weighted sum are calibrated (Platt 1999, for one logit), at each
    of `LENGTHS` for itself: what is the same at all of them is one weight, and what differs another
    one. Each kind of text counts as much as another, and what is neutral not at all; pieces of
    reviews do only where there is nothing shorter. If the second part is for `short` texts, it
    counts nothing at the last of the lengths, and the first part nothing before that.
    """
    from sklearn.linear_model import LogisticRegression  # a requirement of the makers alone

    kinds = held_out.kinds
    used = (held_out.labels >= 0) & ((kinds != PIECES) | (kinds.max() == PIECES))
    indices = np.arange(len(logits))[among]
    indices = indices[used[indices]]
    sizes = np.bincount(kinds[indices])
    columns = np.column_stack([logits[indices], np.ones(len(indices))])
    counted = np.ones((len(LENGTHS), columns.shape[1]))
    if short:
        counted[:-1, 0] = counted[-1, 1] = 0
    near = nearness(LENGTHS, held_out.n_words[indices])
    features = (
        np.concatenate([(near @ counted)[:, None], near[..., None] * counted], axis=1)
        * columns[:, None]
    )  # (texts, 1 + lengths, parts + 1)
    regression = LogisticRegression(C=1 / RIDGE, tol=1e-8, max_iter=ITERATIONS, fit_intercept=False)
    regression.fit(
        features.reshape(len(indices), -1),
        held_out.labels[indices],
        sizes[sizes > 0].mean() / sizes[kinds[indices]],
    )
    common, *own = regression.coef_.reshape(1 + len(LENGTHS), -1)
    table = (common + own) * counted
    return Weighing(
        LENGTHS, tuple(map(tuple, table[:, :-1].tolist())), tuple(table[:, -1].tolist())
    )


def figures(held_out: HeldOutTexts, logits: Floats, short: bool = False) -> dict[str, float]:
    """Accuracy and calibration error by kind of text, each half weighed by the other."""
    probabilities = _by_halves(held_out, logits, short)
    alone = _by_halves(held_out, logits[:, :1])

    def of(kind: int) -> tuple[NDArray[Any], Labels]:
        chosen = (held_out.kinds == kind) & (held_out.labels >= 0)
        return probabilities[chosen], held_out.labels[chosen]

    reviews = held_out.kinds == REVIEWS
    scores = {
        "held out": held_out.count(REVIEWS),
        "accuracy": _accuracy(*of(REVIEWS)),
        "accuracy on 5 to 25 words": _accuracy(*of(PIECES)),
        "calibration error": calibration(*of(REVIEWS)).error,
        "calibration error on 5 to 25 words": calibration(*of(PIECES)).error,
        "network alone": _accuracy(alone[reviews], held_out.labels[reviews]),
    }
    if not held_out.count(SENTENCES):
        return scores
    judged = held_out.kinds >= SENTENCES
    neither = (probabilities >= NEITHER[0]) & (probabilities < NEITHER[1])
    sentences = (held_out.kinds == SENTENCES) & (held_out.labels >= 0)
    return scores | {
        "held-out sentences": len(of(SENTENCES)[1]),
        "accuracy on sentences": _accuracy(*of(SENTENCES)),
        "accuracy on phrases": _accuracy(*of(PHRASES)),
        "calibration error on sentences": calibration(*of(SENTENCES)).error,
        "calibration error on phrases": calibration(*of(PHRASES)).error,
        "network alone on sentences": _accuracy(alone[sentences], held_out.labels[sentences]),
        "neutral called neither": float(neither[judged & (held_out.labels < 0)].mean()),
        "others called neither": float(neither[judged & (held_out.labels >= 0)].mean()),
    }


def _by_halves(held_out: HeldOutTexts, logits: Floats, short: bool = False) -> NDArray[Any]:
    """The probability of each text by what its half knows nothing of."""
    probabilities = np.empty(len(logits))
    for evaluated in (held_out.half, ~held_out.half):
        weighed = weighing(logits, held_out, short, ~evaluated)
        probabilities[evaluated] = sigmoid(
            weighed.logits(logits[evaluated], held_out.n_words[evaluated])
        )
    return probabilities


def _accuracy(probabilities: NDArray[Any], labels: Labels) -> float:
    return float(np.mean((probabilities > 0.5) == (labels == 1)))
