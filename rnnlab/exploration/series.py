"""A series of bits, target by target: its causes, and how sure they make it; the two pair rules."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.rules import Sequence
from rnnlab.rules.base import Bits, enumeration
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.self_pair import FORCED as FORCED_SHARE
from rnnlab.settings import Settings

FORCED, PUSHED, FREE = "forced", "pushed", "free"
"""What a rule does to a target: forces it, makes one bit likelier, or leaves it to a fair coin."""

SURE = 1e-12
"""Probabilities that differ by less are the same: those of typed rules are sums."""

PAIR_SHARES = {"pair": 1 / 2, "self-pair": FORCED_SHARE}
"""The exact share of forced steps: two fair flips are equal every other time."""

MOST_BITS = 500_000
"""Of longer series only so many bits are counted: more would only take time."""


@dataclass(frozen=True)
class SeriesStep:
    """One step of the series: its input and its target, bits, and `probability`, P(target = 1).

    `causes` are the inputs that the target depends on, as (t, bit), the latest first; the bit of
    one that would lie before the series is None. Of a state machine there are none, but the names
    of the `states` in which it may be after this input.
    """

    t: int
    x: int
    y: int
    probability: float
    causes: tuple[tuple[int, int | None], ...]
    states: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Whether the rule forces the target, pushes it one way, or leaves it to a fair coin."""
        return target_kind(self.probability)

    @property
    def complete(self) -> bool:
        """Whether all its causes lie in the series."""
        return all(bit is not None for _, bit in self.causes)


@dataclass(frozen=True)
class TargetCounts:
    """How many targets of a series are forced, pushed, free, and ones, and what theory expects.

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
        by_kind = {FORCED: self.forced, PUSHED: self.pushed, FREE: self.free}
        return tuple(kind for kind, number in by_kind.items() if number)


@dataclass(frozen=True, eq=False)
class PairVersion:
    """The article's pair rule as its code has it, or as its words do: a series of some settings.

    `forced` (n_bits,) says where two equal bits leave no choice: in `forced_share` of the steps, in
    theory in `expected_share`. The Bayes predictor loses `measured_loss` nats a step on this
    series, in theory `expected_loss`.
    """

    rule: str
    series: Sequence
    forced: NDArray[np.bool_]
    forced_share: float
    expected_share: float
    measured_loss: float
    expected_loss: float


def series_of(settings: Settings, epoch: int = 0) -> Sequence:
    """The very bits that a run with these settings learns from, in that epoch (from 0).

    rows * length of them, before they are cut. Of several networks the first one's.
    """
    rng = settings.data_generator(epoch)
    return settings.bit_rule.generate(rng, settings.rows * settings.length)


def series_steps(settings: Settings, start: int, n_steps: int) -> tuple[SeriesStep, ...]:
    """`n_steps` steps of the series from `start` on, or as many as there are."""
    series, rule = series_of(settings), settings.bit_rule
    end = min(start + n_steps, len(series.inputs))
    if not 0 <= start < end:
        raise SettingError(
            f"A strip must begin between 0 and {len(series.inputs) - 1}, but it begins at {start}."
        )
    probabilities = rule.target_probabilities(series.inputs[:end])
    states = _states(settings, series.inputs[:end])
    return tuple(
        SeriesStep(
            t=t,
            x=int(series.inputs[t]),
            y=int(series.targets[t]),
            probability=float(probabilities[t]),
            causes=tuple(
                (t - lag, int(series.inputs[t - lag]) if t >= lag else None) for lag in rule.lags
            ),
            states=states[t] if states else (),
        )
        for t in range(start, end)
    )


def _states(settings: Settings, inputs: Bits) -> Many[tuple[str, ...]]:
    """The states in which a machine may be after each input; nothing for another rule."""
    rule = settings.data
    return rule.possible_states(inputs) if isinstance(rule, MachineRule) else ()


def count_targets(settings: Settings) -> TargetCounts:
    """The kinds of all targets of the series, counted."""
    series, rule = series_of(settings), settings.bit_rule
    probabilities = rule.target_probabilities(series.inputs)
    n_targets = len(probabilities)
    forced, free = int(_forced(probabilities).sum()), int(_free(probabilities).sum())
    predictor = rule.bayes_predictor()
    theory_forced = predictor.mean(_forced(predictor.probabilities).astype(float))
    theory_free = predictor.mean(_free(predictor.probabilities).astype(float))
    return TargetCounts(
        targets=n_targets,
        forced=forced,
        pushed=n_targets - forced - free,
        free=free,
        ones=int(series.targets.sum()),
        early=min(max(rule.lags, default=0), n_targets),
        theory_forced=theory_forced,
        theory_pushed=1 - (theory_forced + theory_free),
        theory_ones=predictor.base_rate,
    )


def target_kind(probability: float) -> str:
    """What a rule does to a target that is 1 with this probability."""
    if _forced(np.float64(probability)):
        return FORCED
    return FREE if _free(np.float64(probability)) else PUSHED


def pair_versions(settings: Settings) -> tuple[PairVersion, ...]:
    """What the article's code does, and what its words say, both with the pair one step ago."""
    return tuple(_pair_version(settings, rule) for rule in PAIR_SHARES)


def _pair_version(settings: Settings, name: str) -> PairVersion:
    settings = replace(settings, rule=name, parameters=())
    rule, whole = settings.bit_rule, series_of(settings)
    series = Sequence(whole.inputs[:MOST_BITS], whole.targets[:MOST_BITS])
    forced = rule.clean_probabilities(series.inputs) != 0.5
    forced[:1] = False  # one bit makes no pair
    probabilities = rule.target_probabilities(series.inputs)
    of_targets = np.where(series.targets == 1, probabilities, 1 - probabilities)
    return PairVersion(
        name,
        series,
        forced,
        forced_share=float(forced.mean()),
        expected_share=PAIR_SHARES[name],
        measured_loss=float(-np.log(of_targets).mean()),
        expected_loss=rule.best_loss(),
    )


def step_sentence(step: SeriesStep) -> str:
    """The target in words: what it is, how sure that was, and why."""
    y, probability = f"y[{step.t:,}]", f"{step.probability:.4g}"
    why = causes_sentence(step)
    if step.kind == FREE:
        return f"{y} = {step.y} is a free coin flip: {why}."
    if step.kind == FORCED:
        return f"{y} = {step.y} is forced: {why}."
    followed = (step.probability > 0.5) == (step.y == 1)
    how = "as it is pushed" if followed else "against the odds"
    return f"{y} = {step.y}, {how}, P({y} = 1) = {probability}: {why}."


def causes_sentence(step: SeriesStep) -> str:
    """The causes of a step and their bits: "x[16] and x[15] are both 1"."""
    if len(step.states) == 1:
        return f"the bits so far have led to the state “{step.states[0]}”"
    if step.states:
        return f"after the bits so far the machine may be in any of {len(step.states)} states"
    if not step.causes:
        return "it depends on no input"
    if not step.complete:
        missing = [f"x[{t:,}]" for t, bit in step.causes if bit is None]
        lie = "lie" if len(missing) > 1 else "lies"
        others = [f"x[{t:,}] is {bit}" for t, bit in step.causes if bit is not None]
        return enumeration([*others, f"{enumeration(missing)} {lie} before the series begins"])
    bits = {bit for _, bit in step.causes}
    if len(step.causes) > 1 and len(bits) == 1:
        word = "both" if len(step.causes) == 2 else "all"
        return f"{enumeration(f'x[{t:,}]' for t, _ in step.causes)} are {word} {bits.pop()}"
    return enumeration(f"x[{t:,}] is {bit}" for t, bit in step.causes)


def counts_sentence(counts: TargetCounts) -> str:
    """The counts in words, each beside what theory says."""
    n, parts = counts.targets, []
    for number, share, words in (
        (counts.forced, counts.theory_forced, "forced"),
        (counts.pushed, counts.theory_pushed, "pushed one way"),
        (counts.free, 1 - counts.theory_forced - counts.theory_pushed, "free coin flips"),
        (counts.ones, counts.theory_ones, "ones"),
    ):
        if number or share > SURE:
            parts.append(f"{number:,} {words} ({_percent(number / n)}; theory {_percent(share)})")
    return f"Of your {n:,} targets there are {enumeration(parts)}."


def early_sentence(counts: TargetCounts) -> str:
    """Which targets have causes before the series; nothing if none has."""
    if not counts.early:
        return ""
    if counts.early == 1:
        return "The first target (t = 0) has a cause before the series begins."
    which = "0 and 1" if counts.early == 2 else f"0 to {counts.early - 1}"
    return f"The first {counts.early} targets (t = {which}) have causes before the series begins."


def _forced(probabilities: NDArray[np.float64] | np.float64) -> NDArray[np.bool_]:
    return np.asarray(np.minimum(probabilities, 1 - probabilities) <= SURE)


def _free(probabilities: NDArray[np.float64] | np.float64) -> NDArray[np.bool_]:
    return np.asarray(np.abs(probabilities - 0.5) <= SURE)


def _percent(share: float) -> str:
    return f"{100 * max(share, 0.0):.2f}".rstrip("0").rstrip(".") + " %"
