"""A grammar with the exact probability of every next word after every beginning of a sentence.

Written out, a grammar without names inside themselves is a finite automaton: a state is what is
still to be said and what must be remembered for it. After some words several states may be
possible; their probabilities together are a *belief* (the forward algorithm of hidden Markov
models, Baum 1972). Equal beliefs are merged, so finitely many of them are the whole grammar.
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
from rnnlab.language.productions import START, Productions, name_of, names_to_remember
from rnnlab.language.tokenizer import END, Dictionary, Ids

Floats = NDArray[np.float64]

MAX_BELIEFS = 20_000
DIGITS = 12
"""Beliefs that agree to so many digits are equal."""


class State(NamedTuple):
    """A state of the automaton: the symbols still to be said, and what some names have become."""

    symbols: tuple[str, ...]
    remembered: frozenset[tuple[str, str]]


Belief = tuple[tuple[State, float], ...]


@dataclass(frozen=True, eq=False)
class Grammar:
    """The automaton over beliefs, each known by its number; that of the empty beginning is 0.

    `probabilities` (beliefs, vocabulary) are those of each next word, `END` among them;
    `transitions` (beliefs, vocabulary) are the beliefs that follow, -1 where a word cannot come.
    """

    dictionary: Dictionary
    probabilities: Floats
    transitions: NDArray[np.int32]

    @classmethod
    def of(cls, text: str) -> Grammar:
        """The grammar that is written as `productions`; a `SettingError` if it is endless."""
        productions = Productions.parse(text)
        dictionary = Dictionary(productions.words)
        beliefs = [_normalized({State((f"{{{START}}}",), frozenset()): 1.0})]
        numbers = {_key(beliefs[0]): 0}
        rows: list[dict[int, tuple[float, int]]] = []
        while len(rows) < len(beliefs):
            row = {}
            for word, (probability, belief) in _next(productions, beliefs[len(rows)]).items():
                if word is None:
                    row[END] = (probability, 0)
                    continue
                if _key(belief) not in numbers:
                    numbers[_key(belief)] = len(beliefs)
                    beliefs.append(belief)
                row[dictionary.id_of(word)] = (probability, numbers[_key(belief)])
            rows.append(row)
            if len(beliefs) > MAX_BELIEFS:
                raise SettingError("This grammar has too many beginnings to write them all out.")
        return cls(dictionary, *_arrays(rows, dictionary.size))

    def belief(self, ids: Sequence[int] | Ids) -> int | None:
        """The belief after these words of a sentence; None where the grammar never has them."""
        belief = 0
        for word in ids:
            belief = int(self.transitions[belief, word])
            if belief < 0:
                return None
        return belief

    def next_probabilities(self, ids: Sequence[int] | Ids) -> Floats | None:
        """The true probability of each next word (vocabulary,); None if it never says these."""
        belief = self.belief(ids)
        return None if belief is None else self.probabilities[belief]

    def first_wrong(self, ids: Sequence[int]) -> int | None:
        """The index of the first word that the grammar never has there; None if there is none."""
        return next((n for n in range(len(ids)) if self.belief(ids[: n + 1]) is None), None)

    def could_say(self, ids: Sequence[int]) -> bool:
        """Whether this is a sentence of the grammar, from its first word to its `END`."""
        return bool(ids) and ids[-1] == END and self.belief(ids) is not None

    def sample(self, rng: np.random.Generator, n_sentences: int) -> Ids:
        """So many sentences, drawn, as one stream of ids; each ends with `END`."""
        cumulated = np.cumsum(self.probabilities, axis=1)
        cumulated /= cumulated[:, -1:]
        beliefs = np.zeros(n_sentences, int)
        unfinished = np.arange(n_sentences)
        drawn: list[tuple[NDArray[np.int64], Ids]] = []  # sentences, and the next word of each
        while unfinished.size:
            uniform = rng.random(unfinished.size)
            below = cumulated[beliefs[unfinished]] <= uniform[:, None]
            words = below.sum(axis=1).astype(np.int32)
            drawn.append((unfinished, words))
            beliefs[unfinished] = self.transitions[beliefs[unfinished], words]
            unfinished = unfinished[words != END]
        order = np.argsort(np.concatenate([sentences for sentences, _ in drawn]), kind="stable")
        stream: Ids = np.concatenate([words for _, words in drawn])[order]
        return stream

    @cached_property
    def expected_visits(self) -> Floats:
        """How often a sentence comes through each belief, on average, (beliefs,)."""
        n = len(self.probabilities)
        steps = np.zeros((n, n))
        belief, word = np.nonzero(self.probabilities)
        belief, word = belief[word != END], word[word != END]
        np.add.at(steps, (self.transitions[belief, word], belief), self.probabilities[belief, word])
        # v = first + steps v, so (1 - steps) v = first.
        visits: Floats = np.linalg.solve(np.eye(n) - steps, np.eye(n)[0])
        return visits

    @property
    def mean_length(self) -> float:
        """Words of a sentence on average, its end counted."""
        return float(self.expected_visits.sum())

    @property
    def entropy(self) -> float:
        """Nats a word: the least cross-entropy that any model of these sentences can have.

        The entropy of a whole sentence, divided by its mean length (Cover & Thomas, chapter 4).
        """
        logs = np.log(np.where(self.probabilities > 0, self.probabilities, 1.0))
        of_each = -np.sum(self.probabilities * logs, axis=1)
        return float(self.expected_visits @ of_each) / self.mean_length

    @property
    def perplexity(self) -> float:
        """e to the entropy: among so many equally likely words the best model chooses."""
        return math.exp(self.entropy)


def _next(productions: Productions, belief: Belief) -> dict[str | None, tuple[float, Belief]]:
    """Each next word (None is the end) with its probability and the belief after it."""
    after: dict[str | None, dict[State, float]] = defaultdict(lambda: defaultdict(float))
    unexpanded = list(belief)
    while unexpanded:
        state, probability = unexpanded.pop()
        if not state.symbols:
            after[None][state] += probability
            continue
        first, rest = state.symbols[0], state.symbols[1:]
        remembered = dict(state.remembered)
        name = name_of(first)
        if name is None:
            after[first][_without_needless(productions, rest, remembered)] += probability
            continue
        for production in productions.of(name, remembered):
            following = _without_needless(
                productions, (*production.symbols, *rest), remembered | {name: production.text}
            )
            unexpanded.append((following, probability * production.probability))
    return {word: (sum(states.values()), _normalized(states)) for word, states in after.items()}


def _without_needless(
    productions: Productions, symbols: tuple[str, ...], remembered: dict[str, str]
) -> State:
    """The state that remembers only what its symbols still need."""
    needed = names_to_remember(productions, symbols)
    return State(symbols, frozenset(item for item in remembered.items() if item[0] in needed))


def _normalized(states: dict[State, float]) -> Belief:
    total = sum(states.values())
    return tuple((state, probability / total) for state, probability in states.items())


def _key(belief: Belief) -> frozenset[tuple[State, float]]:
    return frozenset((state, round(probability, DIGITS)) for state, probability in belief)


def _arrays(
    rows: list[dict[int, tuple[float, int]]], vocabulary: int
) -> tuple[Floats, NDArray[np.int32]]:
    """Probabilities and transitions of a `Grammar`, from those of each belief by word."""
    probabilities = np.zeros((len(rows), vocabulary))
    transitions = np.full((len(rows), vocabulary), -1, np.int32)
    for belief, row in enumerate(rows):
        for word, (probability, following) in row.items():
            probabilities[belief, word], transitions[belief, word] = probability, following
    return probabilities / probabilities.sum(axis=1, keepdims=True), transitions
