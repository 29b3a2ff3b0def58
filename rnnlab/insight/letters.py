"""What a network answers to letters, step by step, and what each kind of step costs it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.fresh_data import Floats, FreshData, Weights, fresh_data
from rnnlab.rules import SymbolRule
from rnnlab.rules.base import Sequence
from rnnlab.settings import Settings

MOST_STEPS, STEPS = 40, 24
"""Steps that can be told apart: of a whole string, and of a series without end."""

TINY = 1e-12
"""The least probability that counts, so that a sure mistake costs much but not everything."""

CLOSE = 0.02
"""Nats that nobody sees."""


@dataclass(frozen=True)
class KindOfStep:
    """A kind of step: its share of all, the network's mean loss there in nats, the best, and hits.

    `best` is with the whole past. `right` is the share of steps whose likeliest answer came.
    """

    name: str
    share: float
    loss: float
    best: float
    right: float


@dataclass(frozen=True, eq=False)
class LetterAnswers:
    """Some steps of fresh letters: `letters`, `targets`, `predicted` and `true` (steps, answers).

    `kinds` are of many more steps.
    """

    letters: tuple[str, ...]
    answers: tuple[str, ...]
    predicted: Floats
    true: Floats
    targets: NDArray[np.int64]
    kinds: tuple[KindOfStep, ...]


def steps_shown(settings: Settings) -> int:
    """How many steps can be drawn: a whole string, or a piece of a series."""
    return min(MOST_STEPS, settings.window) if settings.stream_rule.begins_anew else STEPS


def letter_answers(settings: Settings, weights: Weights, *, seed: int = 0) -> LetterAnswers:
    """On 4,000 fresh letters: of the first row what is drawn, of all of them the kinds."""
    rule, data = _fresh_rule(settings), fresh_data(settings, weights, seed=seed)
    n = min(steps_shown(settings), data.steps.shape[1])
    row = data.steps[0, :n]
    return LetterAnswers(
        letters=tuple(rule.letters[k] for k in data.inputs[row]),
        answers=rule.answers,
        predicted=data.trace.predicted[0, :n].astype(float),
        true=data.target_probabilities[row],
        targets=data.targets[row].astype(int),
        kinds=_kinds(settings, data),
    )


def letters_sentence(shown: LetterAnswers) -> str:
    """Which kind of step costs most beyond what it must, and what the loss is made of."""
    worst = max(shown.kinds, key=lambda kind: kind.share * (kind.loss - kind.best))
    whole = sum(kind.share * kind.loss for kind in shown.kinds)
    best = sum(kind.share * kind.best for kind in shown.kinds)
    whole_loss = f"Over all steps it loses {whole:.4f} nats; who knows everything loses {best:.4f}."
    if whole - best < CLOSE:
        return f"It loses hardly more than it must at any kind of step. {whole_loss}"
    return (
        f"Most is lost where {_where(worst.name)}: {worst.loss:.3f} nats a step, where "
        f"{worst.best:.3f} is possible. {whole_loss}"
    )


def _fresh_rule(settings: Settings) -> SymbolRule:
    """The rule of a fresh series, which is a single row."""
    return settings.symbol_rule.cut_into(settings.window, 0)


def _where(kind: str) -> str:
    return f"the kind of step is “{kind}”"


def _kinds(settings: Settings, data: FreshData) -> tuple[KindOfStep, ...]:
    rule, steps = _fresh_rule(settings), data.steps.ravel()
    targets = data.targets[steps]
    predicted = data.trace.predicted.reshape(len(steps), -1).astype(float)
    losses = -np.log(np.maximum(predicted[np.arange(len(steps)), targets], TINY))
    best = rule.costs(Sequence(data.inputs, data.targets))[steps]
    right = predicted.argmax(axis=1) == targets
    kind_of = rule.kinds_of(data.inputs)[steps]
    kinds = []
    for number, name in enumerate(rule.kinds):
        own = kind_of == number
        if own.any():
            means = (float(values[own].mean()) for values in (losses, best, right))
            kinds.append(KindOfStep(name, float(own.mean()), *means))
    return tuple(kinds)
