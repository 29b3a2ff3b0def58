"""Negation and contrast made by rule: what "not" and "but" do to more words than people labelled.

Of "rude" and "sturdy" a treebank of film reviews has no "not rude" and no "sturdy but loud". The
frames of `frames.tsv` are filled with plain words whose own label is known.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

Labelled = Mapping[tuple[str, ...], float]
"""Phrases, as their words, and how likely each is positive."""

FRAMES = Path(__file__).with_name("frames.tsv")

CLEAR = 0.25
"""A word is plain if its probability is this far from 0.5, or further."""
LEAST = 3
"""A word is an adjective, a verb or a noun if it stands so often where these stand."""

BEFORE = {
    "adjective": "very so really too quite pretty rather extremely incredibly",
    "verb": "to would will can could didn't don't doesn't won't can't",
    "noun": "the no any some of this its",
}
"""Behind which words adjectives, verbs and nouns stand."""

NO_FILLING = (
    "not no never nothing none nobody neither nor hardly unlike without but lack lacks lacking "
    "less fails wants cannot everyone's"
)
"""Words that turn others, and themselves go into no frame; nor does any that ends in "n't"."""

THINGS = (
    "film movie story plot acting cast script ending music scene character book show actor comedy "
    "food service staff waiter meal place restaurant menu pizza soup chicken coffee dinner table "
    "room dessert price bread fish kitchen lunch salad product phone battery screen sound case "
    "quality box camera item shirt watch size game bag machine chair lamp car hotel"
)
"""What "{thing}" in a frame stands for: nothing that is good or bad by itself."""

SHARES = {
    ("adjective", "turned"): 0.30,
    ("adjective", "kept"): 0.18,
    ("adjective", "lost"): 0.05,
    ("verb", "turned"): 0.08,
    ("verb", "kept"): 0.05,
    ("noun", "turned"): 0.06,
    ("noun", "kept"): 0.04,
    ("contrast", "second"): 0.09,
    ("contrast", "first"): 0.05,
    ("pair", "turned"): 0.03,
    ("pair", "kept"): 0.03,
    ("nothing", "neutral"): 0.04,
}
"""How much of what is made is of which kind of frame, by what it does to the words in it."""

TARGETS = {
    "kept": (0.06, 0.94),
    "turned": (0.84, 0.10),
    "lost": (0.5, 0.15),
    "first": (0.17, 0.83),
    "second": (0.17, 0.83),
    "neutral": (0.5, 0.5),
}
"""How likely a frame is positive with a bad word and with a good one: "not bad" is faint praise.

"lost" are frames such as "could have been {}". Of a contrast it is the word that decides, the first
or the second; the other one says the opposite.
"""


class Frame(NamedTuple):
    """A phrase with places for words, and what it does to what they say."""

    kind: str
    effect: str
    frame: str


def frames() -> list[Frame]:
    """All frames that there are."""
    with FRAMES.open(encoding="utf-8", newline="") as file:
        return [Frame(**row) for row in csv.DictReader(file, delimiter="\t")]


@dataclass(frozen=True)
class PlainWords:
    """Words that say something by themselves, by kind: the bad ones, and the good ones."""

    by_kind: Mapping[str, tuple[Sequence[str], Sequence[str]]]

    def of(self, frame: Frame) -> tuple[Sequence[str], Sequence[str]]:
        """The words that fit into a frame: adjectives where it takes two."""
        return self.by_kind[frame.kind if frame.kind in self.by_kind else "adjective"]


def plain_words(labelled: Labelled, texts: Iterable[Iterable[str]]) -> PlainWords:
    """Those among labelled single words that say something; their kind is seen from their places.

    `texts` are words in their order; one that stands behind "very" now and then is an adjective.
    """
    unfit = {*NO_FILLING.split()}
    single = {
        words[0]: p
        for words, p in labelled.items()
        if len(words) == 1 and words[0] not in unfit and not words[0].endswith("n't")
    }
    counts = {word: dict.fromkeys(BEFORE, 0) for word in single}
    signs = {kind: frozenset(before.split()) for kind, before in BEFORE.items()}
    for text in texts:
        before = ""
        for word in text:
            if word in counts:
                for kind in BEFORE:
                    counts[word][kind] += before in signs[kind]
            before = word
    by_kind = {}
    for kind in BEFORE:
        own = [word for word, count in counts.items() if _is(kind, count)]
        bad = [word for word in own if single[word] <= 0.5 - CLEAR]
        by_kind[kind] = bad, [word for word in own if single[word] >= 0.5 + CLEAR]
    return PlainWords(by_kind)


def _is(kind: str, counts: Mapping[str, int]) -> bool:
    return counts[kind] >= LEAST and (kind == "adjective" or counts[kind] == max(counts.values()))


def made_phrases(plain: PlainWords, number: int, rng: np.random.Generator) -> Labelled:
    """So many phrases, fewer if some come twice, and how likely each is positive."""
    groups = {group: [f for f in frames() if (f.kind, f.effect) == group] for group in SHARES}
    shares = np.array([*SHARES.values()])
    drawn = rng.choice(len(groups), number, p=shares / shares.sum())
    in_order = [*groups.values()]

    def pick(among: Sequence[str]) -> str:
        return among[int(rng.integers(len(among)))]

    phrases: dict[tuple[str, ...], float] = {}
    things = THINGS.split()
    for index in drawn:
        frame = in_order[index][int(rng.integers(len(in_order[index])))]
        good = int(frame.effect == "lost" or rng.integers(2))
        parts = _filled(frame, good, plain, pick)
        text = " ".join(pick(things) if part == "{thing}" else part for part in parts)
        phrases[tuple(text.split())] = TARGETS[frame.effect][good]
    return phrases


def _filled(
    frame: Frame, good: int, plain: PlainWords, pick: Callable[[Sequence[str]], str]
) -> list[str]:
    """The parts of a frame with words in it, of which the one that decides is good or not."""
    parts, place = frame.frame.split(), 0
    deciding = {"first": 0, "second": 1}.get(frame.effect)
    for index, part in enumerate(parts):
        if part == "{}":
            own = good if deciding is None or deciding == place else 1 - good
            parts[index] = pick(plain.of(frame)[own])
            place += 1
    return parts
