"""Phrases with labels: sentences as trees, each of whose phrases people have judged for itself.

Whole reviews teach no phrases: a review that says "not bad" may end either way. In the Stanford
Sentiment Treebank (Socher et al. 2013) "bad" and "not bad" have labels of their own.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, Ids, Vocabulary, words

NEUTRAL = 2
"""Labels go from 0, very negative, to 4, very positive."""
LONGEST = 8
"""Words of a phrase that is judged."""

_TOKEN = re.compile(r"[()]|[^\s()]+")
_BRACKETS = re.compile(r"-[LR][RSC]B-")
_CLITICS = re.compile(r"\s+('(?:s|re|ve|ll|d|m)|n't)(?=\s|$)", re.IGNORECASE)
_TORN = re.compile(r"^(?:n't|'(?:s|re|ve|ll|d|m))\b", re.IGNORECASE)


class Phrase(NamedTuple):
    """A phrase as its words, and its label from 0 to 4."""

    words: tuple[str, ...]
    label: int


@dataclass(frozen=True)
class SentenceTree:
    """A sentence and all the phrases that it is made of; the first is the sentence itself."""

    phrases: tuple[Phrase, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the whole sentence."""
        return self.phrases[0].words


def read_treebank(path: Path) -> list[SentenceTree]:
    """The sentences of a file of trees, one a line, as it is or packed by gzip.

    A `SettingError` names the line that is no tree.
    """
    packed = path.suffix == ".gz"
    text = (gzip.decompress(path.read_bytes()) if packed else path.read_bytes()).decode()
    sentences = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            sentences.append(SentenceTree(tuple(_phrases(line))))
        except (ValueError, IndexError):
            raise SettingError(f"Line {number} of '{path.name}' is no tree of phrases.") from None
    return sentences


def _phrases(line: str) -> Iterator[Phrase]:
    """The phrases of one tree, the whole first, without those that nobody would type."""
    tokens = _TOKEN.findall(line)
    opened: list[tuple[int, int]] = []
    leaves: list[str] = []
    spans: list[tuple[int, int, int]] = []
    place = 0
    while place < len(tokens):
        if tokens[place] == "(":
            opened.append((int(tokens[place + 1]), len(leaves)))
            place += 2
        elif tokens[place] == ")":
            label, first = opened.pop()
            spans.append((label, first, len(leaves)))
            place += 1
        else:
            leaves.append(tokens[place])
            place += 1
    if opened or not spans:
        raise ValueError(line)
    for label, first, end in reversed(spans):
        text = as_typed(leaves[first:end])
        typed = tuple(words(text))
        if typed and not _TORN.match(text):
            yield Phrase(typed, label)


def as_typed(tokens: Sequence[str]) -> str:
    """The tokens of a treebank as people type them: "do n't" is "don't", and no bracket has a name.

    (Quotation marks and signs are no words to the models, so they may stay.)
    """
    text = " ".join(tokens).replace("\\/", "/")
    text = re.sub(r"\bca n't\b", "can't", _BRACKETS.sub(" ", text), flags=re.IGNORECASE)
    return _CLITICS.sub(r"\1", text.replace("``", '"').replace("''", '"')).strip()


def held_out_sentences(
    sentences: Sequence[SentenceTree], number: int, seed: int
) -> tuple[list[SentenceTree], list[SentenceTree]]:
    """Sentences to learn from, and so many held out with all their phrases.

    No sentence whose words are those of one held out is learnt from.
    """
    if not 0 < number < len(sentences):
        raise SettingError(
            f"From 1 to {len(sentences) - 1:,} of {len(sentences):,} sentences can be held out, "
            f"but {number:,} were asked for."
        )
    order = np.random.default_rng(seed).permutation(len(sentences))
    held_out = [sentences[index] for index in order[:number]]
    known = {sentence.words for sentence in held_out}
    rest = (sentences[index] for index in np.sort(order[number:]))
    return [sentence for sentence in rest if sentence.words not in known], held_out


TARGETS = (0.02, 0.15, 0.5, 0.85, 0.98)
"""How likely a phrase with each label is positive."""

Labelled = Mapping[tuple[str, ...], float]
"""Phrases, as their words, and how likely each is positive."""


def distinct(sentences: Sequence[SentenceTree]) -> Labelled:
    """Each phrase of the sentences once, with the mean of its targets."""
    targets: dict[tuple[str, ...], list[float]] = {}
    for sentence in sentences:
        for phrase in sentence.phrases:
            targets.setdefault(phrase.words, []).append(TARGETS[phrase.label])
    return {words: float(np.mean(own)) for words, own in targets.items()}


@dataclass(frozen=True, eq=False)
class EncodedPhrases:
    """Phrases as ids of the largest vocabulary, and how likely each is positive."""

    by_words: Labelled
    ids: list[Ids]
    targets: NDArray[np.float32]

    @classmethod
    def of(cls, labelled: Labelled) -> Self:
        """These phrases in numbers."""
        vocabulary = Vocabulary.of(LARGEST_VOCABULARY)
        targets = np.fromiter(labelled.values(), np.float32, len(labelled))
        return cls(labelled, [vocabulary.ids(words) for words in labelled], targets)

    def __len__(self) -> int:
        return len(self.ids)


class Labels(NamedTuple):
    """Texts as ids of the largest vocabulary, and the labels from 0 to 4 that people gave them."""

    ids: list[Ids]
    labels: NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class HeldOutPhrases:
    """What is judged: whole sentences, and phrases of them that were in no other sentence."""

    sentences: Labels
    phrases: Labels

    @classmethod
    def of(cls, held_out: Sequence[SentenceTree], learnt: Sequence[SentenceTree]) -> Self:
        """All held-out sentences, and those of their phrases that have `LONGEST` words at most."""
        known = {phrase.words for sentence in learnt for phrase in sentence.phrases}
        phrases = {
            phrase.words: phrase.label
            for sentence in held_out
            for phrase in sentence.phrases[1:]
            if len(phrase.words) <= LONGEST and phrase.words not in known
        }
        whole = [(sentence.words, sentence.phrases[0].label) for sentence in held_out]
        return cls(_labels(whole), _labels([*phrases.items()]))


def _labels(labelled: Sequence[tuple[tuple[str, ...], int]]) -> Labels:
    vocabulary = Vocabulary.of(LARGEST_VOCABULARY)
    ids = [vocabulary.ids(words) for words, _ in labelled]
    return Labels(ids, np.array([label for _, label in labelled], np.int8))
