"""What somebody typed, as a model reads it; and the sentences that models generate from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rnnlab.language.corpus import Corpus
from rnnlab.language.grammar import Grammar
from rnnlab.language.tokenizer import END, UNKNOWN, WORDS, Ids, tokenize

MAX_TOKENS = 40
"""Of a longer sentence the end is read."""


@dataclass(frozen=True)
class Prompt:
    """The words that are read, their ids, and the first unknown word with some spelt like it.

    An `ungrammatical` word is in the dictionary, but the grammar never has it there. The first
    `dropped` words are not read.
    """

    words: tuple[str, ...]
    ids: tuple[int, ...]
    unknown: str | None = None
    nearest: tuple[str, ...] = ()
    ungrammatical: str | None = None
    dropped: int = 0


def read_prompt(text: str, corpus: Corpus, unit: str = WORDS) -> Prompt:
    """Read what was typed.

    A grammar has no unknown words, so reading ends before the first one; a model of a text has
    learnt what follows words that it does not know.
    """
    tokens = tokenize(text, corpus.dictionary, unit)
    dropped = max(0, len(tokens) - MAX_TOKENS)
    tokens = tokens[dropped:]
    ids = [corpus.dictionary.id_of(token) for token in tokens]
    unknown = tokens[ids.index(UNKNOWN)] if UNKNOWN in ids else None
    nearest = () if unknown is None else tuple(corpus.dictionary.nearest(unknown))
    ungrammatical = None
    if corpus.grammar is not None:
        n = ids.index(UNKNOWN) if UNKNOWN in ids else len(ids)
        tokens, ids = tokens[:n], ids[:n]
        first = corpus.grammar.first_wrong(ids)
        ungrammatical = None if first is None else tokens[first]
    return Prompt(tuple(tokens), tuple(ids), unknown, nearest, ungrammatical, dropped)


Floats = NDArray[np.float64]


class NextWordModel(Protocol):
    """Whatever gives the probability of every next word."""

    def next_probabilities(self, ids: Sequence[int]) -> Floats | None:
        """Those after these words, (vocabulary,), or None where the model never has them."""


@dataclass(frozen=True)
class Sampling:
    """How words are drawn: see `sampling_probabilities`; a sentence has at most `max_length`."""

    temperature: float = 1.0
    top_k: int = 0
    max_length: int = 40


@dataclass(frozen=True)
class GeneratedSentences:
    """Sentences of one model, as ids, and how many of them the grammar could say.

    A sentence without an end was cut off; `n_grammatical` is None where there is no grammar.
    """

    sentences: tuple[tuple[int, ...], ...]
    n_grammatical: int | None


def sampling_probabilities(probabilities: Floats, temperature: float, top_k: int = 0) -> Floats:
    """The probabilities to draw from: p to the power 1 / temperature, of the k likeliest words.

    A temperature of 0 takes the likeliest word; `top_k` = 0 leaves all in. `UNKNOWN` is never
    drawn.
    """
    left = np.where(np.arange(len(probabilities)) == UNKNOWN, 0.0, probabilities)
    if temperature == 0 or top_k == 1:
        certain: Floats = np.eye(len(left))[int(left.argmax())]
        return certain
    if 0 < top_k < len(left):
        order = np.argsort(-left, kind="stable")
        left[order[top_k:]] = 0.0
    logs = np.log(np.where(left > 0, left, 1.0)) / temperature
    powers = np.where(left > 0, np.exp(logs - logs[left > 0].max()), 0.0)
    normalized: Floats = powers / powers.sum()
    return normalized


def generate(
    model: NextWordModel, prompt: Sequence[int] | Ids, rng: np.random.Generator, sampling: Sampling
) -> list[int]:
    """What the model makes of this prompt, the prompt included, up to `END` or the length."""
    ids = [int(number) for number in prompt]
    while len(ids) < sampling.max_length:
        probabilities = model.next_probabilities(ids)
        if probabilities is None:
            break
        drawn_from = sampling_probabilities(probabilities, sampling.temperature, sampling.top_k)
        word = int(rng.choice(len(probabilities), p=drawn_from))
        ids.append(word)
        if word == END:
            break
    return ids


def generate_by_each(
    models: Mapping[str, NextWordModel],
    prompt: Sequence[int],
    grammar: Grammar | None,
    n_sentences: int,
    *,
    seed: int,
    sampling: Sampling,
) -> dict[str, GeneratedSentences]:
    """Sentences of every model: all get the same prompt and the same random numbers."""
    generated = {}
    for name, model in models.items():
        sentences = tuple(
            tuple(generate(model, prompt, np.random.default_rng([seed, number]), sampling))
            for number in range(n_sentences)
        )
        n_grammatical = None if grammar is None else sum(map(grammar.could_say, sentences))
        generated[name] = GeneratedSentences(sentences, n_grammatical)
    return generated
