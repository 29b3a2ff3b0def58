"""A grammar as what it does: the exact chance of every next word after every beginning.

Written out, a grammar without names inside themselves is a finite automaton: a state is what is
still to be said and what must be remembered for it. After some words several states may be
possible; their chances together are a *belief* (the forward algorithm of hidden Markov models,
Baum 1972). Beliefs that are equal are one, so finitely many of them are the whole grammar.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.language.dictionary import END, Dictionary
from rnnlab.language.notation import START, Notation, name_of, needed

Floats = NDArray[np.float64]
Ids = NDArray[np.int32]

MOST_BELIEFS = 20_000
DIGITS = 12
"""Beliefs that agree to so many digits are one."""


class State(NamedTuple):
    """What is still to be said, and what some names have become."""

    parts: tuple[str, ...]
    remembered: frozenset[tuple[str, str]]


Belief = tuple[tuple[State, float], ...]


@dataclass(frozen=True, eq=False)
class Grammar:
    """Every beginning's chances, by number; the empty beginning is 0.

    `chances` (beliefs, vocabulary) says how likely each word comes next, `END` among them, and
    `after` the belief that follows it, or -1 where the word cannot come.
    """

    dictionary: Dictionary
    chances: Floats
    after: NDArray[np.int32]

    @classmethod
    def of(cls, text: str) -> Grammar:
        """The grammar that is written down (`notation`); a `SettingError` if it is endless."""
        notation = Notation.of(text)
        dictionary = Dictionary(notation.words)
        ids = {word: int(dictionary.id_of(word)) for word in notation.words}
        found = [_tidied({State((f"{{{START}}}",), frozenset()): 1.0})]
        numbers = {_key(found[0]): 0}
        rows: list[dict[int, tuple[float, int]]] = []
        while len(rows) < len(found):
            row = {}
            for word, (chance, belief) in _next(notation, found[len(rows)]).items():
                if word is None:
                    row[END] = (chance, 0)
                    continue
                if _key(belief) not in numbers:
                    numbers[_key(belief)] = len(found)
                    found.append(belief)
                row[ids[word]] = (chance, numbers[_key(belief)])
            rows.append(row)
            if len(found) > MOST_BELIEFS:
                raise SettingError("This grammar has too many beginnings to write them all out.")
        return cls(dictionary, *_arrays(rows, dictionary.size))

    def belief(self, ids: Sequence[int] | Ids) -> int | None:
        """Which belief these words lead to from the start; None if it never says them."""
        now = 0
        for one in ids:
            now = int(self.after[now, one])
            if now < 0:
                return None
        return now

    def next(self, ids: Sequence[int] | Ids) -> Floats | None:
        """The true chance of each next word (vocabulary,) after these; None: it never says them."""
        now = self.belief(ids)
        return None if now is None else self.chances[now]

    def sample(self, rng: np.random.Generator, n_sentences: int) -> Ids:
        """So many sentences as one stream of ids; each ends with `END`."""
        cumulated = np.cumsum(self.chances, axis=1)
        cumulated /= cumulated[:, -1:]
        now = np.zeros(n_sentences, int)
        live = np.arange(n_sentences)
        said: list[tuple[NDArray[np.int64], Ids]] = []
        while live.size:
            drawn = rng.random(live.size)
            word = (cumulated[now[live]] <= drawn[:, None]).sum(axis=1).astype(np.int32)
            said.append((live, word))
            now[live] = self.after[now[live], word]
            live = live[word != END]
        order = np.argsort(np.concatenate([who for who, _ in said]), kind="stable")
        stream: Ids = np.concatenate([word for _, word in said])[order]
        return stream

    @cached_property
    def visits(self) -> Floats:
        """How often a sentence comes through each belief, on average."""
        n = len(self.chances)
        steps = np.zeros((n, n))
        who, word = np.nonzero(self.chances)
        going = word != END
        np.add.at(steps, (self.after[who, word][going], who[going]), self.chances[who, word][going])
        visits: Floats = np.linalg.solve(np.eye(n) - steps, np.eye(n)[0])
        return visits

    @property
    def length(self) -> float:
        """Words of a sentence on average, its end counted."""
        return float(self.visits.sum())

    @property
    def entropy(self) -> float:
        """Nats a word: the least cross-entropy that any model of these sentences can have.

        The entropy of a whole sentence, divided by its mean length (Cover & Thomas, chapter 4).
        """
        of_each = -np.sum(self.chances * _log(self.chances), axis=1)
        return float(self.visits @ of_each) / self.length

    @property
    def perplexity(self) -> float:
        """e to the entropy: among so many equally likely words the best model chooses."""
        return math.exp(self.entropy)


def _next(notation: Notation, belief: Belief) -> dict[str | None, tuple[float, Belief]]:
    """Each next word (None is the end) with its chance and the belief after it."""
    found: dict[str | None, dict[State, float]] = defaultdict(lambda: defaultdict(float))
    open_ones = list(belief)
    while open_ones:
        state, chance = open_ones.pop()
        if not state.parts:
            found[None][state] += chance
            continue
        first, rest = state.parts[0], state.parts[1:]
        name = name_of(first)
        if name is None:
            found[first][_forgetting(notation, rest, dict(state.remembered))] += chance
            continue
        remembered = dict(state.remembered)
        for choice in notation.of_name(name, remembered):
            parts = (*choice.parts, *rest)
            after = _forgetting(notation, parts, remembered | {name: choice.text})
            open_ones.append((after, chance * choice.share))
    return {word: (sum(states.values()), _tidied(states)) for word, states in found.items()}


def _forgetting(notation: Notation, parts: tuple[str, ...], remembered: dict[str, str]) -> State:
    wanted = needed(notation, parts)
    return State(parts, frozenset(item for item in remembered.items() if item[0] in wanted))


def _tidied(states: dict[State, float]) -> Belief:
    total = sum(states.values())
    return tuple((state, chance / total) for state, chance in states.items())


def _key(belief: Belief) -> frozenset[tuple[State, float]]:
    return frozenset((state, round(chance, DIGITS)) for state, chance in belief)


def _arrays(
    rows: list[dict[int, tuple[float, int]]], vocabulary: int
) -> tuple[Floats, NDArray[np.int32]]:
    chances = np.zeros((len(rows), vocabulary))
    after = np.full((len(rows), vocabulary), -1, np.int32)
    for number, row in enumerate(rows):
        for word, (chance, following) in row.items():
            chances[number, word], after[number, word] = chance, following
    return chances / chances.sum(axis=1, keepdims=True), after


def _log(chances: Floats) -> Floats:
    return np.log(np.where(chances > 0, chances, 1.0))
