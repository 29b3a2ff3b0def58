"""Longer strings: how good a network is at steps further from its beginning than it was trained on.

It reads on from a state of zero, sixteen times as long as a window or farther, and is never set
back. What a
rule says at a step may depend on how much of the past can be seen, so the best possible is exact
for each step. What holds there is a rule; what does not was learnt for the lengths it met, as
recurrent networks do on longer strings (Weiss, Goldberg & Yahav 2018, arXiv 1805.04908).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.insight.fresh_data import FRESH, MOST_PAST, Floats, Weights
from rnnlab.insight.reading_on import ReadingOn
from rnnlab.rules import StreamRule
from rnnlab.rules.letters import LetterRule
from rnnlab.settings import Settings

TIMES, FARTHEST = 16, 10_000
"""Windows, and steps, that it can read on for."""

FEWEST_ROWS, MOST_ROWS, MOST_STEPS = 16, 100, 160_000
AT_ONCE = 250_000
"""Products of a step, from which on NumPy spreads them over cores, which takes longer."""

CHUNK = 100
"""Steps of a pass: what happened in all of them at once would take too much memory."""

SINGLE, AN_OCTAVE = 20, 8
"""Steps that are shown one by one, and groups of steps between each length and twice of it."""

ROOM = 0.01
"""Nats by which a loss may be higher further on and still be called the same."""

NOT_LEARNT = 0.05
"""Nats above the best possible that one sees on the curve."""


@dataclass(frozen=True, eq=False)
class ByStep:
    """How good it is by the step since its beginning, in groups of steps, (groups,).

    `first` and `last` are the steps of each group, from 1. `loss` and `right` (the share of right
    guesses) are means, `best_loss` and `best_right` what is possible at these steps. `window` is
    how long it was in training. `within` and `beyond` are the loss above the best possible in the
    second half of a window and in that of all steps; `rise` is by how much it is worse there: by
    the loss itself, or by that above the best possible, whichever has risen less. `error` is the
    standard error of that.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    loss: Floats
    right: Floats
    best_loss: Floats
    best_right: Floats
    window: int
    within: float
    beyond: float
    rise: float
    error: float

    @property
    def length(self) -> int:
        """How many steps it has read."""
        return int(self.last[-1])

    @property
    def holds(self) -> bool:
        """Whether it is as good at the end as within a window."""
        return bool(self.rise <= max(ROOM, 3 * self.error))


def by_step(
    settings: Settings, weights: Weights, *, length: int | None = None, seed: int = 0
) -> ByStep:
    """On a fresh series, in rows that each begin somewhere in a series, from a state of zero.

    Each row has `length` steps, by default those of 16 windows.
    """
    window, width = settings.window, length or TIMES * settings.window
    rows = _rows(settings, width)
    rng = np.random.default_rng((seed, FRESH))
    past = -(-MOST_PAST // width)  # rows that are only the past of the others
    series = _rule(settings, width).generate(rng, (past + rows) * width)
    inputs, targets = (
        values.reshape(-1, width)[past:] for values in (series.inputs, series.targets)
    )
    losses, right = _read(settings, weights, inputs, targets)  # (rows, width) each
    best_loss, best_right = best_by_step(settings, width)
    within, beyond = _halves(losses - best_loss, window)  # (rows,) each
    early, late = _halves(losses, window)
    first, last = steps_shown(window, width)
    parts = [slice(start - 1, end) for start, end in zip(first, last, strict=True)]

    def means(values: Floats) -> Floats:
        return np.array([values[..., part].mean() for part in parts])

    return ByStep(
        first,
        last,
        means(losses),
        means(right),
        means(best_loss),
        means(best_right),
        window,
        within=float(within.mean()),
        beyond=float(beyond.mean()),
        rise=float(min((beyond - within).mean(), (late - early).mean())),
        error=float((late - early).std() / np.sqrt(rows)),
    )


def best_by_step(settings: Settings, width: int) -> tuple[Floats, Floats]:
    """The least loss, and the largest share of right guesses, at each of `width` steps."""
    rule = settings.data
    if isinstance(rule, LetterRule):
        return rule.losses_by_step(width), rule.right_by_step(width)
    best = settings.bit_rule.bayes_predictor(width)
    likelier = np.maximum(best.probabilities, 1 - best.probabilities)
    right = np.vecdot(likelier, best.weights_by_step)
    return np.broadcast_to(best.losses_by_step, width), np.broadcast_to(right, width)


def steps_shown(window: int, length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and last step of each group, from 1: fine at the beginning, wider further on."""
    octaves = np.log2(length / SINGLE) if length > SINGLE else 0
    n_wide = int(AN_OCTAVE * octaves)
    ends = np.arange(1, min(SINGLE, length) + 1)
    wide = SINGLE * 2.0 ** (np.arange(1, n_wide + 1) / AN_OCTAVE)
    last = np.unique(np.concatenate([ends, wide.round(), [window, length]])).astype(int)
    return np.concatenate([[1], last[:-1] + 1]), last


def by_step_sentence(comparison: ByStep, *, carried: bool) -> str:
    """Whether it holds on longer strings, or has learnt the lengths by heart."""
    end, window = comparison.length, comparison.window
    numbers = (
        f"in the second half of a window it loses {_nats(comparison.within)} more than the best "
        f"possible, in steps {end // 2 + 1:,} to {end:,} {_nats(comparison.beyond)}"
    )
    if comparison.holds and max(comparison.within, comparison.beyond) > NOT_LEARNT:
        return f"It is no worse further on, but it has not learnt the rule: {numbers}."
    if comparison.holds:
        met = " In training its state was carried on, so it has met long pasts." if carried else ""
        return f"It holds: {numbers}.{met}"
    return f"It has learnt the lengths by heart, up to {window} steps: {numbers}."


def _rule(settings: Settings, width: int) -> StreamRule:
    """The rule of a series without rows; one on strings makes them so long."""
    return settings.stream_rule.cut_into(width, 0)


def _rows(settings: Settings, width: int) -> int:
    """As many as a core reads in about a second."""
    products = settings.units**2 * settings.network.cell_type.n_gates
    most = min(MOST_ROWS, MOST_STEPS // width)
    return max(FEWEST_ROWS, min(AT_ONCE // products, most))


def _read(
    settings: Settings, weights: Weights, inputs: NDArray[np.uint8], targets: NDArray[np.uint8]
) -> tuple[Floats, Floats]:
    """What each answer costs, and whether the likeliest came, (rows, steps) each; ties share."""
    exact: dict[str, NDArray[Any]] = {name: value.astype(float) for name, value in weights.items()}
    network, costs, right = ReadingOn(settings.network, exact, len(inputs)), [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, inputs.shape[1], CHUNK):
            part = slice(start, start + CHUNK)
            logits = network.read(settings.stream_rule.encode(inputs[:, part]))
            own = np.take_along_axis(logits, targets[:, part, None].astype(int), axis=2)
            costs.append(np.logaddexp.reduce(logits, axis=2) - own[..., 0])
            likeliest = logits == logits.max(axis=2, keepdims=True)
            right.append((likeliest & (logits == own)).any(axis=2) / likeliest.sum(axis=2))
    return np.concatenate(costs, axis=1), np.concatenate(right, axis=1)


def _halves(values: Floats, window: int) -> tuple[Floats, Floats]:
    """Of (rows, steps): the mean of the second half of a window, and of that of all, by row."""
    within, beyond = values[:, window // 2 : window], values[:, values.shape[1] // 2 :]
    return within.mean(axis=1), beyond.mean(axis=1)


def _nats(loss: float) -> str:
    return f"{loss:.3f} nats" if loss >= 0.0005 else "less than 0.001 nats"
