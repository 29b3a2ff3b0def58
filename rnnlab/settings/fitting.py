"""Rows that fit a short series: an update takes fewer where there are too few samples."""

from __future__ import annotations

from collections.abc import Mapping

from rnnlab.knobs import Value
from rnnlab.rules.own_series import OwnSeries
from rnnlab.rules.series import OwnSeriesRule
from rnnlab.settings.run import Settings

UPDATES_AN_EPOCH = 8
"""How many updates an epoch of a short series has at least."""


def fit_rows(values: Mapping[str, Value], own: OwnSeries) -> tuple[dict[str, Value], str | None]:
    """These values of knobs, with fewer rows if the series has fewer samples than those.

    Beside them stands a sentence about that, None if nothing was changed.
    """
    knobs = Settings.all_knobs()
    rows, window = (int(values.get(name, knobs[name].default)) for name in ("rows", "window"))
    rule = OwnSeriesRule(own)
    n_samples = rule.n_samples(window) if window < rule.n_values() else rows
    if n_samples >= rows:
        return dict(values), None
    fitting = max(1, n_samples // UPDATES_AN_EPOCH)
    sentence = (
        f"Your series has {n_samples} windows to learn from, fewer than the {rows} rows of an "
        f"update: so an update takes {fitting} of them."
    )
    return {**values, "rows": fitting}, sentence
