"""How much each part of a model counts: a logistic regression on texts of every length."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.makers.sentiment.held_out_texts import PIECES, HeldOutTexts
from rnnlab.sentiment.weighing import Weighing, hat_functions

LENGTHS = (2, 6, 20, 150)
"""The words of a text at which parts are weighed: of a phrase, of a sentence, of a review."""
RIDGE = 1e-3
ITERATIONS = 10_000


def fit_weighing(
    logits: Floats,
    held_out: HeldOutTexts,
    short: bool = False,
    among: NDArray[np.bool_] | slice = slice(None),
) -> Weighing:
    """What the logits of parts (texts, parts) weigh, by texts that nothing was learnt from.

    So the probabilities of their weighted sum are calibrated (Platt 1999, for one logit), at each
    of `LENGTHS` for itself. Each kind of text counts as much as another, and what is neutral not at
    all; pieces of reviews do only where there is nothing shorter.

    If the second part is for `short` texts, it counts nothing at the last of the lengths, and the
    first part nothing before that. There the first part and the phrases, if they are the third,
    keep the ratio that fits texts of all lengths: by whole reviews alone phrases would count three
    times as much as the network, and "I hated every minute of it" behind 200 words of plot nothing.
    """
    kinds = held_out.kinds
    used = (held_out.labels >= 0) & ((kinds != PIECES) | (kinds.max() == PIECES))
    indices = np.arange(len(logits))[among]
    indices = indices[used[indices]]
    sizes = np.bincount(kinds[indices])
    labels, sample_weights = held_out.labels[indices], sizes.max() / sizes[kinds[indices]]
    inputs = np.column_stack([logits[indices], np.ones(len(indices))])
    mask = np.ones((len(LENGTHS), inputs.shape[1]))
    ratios = np.zeros(inputs.shape[1])
    if short:
        mask[:-1, 0] = mask[-1, 1] = 0
        if logits.shape[1] > 2:
            network, phrases, _ = _coefficients(inputs[:, [0, 2, 3]], labels, sample_weights)
            ratios[2], mask[-1, 2] = phrases / network, 0
    inputs[:, 0] += inputs @ ratios
    features = _features(inputs, held_out.n_words[indices], mask)
    common, *own = _coefficients(features, labels, sample_weights).reshape(1 + len(LENGTHS), -1)
    weights = (common + own) * mask  # (lengths, parts + 1), the last for the offset
    weights += weights[:, :1] * ratios
    return Weighing(
        LENGTHS, tuple(map(tuple, weights[:, :-1].tolist())), tuple(weights[:, -1].tolist())
    )


def _coefficients(
    features: Floats, labels: NDArray[Any], sample_weights: NDArray[Any]
) -> NDArray[Any]:
    """Those of a logistic regression without an offset: (features,)."""
    from sklearn.linear_model import LogisticRegression  # a requirement of the makers alone

    regression = LogisticRegression(C=1 / RIDGE, tol=1e-8, max_iter=ITERATIONS, fit_intercept=False)
    coefficients: NDArray[Any] = regression.fit(features, labels, sample_weights).coef_[0]
    return coefficients


def _features(inputs: Floats, n_words: NDArray[Any], mask: NDArray[Any]) -> Floats:
    """What a linear model weighs: (texts, (1 + lengths) * inputs).

    `inputs` (texts, inputs) come once for all lengths together, then once for each, times how near
    the text is to it, where `mask` (lengths, inputs) has a 1. So a length at which there are few
    texts has nearly the weights of the others: the ridge holds back only what differs.
    """
    near = hat_functions(LENGTHS, n_words)[..., None] * mask  # (texts, lengths, inputs)
    each = np.concatenate([near.sum(axis=1, keepdims=True), near], axis=1)
    features: Floats = (each * inputs[:, None]).reshape(len(inputs), -1)
    return features
