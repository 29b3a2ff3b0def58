"""How good a model is on texts that nothing was learnt from, each half weighed by the other."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.makers.sentiment.held_out_texts import (
    PHRASES,
    PIECES,
    REVIEWS,
    SENTENCES,
    HeldOutTexts,
    Labels,
)
from rnnlab.makers.sentiment.weight_fitting import fit_weighing
from rnnlab.sentiment.evaluation import calibration
from rnnlab.sentiment.model import sigmoid
from rnnlab.sentiment.verdicts import NEITHER


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
    of_treebank = held_out.kinds >= SENTENCES
    neither = (probabilities >= NEITHER[0]) & (probabilities < NEITHER[1])
    sentences = (held_out.kinds == SENTENCES) & (held_out.labels >= 0)
    return scores | {
        "held-out sentences": len(of(SENTENCES)[1]),
        "accuracy on sentences": _accuracy(*of(SENTENCES)),
        "accuracy on phrases": _accuracy(*of(PHRASES)),
        "calibration error on sentences": calibration(*of(SENTENCES)).error,
        "calibration error on phrases": calibration(*of(PHRASES)).error,
        "network alone on sentences": _accuracy(alone[sentences], held_out.labels[sentences]),
        "neutral called neither": float(neither[of_treebank & (held_out.labels < 0)].mean()),
        "others called neither": float(neither[of_treebank & (held_out.labels >= 0)].mean()),
    }


def _by_halves(held_out: HeldOutTexts, logits: Floats, short: bool = False) -> NDArray[Any]:
    """The probability of each text by what its half knows nothing of."""
    probabilities = np.empty(len(logits))
    for evaluated in (held_out.half, ~held_out.half):
        weighed = fit_weighing(logits, held_out, short, ~evaluated)
        probabilities[evaluated] = sigmoid(
            weighed.logits(logits[evaluated], held_out.n_words[evaluated])
        )
    return probabilities


def _accuracy(probabilities: NDArray[Any], labels: Labels) -> float:
    return float(np.mean((probabilities > 0.5) == (labels == 1)))
