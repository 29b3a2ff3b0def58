"""The pair rule as the article's code has it, and as its words do: two different series."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rnnlab.rules import Sequence
from rnnlab.rules.self_pair import FORCED
from rnnlab.settings import Settings
from rnnlab.survey.strip import series_of

NAMES = ("pair", "self-pair")
MOST_BITS = 500_000
"""More are not counted: it would only take time."""

SHARES = {"pair": 1 / 2, "self-pair": FORCED}
"""The exact share of forced steps: two fair flips are equal every other time."""


@dataclass(frozen=True, eq=False)
class Reading:
    """One of the two ways to read the article, made with the seed of some settings.

    `forced` (n_bits,) says where two equal bits leave no choice. `share` of the steps are forced,
    `counted` of those made; who knows the rule loses `loss` nats a step, and `lost` on those made.
    """

    name: str
    series: Sequence
    forced: np.ndarray[tuple[int], np.dtype[np.bool_]]
    share: float
    counted: float
    loss: float
    lost: float


def two_readings(settings: Settings) -> tuple[Reading, Reading]:
    """What the article's code does, and what its words say, both with the pair one step ago."""
    code, words = (_reading(settings, name) for name in NAMES)
    return code, words


def _reading(settings: Settings, name: str) -> Reading:
    of_rule = replace(settings, rule=name, parameters=())
    rule, whole = of_rule.bit_rule, series_of(of_rule)
    series = Sequence(whole.inputs[:MOST_BITS], whole.targets[:MOST_BITS])
    forced = rule.clean_probabilities(series.inputs) != 0.5
    forced[:1] = False  # one bit makes no pair
    truth = rule.target_probabilities(series.inputs)
    said = np.where(series.targets == 1, truth, 1 - truth)
    return Reading(
        name,
        series,
        forced,
        share=SHARES[name],
        counted=float(forced.mean()),
        loss=rule.best_loss(),
        lost=float(-np.log(said).mean()),
    )
