"""A model of sentiment: recurrent networks that read words, and weights of phrases beside them.

It is stored as a `.npz`: weights as float16, "reader{k}_{name}" and "phrases_{name}", and as JSON,
in "about", all the rest. Nothing in it is a pickle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnlab.cells.cell import Floats, Weights
from rnnlab.errors import SettingError
from rnnlab.network import Network
from rnnlab.sentiment.vocabulary import SPECIAL, Vocabulary
from rnnlab.sentiment.weighing import Weighing

Keys = NDArray[np.int64]
LONGEST_PHRASE = 3
"""Words."""

MODELS = Path(__file__).with_name("models")
NAMES = ("best", "gru", "lstm", "simple_rnn", "article")
"""The models that travel with the lab, in `MODELS`, the strongest first."""

ALONE = Weighing.at_any_length((1.0,))
"""One reader, just as it is."""

_PLAIN = ("name", "title", "sentence", "most_words", "padded_to")


@dataclass(frozen=True, eq=False)
class Reader:
    """A network that reads the ids of words and ends with one logit: above 0 is positive."""

    network: Network
    weights: Weights

    def __post_init__(self) -> None:
        network = self.network
        if not (network.vocabulary and network.sigmoid and network.last_step):
            raise ValueError(f"{network} does not read words for one verdict.")

    @property
    def causal(self) -> bool:
        """Whether its verdict so far can be read off at each word, for nothing was read ahead."""
        return not self.network.bidirectional and not self.network.pooling


@dataclass(frozen=True, eq=False)
class Phrases:
    """A linear model on single words and on two or three in a row, of `n_words` ids.

    A network that has read "not" must carry it to "bad"; here "not bad" has a weight of its own.
    Nothing is known of order beyond three words, so it is the other half of a network, not a rival.
    `keys` are those of `phrases_of`, in rising order, and `values` their weights.
    """

    n_words: int
    keys: Keys
    values: Floats

    def logit(self, ids: NDArray[Any]) -> float:
        """The sum over the known phrases of a text, each once, by the root of their number."""
        indices = indices_of(self.keys, phrases_of(ids, self.n_words))
        return float(self.values[indices].sum() / max(len(indices), 1) ** 0.5)


def phrases_of(ids: NDArray[Any], n_words: int) -> Keys:
    """The phrases of a text, each once, in rising order: numbers in base `n_words` of their ids.

    No phrase goes across what is no known word.
    """
    ids = ids.astype(np.int64)
    known = (ids >= len(SPECIAL)) & (ids < n_words)
    keys, whole = ids, known
    phrases = [keys[whole]]
    for length in range(2, LONGEST_PHRASE + 1):
        later = slice(length - 1, None)
        keys, whole = keys[:-1] * n_words + ids[later], whole[:-1] & known[later]
        phrases.append(keys[whole])
    return np.unique(np.concatenate(phrases))


def indices_of(keys: Keys, query: Keys) -> NDArray[np.intp]:
    """The indices in `keys`, which rise, of those in `query` that are among them."""
    if not len(keys):
        return np.zeros(0, np.intp)
    nearest = np.searchsorted(keys, query).clip(max=len(keys) - 1)
    indices: NDArray[np.intp] = nearest[keys[nearest] == query]
    return indices


@dataclass(frozen=True, eq=False)
class SentimentModel:
    """A named model; its logit is that of its parts, the readers and the phrases, as they weigh.

    It reads the last `most_words` words of a text: behind `START`, or, if `padded_to` is not 0, as
    `vocabulary.padded` has it, in that many steps. `figures` are what was measured of it, by name,
    and `history` its training, epoch by epoch.
    """

    name: str
    title: str
    sentence: str
    readers: tuple[Reader, ...]
    phrases: Phrases | None = None
    weighing: Weighing = ALONE
    most_words: int = 1000
    padded_to: int = 0
    figures: Mapping[str, float] = field(default_factory=dict)
    history: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sizes = {reader.network.vocabulary for reader in self.readers}
        sizes |= {self.phrases.n_words} if self.phrases else set()
        if len(sizes) != 1 or not self.readers:
            raise ValueError(f"A model has readers of one vocabulary, but here are {sizes}.")
        if (parts := len(self.readers) + (self.phrases is not None)) != self.weighing.n_parts:
            raise ValueError(f"A model of {parts} parts weighs {self.weighing.n_parts}.")
        if self.padded_to and self.most_words > self.padded_to:
            raise ValueError(f"{self.most_words} words do not fit into {self.padded_to} steps.")

    @property
    def causal(self) -> bool:
        """Whether its verdict so far can be read off at each word."""
        return self.weighing.n_parts == 1 and self.readers[0].causal

    @property
    def n_parameters(self) -> int:
        """How many numbers were learnt; those of words that readers share count once."""
        linear = self.phrases.values.size if self.phrases else 0
        own = {id(w): w.size for reader in self.readers for w in reader.weights.values()}
        return linear + sum(own.values())

    def steps(self, n_words: ArrayLike) -> NDArray[np.intp]:
        """How many words its readers read to judge each text of so many words: (texts,).

        A reader that counts nothing in texts of this length is not asked.
        """
        weights = self.weighing.weights_at(n_words)[:, : len(self.readers)]
        steps: NDArray[np.intp] = (weights != 0).sum(axis=1) * (self.padded_to or n_words)
        return steps

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that it knows."""
        return _vocabulary(self.readers[0].network.vocabulary)


_vocabulary = cache(Vocabulary.of)


def sigmoid(logits: Floats) -> NDArray[Any]:
    """1 / (1 + exp(-logit)): the probability that a text is positive."""
    half: Floats = 0.5 * np.tanh(0.5 * np.asarray(logits, dtype=np.float64)) + 0.5
    return half


def shipped_names() -> tuple[str, ...]:
    """Those of `NAMES` that are there."""
    return tuple(name for name in NAMES if _path(name).is_file())


@lru_cache(maxsize=len(NAMES))
def shipped(name: str) -> SentimentModel:
    """A model that travels with the lab; a `SettingError` if there is none of this name."""
    if name not in shipped_names():
        there = ", ".join(shipped_names()) or "none at all"
        raise SettingError(f"There is no model '{name}' of sentiment; there are: {there}.")
    with _path(name).open("rb") as file:
        return read_model(file)


def write_model(model: SentimentModel, file: Path | BinaryIO) -> None:
    """Write a model; its weights lose digits, to those of float16.

    An embedding that a reader shares with the first one is written once.
    """
    about = {name: getattr(model, name) for name in _PLAIN} | {
        "weighing": asdict(model.weighing),
        "networks": [asdict(reader.network) for reader in model.readers],
        "figures": dict(model.figures),
        "history": {name: list(values) for name, values in model.history.items()},
    }
    arrays: dict[str, Any] = {
        f"reader{k}_{name}": weight.astype(np.float16)
        for k, reader in enumerate(model.readers)
        for name, weight in reader.weights.items()
        if not (k and weight is model.readers[0].weights["embedding"])
    }
    if model.phrases is not None:
        arrays["phrases_gaps"] = np.diff(model.phrases.keys, prepend=0).astype(np.uint64)
        arrays["phrases_values"] = model.phrases.values.astype(np.float16)
    np.savez_compressed(file, about=np.array(json.dumps(about)), **arrays)


def read_model(file: Path | BinaryIO) -> SentimentModel:
    """A model that was written, with weights of float32."""
    with np.load(file, allow_pickle=False) as stored:
        about = json.loads(str(stored["about"]))
        weights = {
            name: value.astype(np.float32) if value.dtype == np.float16 else value
            for name, value in stored.items()
        }
    shared = {"embedding": weights["reader0_embedding"]}
    readers = tuple(
        Reader(Network(**network), shared | _of(weights, f"reader{k}_"))
        for k, network in enumerate(about["networks"])
    )
    return SentimentModel(
        **{name: about[name] for name in _PLAIN},
        readers=readers,
        phrases=_phrases(_of(weights, "phrases_"), readers[0].network.vocabulary),
        weighing=_weighing(**about["weighing"]),
        figures=about["figures"],
        history={name: tuple(values) for name, values in about["history"].items()},
    )


def _phrases(stored: dict[str, Any], n_words: int) -> Phrases | None:
    if not stored:
        return None
    return Phrases(n_words, np.cumsum(stored["gaps"].astype(np.int64)), stored["values"])


def _weighing(lengths: list[int], weights: list[list[float]], offsets: list[float]) -> Weighing:
    return Weighing(tuple(lengths), tuple(map(tuple, weights)), tuple(offsets))


def _of(weights: dict[str, Any], start: str) -> dict[str, Any]:
    return {name.removeprefix(start): w for name, w in weights.items() if name.startswith(start)}


def _path(name: str) -> Path:
    return MODELS / f"{name}.npz"
