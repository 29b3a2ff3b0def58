"""A series of letters: an excerpt of it, and in words what may be asked for at a step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.rules import Sequence
from rnnlab.settings import Settings

FORCED, BY_LUCK = "only one answer is possible", "chance decides"
SURE = 1 - 1e-9
"""From this probability on an answer is the only one."""


@dataclass(frozen=True)
class LettersShown:
    """Some steps of a series from `start` on: letters in, letters asked for, and how they come.

    `how` is whether an answer is the only one, for who knows all that came before. `sentence` says
    it of the step that is looked at.
    """

    start: int
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    how: tuple[str, ...]
    sentence: str


def letters_of(settings: Settings, epoch: int = 0) -> Sequence:
    """The very letters that a run learns from in that epoch (from 0), before they are cut."""
    return settings.symbol_rule.generate(
        settings.data_generator(epoch), settings.rows * settings.length
    )


def letters_shown(settings: Settings, start: int, n_steps: int, looked_at: int) -> LettersShown:
    """The steps from `start` on; `looked_at` is the t of one of them."""
    rule, series = settings.symbol_rule, letters_of(settings)
    end = min(start + n_steps, len(series.inputs))
    probabilities = rule.target_probabilities(series.inputs[:end])
    inputs = tuple(rule.letters[k] for k in series.inputs[start:end])
    targets = tuple(rule.answers[k] for k in series.targets[start:end])
    surest = probabilities[start:].max(axis=1)
    at = looked_at - start
    likely = np.flatnonzero(probabilities[looked_at] > 0)
    known = [f"{rule.answers[k]} ({probabilities[looked_at, k]:.2g})" for k in likely]
    may = (
        f"Only {rule.answers[likely[0]]} can be the answer"
        if surest[at] > SURE
        else f"The answer may be {' or '.join(known)}"
    )
    kind = rule.kinds[rule.kinds_of(series.inputs[:end])[looked_at]]
    return LettersShown(
        start,
        inputs,
        targets,
        tuple(FORCED if p > SURE else BY_LUCK for p in surest),
        f"At t = {looked_at:,} {inputs[at]} has come in. {may}; it is {targets[at]}. "
        f"(Kind of step: {kind}.)",
    )
