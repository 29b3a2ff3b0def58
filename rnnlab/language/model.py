"""A trained network as a model of the next word, in NumPy; and those that travel with the lab."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rnnlab import reference
from rnnlab.cells.cell import Weights
from rnnlab.language.settings import LanguageProgress, LanguageSettings
from rnnlab.language.tokenizer import END, Ids
from rnnlab.network import Network

Floats = NDArray[np.float64]

FOLDER = Path(__file__).with_name("models")

NAMES = {name: knob.url_name or name for name, knob in LanguageSettings.all_knobs().items()}
"""The knobs by field, and what a file calls them: as an address does."""

MAX_LOGITS = 4_000_000
"""As many are held in memory at a time when sentences are evaluated."""


@dataclass(frozen=True, eq=False)
class LanguageModel:
    """A network over word ids and its weights. It reads `END` before the first word."""

    network: Network
    weights: Weights

    def forward(self, ids: Sequence[int] | Ids) -> reference.Trace:
        """The forward pass over `END` and these words, from a zero state."""
        inputs = np.concatenate([[END], np.asarray(ids, int)]).astype(int)
        return reference.forward(self.network, self.weights, inputs[None])

    def probabilities(self, ids: Sequence[int] | Ids) -> Floats:
        """Those of every next word, (words + 1, vocabulary): before the first word, after each."""
        probabilities: Floats = self.forward(ids).predicted[0]
        return probabilities

    def next_probabilities(self, ids: Sequence[int] | Ids) -> Floats:
        """Those of every next word after these, (vocabulary,)."""
        after_last: Floats = self.probabilities(ids)[-1]
        return after_last

    def losses(self, stream: Ids) -> Floats:
        """-ln(probability) of each word of a stream of sentences, in its order, in nats.

        Sentences of about the same length are read together.
        """
        ends = np.flatnonzero(stream == END) + 1
        starts = np.concatenate([[0], ends[:-1]])
        losses = np.zeros(len(stream))
        lengths = ends - starts
        order = np.argsort(lengths, kind="stable")
        while order.size:
            longest = np.maximum.accumulate(lengths[order])
            n_logits = np.arange(1, len(order) + 1) * longest * self.network.outputs
            n = max(1, int((n_logits <= MAX_LOGITS).sum()))
            self._evaluate(stream, starts[order[:n]], lengths[order[:n]], losses)
            order = order[n:]
        return losses

    def perplexity(self, stream: Ids) -> float:
        """e to the mean loss of the words and ends of these sentences."""
        return math.exp(self.losses(stream).mean())

    def _evaluate(self, stream: Ids, starts: Ids, lengths: Ids, losses: Floats) -> None:
        """Fill in the losses of the sentences that begin at `starts`."""
        steps = np.arange(lengths.max())
        within = steps < lengths[:, None]  # (sentences, timesteps)
        index = np.where(within, starts[:, None] + steps, 0)
        targets = np.where(within, stream[index], END)
        inputs = np.concatenate([np.full((len(starts), 1), END), targets[:, :-1]], axis=1)
        logits = reference.forward(self.network, self.weights, inputs).outputs
        highest = logits.max(axis=2)
        log_sums = np.log(np.exp(logits - highest[..., None]).sum(axis=2)) + highest
        of_targets = np.take_along_axis(logits, targets[..., None], axis=2)[..., 0]
        losses[index[within]] = (log_sums - of_targets)[within]


@cache
def shipped(corpus: str, folder: Path = FOLDER) -> tuple[LanguageSettings, LanguageModel]:
    """The network that travels with the lab for this grammar, and the run that made it."""
    with np.load(folder / f"{corpus}.npz") as file:
        values = json.loads(str(file["about"]))["settings"]
        settings = LanguageSettings(**{name: values[key] for name, key in NAMES.items()})
        weights = {name: file[name].astype(np.float32) for name in file.files if name != "about"}
    return settings, LanguageModel(settings.network(len(weights["dense_bias"])), weights)


def ship(settings: LanguageSettings, last: LanguageProgress, folder: Path = FOLDER) -> Path:
    """Keep the weights of a run on a grammar, and what it was; half precision is enough."""
    folder.mkdir(exist_ok=True)
    about = {
        "settings": {key: getattr(settings, name) for name, key in NAMES.items()},
        "judged": last.test_loss,
    }
    weights = {name: value.astype(np.float16) for name, value in (last.weights or {}).items()}
    path = folder / f"{settings.corpus}.npz"
    np.savez_compressed(path, about=np.array(json.dumps(about)), **weights)  # type: ignore[arg-type]
    return path
