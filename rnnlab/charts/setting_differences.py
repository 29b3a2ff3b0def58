"""In which settings runs differ, in words: as a table of labels, and as the name of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rnnlab.cells import cell
from rnnlab.knobs import Value
from rnnlab.presets import preset_for
from rnnlab.settings import Settings

OWN = "Numbers"
NONE = "–"

MOST_NAMED = 2
"""Differences that a name tells; of more it says how many."""
LONGEST = 24
"""Characters of a value in a name."""


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


def full_name(settings: Settings) -> str:
    """What a run is called that follows no other: by its question, or by its rule and network."""
    preset = preset_for(settings)
    if preset is not None:
        return preset.title
    return f"{settings.data.title}, {cell(settings.cell).title}({settings.units})"


def changes(before: Settings, now: Settings) -> str:
    """What was changed from one run to the next, such as "units 6 → 2"; "" for nothing.

    Another question has a name of its own.
    """
    differing = setting_differences([before, now])
    if before.rule != now.rule or (len(differing) > MOST_NAMED and preset_for(now) is not None):
        return full_name(now)
    named = [
        f"{label[0].lower()}{label[1:]} {_short(old)} → {_short(new)}"
        for label, (old, new) in list(differing.items())[:MOST_NAMED]
    ]
    more = len(differing) - len(named)
    return ", ".join([*named, f"{more} more"] if more else named)


def as_text(value: object) -> str:
    """A value of a knob to read."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _short(value: object) -> str:
    text = as_text(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
