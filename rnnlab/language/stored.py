"""Trained networks that travel with the lab, so that the page has something to say at once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from rnnlab.language.model import LanguageModel
from rnnlab.language.progress import LanguageProgress
from rnnlab.language.settings import WordSettings

FOLDER = Path(__file__).with_name("models")

NAMES = {name: knob.url_name or name for name, knob in WordSettings.all_knobs().items()}
"""The knobs by field, and what a file calls them: as an address does."""


def write(settings: WordSettings, last: LanguageProgress, folder: Path = FOLDER) -> Path:
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


@cache
def shipped(corpus: str, folder: Path = FOLDER) -> tuple[WordSettings, LanguageModel]:
    """The network that travels with the lab for this grammar, and the run that made it."""
    with np.load(folder / f"{corpus}.npz") as file:
        values = json.loads(str(file["about"]))["settings"]
        settings = WordSettings(**{name: values[key] for name, key in NAMES.items()})
        weights = {name: file[name].astype(np.float32) for name in file.files if name != "about"}
    return settings, LanguageModel(settings.network(len(weights["dense_bias"])), weights)
