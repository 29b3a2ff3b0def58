"""Models of sentiment as files: the ones that travel with the lab, and how to write another.

A `.npz`: weights as float16, "reader{k}_{name}" and "phrases_{name}", and as JSON, in "about", all
the rest. Nothing in it is a pickle.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from rnnlab.errors import SettingError
from rnnlab.network import Network
from rnnlab.sentiment.model import Phrases, Reader, SentimentModel

MODELS = Path(__file__).with_name("models")
NAMES = ("best", "gru", "lstm", "simple_rnn", "article")
"""The models that travel with the lab, in `MODELS`, the strongest first."""

_PLAIN = ("name", "title", "sentence", "scale", "offset", "most_words", "padded_to")


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
        return read(file)


def write(model: SentimentModel, file: Path | BinaryIO) -> None:
    """Write a model; its weights lose digits, to those of float16."""
    about = {name: getattr(model, name) for name in _PLAIN} | {
        "networks": [asdict(reader.network) for reader in model.readers],
        "figures": dict(model.figures),
        "history": {name: list(values) for name, values in model.history.items()},
    }
    arrays: dict[str, Any] = {
        f"reader{k}_{name}": weight.astype(np.float16)
        for k, reader in enumerate(model.readers)
        for name, weight in reader.weights.items()
    }
    if model.phrases is not None:
        arrays["phrases_gaps"] = np.diff(model.phrases.keys, prepend=0).astype(np.uint64)
        arrays["phrases_values"] = model.phrases.values.astype(np.float16)
    np.savez_compressed(file, about=np.array(json.dumps(about)), **arrays)


def read(file: Path | BinaryIO) -> SentimentModel:
    """A model that was written, with weights of float32."""
    with np.load(file, allow_pickle=False) as stored:
        about = json.loads(str(stored["about"]))
        weights = {
            name: value.astype(np.float32) if value.dtype == np.float16 else value
            for name, value in stored.items()
        }
    readers = tuple(
        Reader(Network(**network), _of(weights, f"reader{k}_"))
        for k, network in enumerate(about["networks"])
    )
    return SentimentModel(
        **{name: about[name] for name in _PLAIN},
        readers=readers,
        phrases=_phrases(_of(weights, "phrases_"), readers[0].network.vocabulary),
        figures=about["figures"],
        history={name: tuple(values) for name, values in about["history"].items()},
    )


def _phrases(stored: dict[str, Any], n_words: int) -> Phrases | None:
    if not stored:
        return None
    return Phrases(n_words, np.cumsum(stored["gaps"].astype(np.int64)), stored["values"])


def _of(weights: dict[str, Any], start: str) -> dict[str, Any]:
    return {name.removeprefix(start): w for name, w in weights.items() if name.startswith(start)}


def _path(name: str) -> Path:
    return MODELS / f"{name}.npz"
