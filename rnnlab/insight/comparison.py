"""Runs beside each other: in which settings they differ, and where they ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rnnlab.knobs import Value
from rnnlab.rules.base import enumeration
from rnnlab.settings import Settings

MOST_RUNS = 5
OWN = "Numbers"
NONE = "–"


@dataclass(frozen=True)
class RunSummary:
    """A run's label, its settings, and its last loss; `None` before it has one.

    `extras` is what else tells it from others, as pairs of label and value: how far it went, say.
    """

    label: str
    settings: Settings
    last_loss: float | None
    extras: tuple[tuple[str, Value], ...] = ()


def setting_differences(runs: Sequence[Settings]) -> Mapping[str, tuple[Value, ...]]:
    """The knobs in which the runs differ, by label, with the value in each run.

    "–" where a run's rule has no such knob.
    """
    labels: dict[str, str] = {}
    for run in runs:
        labels |= {name: knob.label for name, knob in run.open_knobs.items()}
    by_name = {name: tuple(run.values.get(name, NONE) for run in runs) for name in labels}
    differing = {labels[name]: values for name, values in by_name.items() if len(set(values)) > 1}
    if len({run.own for run in runs}) > 1:
        names = (NONE if run.own is None else getattr(run.own, "name", OWN) for run in runs)
        differing[OWN] = tuple(map(str, names))
    return differing


def differences(runs: Sequence[RunSummary]) -> Mapping[str, tuple[Value, ...]]:
    """The same of finished runs, and of what else tells them apart."""
    differing = dict(setting_differences([run.settings for run in runs]))
    for label in dict.fromkeys(label for run in runs for label, _ in run.extras):
        values = tuple(dict(run.extras).get(label, NONE) for run in runs)
        if len(set(values)) > 1:
            differing[label] = values
    return differing


def comparison_sentence(runs: Sequence[RunSummary]) -> str:
    """What the runs differ in, and which one ended lowest."""
    if len(runs) < 2:
        return "Keep a second run, and you can compare the two here."
    differing = list(differences(runs))
    ended = [run for run in runs if run.last_loss is not None]
    if not differing:
        return f"All {len(runs)} runs have the same settings, so their curves are the same."
    sentence = f"The runs differ in {enumeration(label.lower() for label in differing)}."
    if not ended:
        return sentence
    best = min(ended, key=lambda run: run.last_loss if run.last_loss is not None else 0.0)
    return f"{sentence} '{best.label}' ended lowest, at {best.last_loss:.4f}."
