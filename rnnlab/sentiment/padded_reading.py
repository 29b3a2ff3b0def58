"""A review read with zeros around its words: in front or behind, with a mask and without."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab import reference
from rnnlab.cells.cell import Floats
from rnnlab.network import BACKWARD, layer_weights, network_names
from rnnlab.sentiment.model import Reader, SentimentModel, sigmoid
from rnnlab.sentiment.reading import last_words
from rnnlab.sentiment.vocabulary import PADDING, START, Ids

MOST_WORDS = 40
"""Of a longer text the last ones are read, so that a picture has room for them."""

ZERO, FIRST = "0", "start"
"""How the steps of a picture are called at which no word stands: padding, and Keras' id 1."""


@dataclass(frozen=True)
class Way:
    """One way to pad: where the zeros stand, and whether a mask says that they are none."""

    name: str
    title: str
    in_front: bool = False
    masked: bool = False
    padded: bool = True

    def place(self, ids: Ids, zeros: int) -> Ids:
        """The ids with so many zeros around them."""
        room = np.full(zeros if self.padded else 0, PADDING, ids.dtype)
        return np.concatenate([room, ids] if self.in_front else [ids, room])


ALONE = Way("alone", "no padding", padded=False)
IN_FRONT = Way("front", "in front", in_front=True)
BEHIND = Way("behind", "behind")
MASKED_IN_FRONT = Way("front_mask", "in front, with a mask", in_front=True, masked=True)
MASKED_BEHIND = Way("behind_mask", "behind, with a mask", masked=True)
WAYS = (ALONE, IN_FRONT, BEHIND, MASKED_IN_FRONT, MASKED_BEHIND)


@dataclass(frozen=True, eq=False)
class PaddedReading:
    """What a network makes of a text that is padded in one way, step by step.

    `words` are the steps as they are called and `is_read` is False under a mask, both (steps,).
    `outputs` (steps, units of all directions) are what Keras' layer hands on at each step.
    `so_far` (steps + 1,) is the probability of a positive text if it ended before the first step
    and after each; a network that reads in both directions has only the last. `gradients` (steps,)
    say how much the logit changes with what stands at each step: the length of its gradient.
    """

    way: Way
    words: tuple[str, ...]
    is_read: NDArray[np.bool_]
    outputs: Floats
    so_far: NDArray[Any]
    gradients: Floats

    @property
    def probability(self) -> float:
        """How likely the text is positive."""
        return float(self.so_far[-1])

    @property
    def first_word(self) -> int:
        """The step of the first id that is no padding."""
        return next((k for k, word in enumerate(self.words) if word != ZERO), len(self.words))

    @property
    def gradient_on_words(self) -> float:
        """The sum of what lies on the steps that are no padding."""
        on_words = [g for g, word in zip(self.gradients, self.words, strict=True) if word != ZERO]
        return float(np.sum(on_words))

    @property
    def gradient_on_zeros(self) -> float:
        """The share of the whole that lies on padding."""
        return max(0.0, float(1 - self.gradient_on_words / max(self.gradients.sum(), 1e-30)))

    @property
    def size_at_first_word(self) -> float:
        """How far from zero the outputs stand before the first word: root of the mean square."""
        if self.first_word == 0:
            return 0.0
        return float(np.sqrt(np.square(self.outputs[self.first_word - 1]).mean()))


def read_padded(
    model: SentimentModel, text: str, zeros: int, *, both: bool = False
) -> tuple[PaddedReading, ...]:
    """The text in all `WAYS`, padded with so many zeros, by the model's first network.

    With `both`, the same weights read the text from its end as well, and the verdict is the mean of
    both. The network must read in one direction.
    """
    spans, _ = last_words(text, MOST_WORDS)
    start = np.array([START], np.int32)
    ids = np.concatenate([start, model.vocabulary.ids(span.word for span in spans)])
    words = (FIRST, *(text[span.start : span.stop] for span in spans))
    reader = in_both_directions(model.readers[0]) if both else model.readers[0]
    alone = _readings(model, reader, (ALONE,), ids, words, 0)
    return alone + _readings(model, reader, WAYS[1:], ids, words, zeros)


def in_both_directions(reader: Reader) -> Reader:
    """Keras' Bidirectional around a network of one layer, with its weights for both directions."""
    own = layer_weights(reader.weights, 1)
    weights = reader.weights | network_names(own, 1, BACKWARD)
    half = reader.weights["dense_kernel"] / 2
    weights["dense_kernel"] = np.concatenate([half, half])
    network = replace(reader.network, bidirectional=True)
    return Reader(network, {name: weights[name] for name in network.shapes})


def _readings(
    model: SentimentModel,
    reader: Reader,
    ways: tuple[Way, ...],
    ids: Ids,
    words: tuple[str, ...],
    zeros: int,
) -> tuple[PaddedReading, ...]:
    """All of these ways at once, as the rows of one batch."""
    rows = np.stack([way.place(ids, zeros) for way in ways])
    masked = np.array([way.masked for way in ways])
    is_read = (rows != PADDING) | ~masked[:, None]
    trace = reference.forward(reader.network, reader.weights, rows, time_mask=is_read)
    target = np.zeros(len(rows))
    by_loss = reference.last_step_input_gradient(
        reader.network, reader.weights, rows, target, trace
    )
    # With the target 0 the loss has the slope p by the logit; by / p it is the logit's own.
    weight = model.weighing.weights_at(len(words) - 1)[0, 0]
    by_logit = weight * by_loss / trace.predicted
    gradients = np.sqrt(np.square(by_logit).sum(axis=2))
    outputs, so_far = _handed_on(trace, is_read), _so_far(model, reader, trace, rows)
    return tuple(
        PaddedReading(way, _called(row, words), *parts)
        for way, row, *parts in zip(ways, rows, is_read, outputs, so_far, gradients, strict=True)
    )


def _handed_on(trace: reference.Trace, is_read: NDArray[np.bool_]) -> Floats:
    """The outputs as Keras hands them on: under a mask repeated, in both directions zeros."""
    top = trace.layers[-1]
    return top.outputs if top.backward is None else top.joined_outputs * is_read[..., None]


def _so_far(
    model: SentimentModel, reader: Reader, trace: reference.Trace, rows: Ids
) -> NDArray[Any]:
    """The probability if the text ended at each step, or only the last one: (rows, steps + 1)."""
    n_words = (np.cumsum(rows != PADDING, axis=1) - 1).clip(min=0)
    if reader.network.bidirectional:
        logits, n_words = trace.outputs[:, 0], n_words[:, -1:]
    else:
        n_words = np.concatenate([np.zeros_like(n_words[:, :1]), n_words], axis=1)
        outputs = trace.layers[-1].outputs
        before = np.concatenate([np.zeros_like(outputs[:, :1]), outputs], axis=1)
        logits = (before @ reader.weights["dense_kernel"] + reader.weights["dense_bias"])[..., 0]
    weighed = model.weighing.logits(logits.reshape(-1, 1), n_words)
    return sigmoid(weighed.reshape(logits.shape))


def _called(row: Ids, words: tuple[str, ...]) -> tuple[str, ...]:
    """What stands at each step of a row."""
    rest = iter(words)
    return tuple(ZERO if number == PADDING else next(rest) for number in row.tolist())
