"""A strip of a series of bits: every target of it, what it hangs on, and how sure that makes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.rules import Sequence
from rnnlab.rules.base import enumeration
from rnnlab.settings import Settings

FORCED, PUSHED, FREE = "forced", "pushed", "free"
SURE = 1e-12
"""Chances that differ by less are the same: those of typed rules are sums."""


@dataclass(frozen=True)
class Step:
    """One step of the series: its input and its target, bits, and `chance`, P(target = 1).

    `causes` are the inputs that the target depends on, as (place, bit), the latest first; the bit
    of one that would lie before the series is None.
    """

    t: int
    x: int
    y: int
    chance: float
    causes: tuple[tuple[int, int | None], ...]

    @property
    def kind(self) -> str:
        """Whether the rule forces the target, pushes it one way, or leaves it to a fair coin."""
        return kind_of(self.chance)

    @property
    def whole(self) -> bool:
        """Whether all its causes lie in the series."""
        return all(bit is not None for _, bit in self.causes)


@dataclass(frozen=True)
class Counts:
    """How many targets of a series are forced, pushed, free, and ones, and what theory says of it.

    `early` are the first targets, of whose causes some lie before the series. The shares of
    theory, between 0 and 1, are those of a series without end.
    """

    targets: int
    forced: int
    pushed: int
    free: int
    ones: int
    early: int
    theory_forced: float
    theory_pushed: float
    theory_ones: float

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that occur, the surest first."""
        found = {FORCED: self.forced, PUSHED: self.pushed, FREE: self.free}
        return tuple(kind for kind, number in found.items() if number)


def series_of(settings: Settings, epoch: int = 0) -> Sequence:
    """The very bits that a run with these settings learns from, in that epoch (from 0).

    rows * length of them, before they are cut. Of several networks the first one's.
    """
    rng = settings.data_generator(epoch)
    return settings.bit_rule.generate(rng, settings.rows * settings.length)


def strip(settings: Settings, start: int, n_steps: int) -> tuple[Step, ...]:
    """`n_steps` steps of the series from `start` on, or as many as there are."""
    series = series_of(settings)
    end = min(start + n_steps, len(series.inputs))
    if not 0 <= start < end:
        raise SettingError(
            f"A strip must begin between 0 and {len(series.inputs) - 1}, but it begins at {start}."
        )
    rule = settings.bit_rule
    truth = rule.target_probabilities(series.inputs[:end])
    lags = rule.lags
    return tuple(
        Step(
            t=t,
            x=int(series.inputs[t]),
            y=int(series.targets[t]),
            chance=float(truth[t]),
            causes=tuple((t - lag, _bit(series.inputs, t - lag)) for lag in lags),
        )
        for t in range(start, end)
    )


def counts(settings: Settings) -> Counts:
    """The kinds of all targets of the series, counted."""
    series = series_of(settings)
    rule = settings.bit_rule
    truth = rule.target_probabilities(series.inputs)
    n_targets = len(truth)
    forced, free = (int(found.sum()) for found in (_forced(truth), _free(truth)))
    whole = rule.bayes_predictor()
    chances = whole.probabilities[0]
    in_theory = [float(whole.weights @ found) for found in (_forced(chances), _free(chances))]
    return Counts(
        targets=n_targets,
        forced=forced,
        pushed=n_targets - forced - free,
        free=free,
        ones=int(series.targets.sum()),
        early=min(max(rule.lags, default=0), n_targets),
        theory_forced=in_theory[0],
        theory_pushed=1 - sum(in_theory),
        theory_ones=whole.base_rate,
    )


def kind_of(chance: float) -> str:
    """What a rule does to a target that is 1 with this probability."""
    if _forced(np.float64(chance)):
        return FORCED
    return FREE if _free(np.float64(chance)) else PUSHED


def step_sentence(step: Step) -> str:
    """The target in words: what it is, how sure that was, and why."""
    y, chance = f"y[{step.t:,}]", f"{step.chance:.4g}"
    why = causes_sentence(step)
    if step.kind == FREE:
        return f"{y} = {step.y} is a free coin flip, P({y} = 1) = {chance}: {why}."
    if step.kind == FORCED:
        return f"{y} = {step.y} is forced, P({y} = 1) = {chance}: {why}."
    followed = (step.chance > 0.5) == (step.y == 1)
    how = "as it is pushed" if followed else "against the odds"
    return f"{y} = {step.y}, {how}, P({y} = 1) = {chance}: {why}."


def causes_sentence(step: Step) -> str:
    """The causes of a step and their bits: "x[16] and x[15] are both 1"."""
    if not step.causes:
        return "it depends on no input"
    if not step.whole:
        missing = [f"x[{t:,}]" for t, bit in step.causes if bit is None]
        lie = "lie" if len(missing) > 1 else "lies"
        seen = [f"x[{t:,}] is {bit}" for t, bit in step.causes if bit is not None]
        return enumeration([*seen, f"{enumeration(missing)} {lie} before the series begins"])
    bits = {bit for _, bit in step.causes}
    if len(step.causes) > 1 and len(bits) == 1:
        word = "both" if len(step.causes) == 2 else "all"
        return f"{enumeration(f'x[{t:,}]' for t, _ in step.causes)} are {word} {bits.pop()}"
    return enumeration(f"x[{t:,}] is {bit}" for t, bit in step.causes)


def counts_sentence(found: Counts) -> str:
    """The counts in words, each beside what theory says."""
    n, parts = found.targets, []
    for number, share, words in (
        (found.forced, found.theory_forced, "forced"),
        (found.pushed, found.theory_pushed, "pushed one way"),
        (found.free, 1 - found.theory_forced - found.theory_pushed, "free coin flips"),
        (found.ones, found.theory_ones, "ones"),
    ):
        if number or share > SURE:
            parts.append(f"{number:,} {words} ({_percent(number / n)}; theory {_percent(share)})")
    return f"Of your {n:,} targets there are {enumeration(parts)}."


def early_sentence(found: Counts) -> str:
    """Which targets have causes before the series; nothing if none has."""
    if not found.early:
        return ""
    if found.early == 1:
        return "The first target (t = 0) has a cause before the series begins."
    which = "0 and 1" if found.early == 2 else f"0 to {found.early - 1}"
    return f"The first {found.early} targets (t = {which}) have causes before the series begins."


def _bit(inputs: NDArray[np.uint8], t: int) -> int | None:
    return int(inputs[t]) if t >= 0 else None


def _forced(chances: NDArray[np.float64] | np.float64) -> NDArray[np.bool_]:
    return np.asarray(np.minimum(chances, 1 - chances) <= SURE)


def _free(chances: NDArray[np.float64] | np.float64) -> NDArray[np.bool_]:
    return np.asarray(np.abs(chances - 0.5) <= SURE)


def _percent(share: float) -> str:
    return f"{100 * max(share, 0.0):.2f}".rstrip("0").rstrip(".") + " %"
