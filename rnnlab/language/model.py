"""A trained network as a model of the next word: what it says after every word, in plain NumPy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnlab import reference
from rnnlab.cells.cell import Weights
from rnnlab.language.dictionary import END, Ids
from rnnlab.network import Network

Floats = NDArray[np.float64]

MOST_LOGITS = 4_000_000
"""As many are held in memory at a time when sentences are judged."""


@dataclass(frozen=True, eq=False)
class Model:
    """A network over word ids and its weights. It reads `END` before the first word."""

    network: Network
    weights: Weights

    def read(self, ids: Sequence[int] | Ids) -> reference.Trace:
        """The forward pass over `END` and these words, from a zero state."""
        inputs = np.concatenate([[END], np.asarray(ids, int)]).astype(int)
        return reference.forward(self.network, self.weights, inputs[None])

    def after_each(self, ids: Sequence[int] | Ids) -> Floats:
        """The chances of what comes next, (words + 1, vocabulary): before the first, after each."""
        chances: Floats = self.read(ids).predicted[0]
        return chances

    def next(self, ids: Sequence[int] | Ids) -> Floats:
        """The chance of each next word (vocabulary,)."""
        chances: Floats = self.after_each(ids)[-1]
        return chances

    def costs(self, stream: Ids) -> Floats:
        """-ln(chance) of each word of a stream of sentences, sentence by sentence, in its order."""
        ends = np.flatnonzero(stream == END) + 1
        starts = np.concatenate([[0], ends[:-1]])
        costs = np.zeros(len(stream))
        lengths = ends - starts
        order = np.argsort(lengths, kind="stable")
        while order.size:
            longest = np.maximum.accumulate(lengths[order])
            most = np.arange(1, len(order) + 1) * longest * self.network.outputs <= MOST_LOGITS
            n = max(1, int(most.sum()))
            self._judge(stream, starts[order[:n]], lengths[order[:n]], costs)
            order = order[n:]
        return costs

    def perplexity(self, stream: Ids) -> float:
        """e to the mean cost of the words and ends of these sentences."""
        return math.exp(self.costs(stream).mean())

    def _judge(self, stream: Ids, starts: Ids, lengths: Ids, costs: Floats) -> None:
        steps = np.arange(lengths.max())
        there = steps < lengths[:, None]
        places = np.where(there, starts[:, None] + steps, 0)
        targets = np.where(there, stream[places], END)
        inputs = np.concatenate([np.full((len(starts), 1), END), targets[:, :-1]], axis=1)
        said = reference.forward(self.network, self.weights, inputs).said
        highest = said.max(axis=2)
        total = np.log(np.exp(said - highest[..., None]).sum(axis=2)) + highest
        picked = np.take_along_axis(said, targets[..., None], axis=2)[..., 0]
        costs[places[there]] = (total - picked)[there]
