"""Who writes how: the same beginning and the same chance for the network and for n-grams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rnnlab.language.dictionary import END
from rnnlab.language.grammar import Grammar
from rnnlab.language.writing import NextWord, write


@dataclass(frozen=True)
class Written:
    """Sentences that one wrote, as numbers, and how many of them the grammar could say.

    A sentence without an end was cut off; `right` is None where there is no grammar.
    """

    sentences: tuple[tuple[int, ...], ...]
    right: int | None


def contest(
    models: Mapping[str, NextWord],
    begin: Sequence[int],
    grammar: Grammar | None,
    n_sentences: int,
    *,
    seed: int,
    temperature: float,
    most: int,
    longest: int,
) -> dict[str, Written]:
    """So many sentences from each of them."""
    written = {}
    for name, model in models.items():
        said = tuple(
            tuple(
                write(
                    model,
                    begin,
                    np.random.default_rng([seed, number]),
                    temperature=temperature,
                    most=most,
                    longest=longest,
                )
            )
            for number in range(n_sentences)
        )
        right = None if grammar is None else sum(_grammatical(grammar, one) for one in said)
        written[name] = Written(said, right)
    return written


def first_wrong(grammar: Grammar, sentence: Sequence[int]) -> int | None:
    """The place of the first word that the grammar never says there; None if there is none."""
    return next(
        (n for n in range(len(sentence)) if not _possible(grammar, sentence[:n], sentence[n])), None
    )


def _possible(grammar: Grammar, before: Sequence[int], word: int) -> bool:
    chances = grammar.next(before)
    return chances is not None and bool(chances[word] > 0)


def _grammatical(grammar: Grammar, sentence: Sequence[int]) -> bool:
    return bool(sentence) and sentence[-1] == END and first_wrong(grammar, sentence) is None
