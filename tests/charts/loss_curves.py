"""The picture of the loss for bounds of every kind, taken apart."""

from __future__ import annotations

import math
import re
from functools import cache

import pytest

from rnnlab.bounds import Bounds
from rnnlab.charts.elements import TABLE
from rnnlab.charts.loss_curve import loss_curve
from rnnlab.settings import Settings


def bits(*lines: tuple[str, float]) -> Bounds:
    """Bounds of bits with these lines, from the top."""
    losses = [loss for _, loss in lines]
    return Bounds(True, losses[0], losses[-1], losses[-1], 1.15 * losses[0], lines)


def three(window: float, best: float) -> Bounds:
    """The lines that every rule on bits has."""
    return bits(("nothing", math.log(2)), ("window", window), ("best", best))


PAIR = three(0.459, 0.34657)
ECHO = Bounds.of(Settings.of({"rule": "echo", "rows": 5, "window": 15}))
LAGS = Bounds.of(Settings(rule="lags", window=20))
SINE = Bounds.of(Settings(rule="sine", rows=32, window=10))
TOY = Bounds.of(Settings(rule="toy"))

EVERY_KIND = pytest.mark.parametrize(
    "bounds", [PAIR, ECHO, LAGS, SINE, TOY], ids=["pair", "echo", "lags", "sine", "toy"]
)
BOTH_SCALES = pytest.mark.parametrize("log", [False, True], ids=["linear", "log"])


@cache
def spec_of(bounds: Bounds = PAIR, epochs: int = 2, *, log: bool = False) -> dict:
    return loss_curve(bounds, updates_per_epoch=400, epochs=epochs, log=log).to_dict()


def layers_with(spec: dict, mark: str, data: str = TABLE) -> list[dict]:
    """The layers drawn with this mark: from the run's table, or from another with the lines."""
    found = [one for one in spec["layer"] if one["mark"]["type"] == mark]
    return [one for one in found if (one["data"]["name"] == TABLE) == (data == TABLE)]


def layer_with(spec: dict, mark: str, data: str = TABLE) -> dict:
    (found,) = layers_with(spec, mark, data)
    return found


def lines_of(bounds: Bounds, *, log: bool = False) -> list[dict]:
    """The lines of theory: the loss and the label of each."""
    spec = spec_of(bounds, log=log)
    return spec["datasets"][layer_with(spec, "rule", "lines")["data"]["name"]]


def labels_of(bounds: Bounds, *, log: bool = False) -> list[str]:
    return [row["label"] for row in lines_of(bounds, log=log) if row["label"]]


def calculated(layer: dict) -> dict[str, str]:
    """The columns that a layer adds to its table, with their formulas."""
    steps = layer.get("transform", [])
    return {one["as"]: one["calculate"] for one in steps if "calculate" in one}


def drawn(layer: dict, channel: str, row: dict) -> float:
    """Where a channel of the layer puts a row of the table."""
    field = layer["encoding"][channel]["field"]
    formula = calculated(layer)[field]
    column, bottom = re.fullmatch(r"max\(datum\.(\w+), ([-+.\de]+)\)", formula).groups()
    return max(row[column], float(bottom))
