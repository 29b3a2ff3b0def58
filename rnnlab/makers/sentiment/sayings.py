"""Sayings, and what people say of a soup or a lamp: what no rule makes, and no film review teaches.

"I've had worse" has no bad word of its own that is denied. `sayings.tsv` lists such texts with what
they say, `words.tsv` plain words of restaurants and shops.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rnnlab.makers.sentiment.made_phrases import THINGS, Labelled, PlainWords

SAYINGS = Path(__file__).with_name("sayings.tsv")
WORDS = Path(__file__).with_name("words.tsv")

TARGETS = {"good": 0.95, "faintly_good": 0.8, "neutral": 0.5, "faintly_bad": 0.2, "bad": 0.05}
"""How likely a saying is positive, by what it says."""

LED = 0.3
"""The share of sayings that another one goes before: one that says nothing, or the same."""


def with_words(plain: PlainWords) -> PlainWords:
    """The plain words, and those of `words.tsv`."""
    by_kind = {kind: (list(bad), list(good)) for kind, (bad, good) in plain.by_kind.items()}
    for row in _rows(WORDS):
        by_kind[row["kind"]][row["verdict"] == "good"].extend(row["words"].split())
    return PlainWords(by_kind)


def made_sayings(plain: PlainWords, number: int, rng: np.random.Generator) -> Labelled:
    """So many texts, fewer if some come twice, and how likely each is positive."""
    by_effect: dict[str, list[str]] = {effect: [] for effect in TARGETS}
    for row in _rows(SAYINGS):
        by_effect[row["effect"]].append(row["saying"])
    effects, sizes = [*by_effect], np.array([len(own) for own in by_effect.values()])
    bad, good = plain.by_kind["adjective"]
    places = {"{thing}": THINGS.split(), "{good}": good, "{bad}": bad}

    def pick(among: Sequence[str]) -> str:
        return among[int(rng.integers(len(among)))]

    phrases: dict[tuple[str, ...], float] = {}
    for index in rng.choice(len(effects), number, p=sizes / sizes.sum()):
        effect = effects[index]
        text = pick(by_effect[effect])
        if rng.random() < LED:
            text = f"{pick(by_effect[pick(('neutral', effect))])} {text}"
        words = tuple(pick(places[word]) if word in places else word for word in text.split())
        phrases[words] = TARGETS[effect]
    return phrases


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))
