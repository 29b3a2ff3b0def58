"""A network as a picture: units as circles, weights as lines, and what the units hold step by step.

What is drawn of a layer that is too wide are its strongest units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.insight.states import Excerpt, excerpt_of, gates
from rnnlab.network import Network, layer_weights
from rnnlab.rules import StreamRule, SymbolRule
from rnnlab.settings import Settings

MOST_UNITS = {1: 16, 2: 10, 3: 8}
"""Units of a layer that can be told apart, by how many layers there are."""

MOST_FEATURES = 10
FEWEST_STEPS, MOST_STEPS = 8, 12
"""Time steps that are played: the window's, if it is neither shorter nor longer."""

WARM_UP = 50
"""Steps read before those that are played: the picture is drawn again and again while it learns."""

HUNDREDTHS = 100
"""Numbers travel as whole hundredths, which is as fine as an eye can see."""

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Shown:
    """What is drawn of a network: numbers of units (from 0) of each layer, from below."""

    units: tuple[NDArray[np.int64], ...]
    features: int


def network_picture(settings: Settings, weights: Mapping[str, Floats], step: int) -> dict[str, Any]:
    """The network with these `weights`, which it had after `step` updates.

    `units` are the numbers (from 1) of those drawn of each layer. `kernels` (inputs, units) and
    `recurrent` (units, units) are one a layer, `dense` one a unit of the topmost: what it adds to
    the answer, or to the logit of a 1, or of letters to that of one `answer`. Of a cell with gates
    these are the weights of what is proposed for the state. `inputs` (steps, features), `states`
    and `before` (layers, steps, units), the units' outputs at and before each step, `targets` and
    `said` (steps,), a target's place empty where nothing is asked: whole hundredths.
    """
    network = settings.network
    shown = _shown(network, weights)
    longest = settings.window if _whole_string(settings) else MOST_STEPS + 1
    excerpt = excerpt_of(settings, weights, n_steps=longest, warm_up=WARM_UP)
    steps = _steps(settings, excerpt)
    each = zip(excerpt.layers, shown.units, strict=True)
    outputs = [layer["h"][:, units] for layer, units in each]
    kernels, recurrent = _lines(network, weights, shown)
    return {
        "step": step,
        "units": [(units + 1).tolist() for units in shown.units],
        "kernels": kernels,
        "recurrent": recurrent,
        "dense": _hundredths(_read_out(settings, weights)[shown.units[-1]]),
        "inputs": _hundredths(excerpt.inputs[steps, : shown.features]),
        "states": [_hundredths(values[steps]) for values in outputs],
        "before": [_hundredths(_before(values, excerpt)[steps]) for values in outputs],
        "targets": _hundredths(excerpt.targets[steps]),
        "said": _hundredths(_predicted(settings, excerpt)[steps]),
        "bits": isinstance(settings.data, StreamRule),
        "letters": _letters(settings, excerpt, steps),
        "colors": {"positive": roles.POSITIVE, "negative": roles.NEGATIVE},
    }


def network_sentence(settings: Settings, weights: Mapping[str, Floats]) -> str:
    """What is drawn and what is not, for networks of which not everything is."""
    network, shown = settings.network, _shown(settings.network, weights)
    parts = []
    drawn = len(shown.units[0])
    if drawn < network.units:
        parts.append(
            f"{network.units} units are too many to tell apart: you see the {drawn} of each layer "
            "whose lines to what follows are the strongest."
        )
    if network.cell_type.gates:
        an = "an" if network.cell_type.title.startswith("L") else "a"
        parts.append(
            f"Between two units {an} {network.cell_type.title} has {network.cell_type.n_gates} "
            "weights. The lines are those that propose a new state; gates decide how much of it "
            "is taken."
        )
    if network.bidirectional:
        parts.append("You see the half of it that reads forward.")
    return " ".join(parts)


def _shown(network: Network, weights: Mapping[str, Floats]) -> Shown:
    """The strongest units of each layer by the lines that leave it upward, in order."""
    most = MOST_UNITS[min(network.layers, max(MOST_UNITS))]
    units = []
    for layer in range(1, network.layers + 1):
        if layer == network.layers:
            leaving = weights["dense_kernel"][: network.units]
        else:
            leaving = layer_weights(dict(weights), layer + 1)["kernel"][: network.units]
        strength = np.abs(leaving).sum(axis=1)
        units.append(np.sort(np.argsort(-strength, kind="stable")[:most]))
    return Shown(tuple(units), min(network.features, MOST_FEATURES))


def _lines(
    network: Network, weights: Mapping[str, Floats], shown: Shown
) -> tuple[list[Any], list[Any]]:
    """The kernel and the recurrent kernel of each layer, of the units drawn."""
    below = np.arange(shown.features)
    kernels, recurrent = [], []
    for layer, units in enumerate(shown.units, 1):
        own = layer_weights(dict(weights), layer)
        kernel, between = (_proposal(network, own[name]) for name in ("kernel", "recurrent_kernel"))
        kernels.append(_hundredths(kernel[np.ix_(below, units)]))
        recurrent.append(_hundredths(between[np.ix_(units, units)]))
        below = units
    return kernels, recurrent


def _proposal(network: Network, weight: Floats) -> Floats:
    """The part of a weight that proposes a new state; all of it in a cell without gates."""
    cell = network.cell_type
    if not cell.gates:
        return weight
    proposal = next(symbol for symbol in cell.gates if symbol not in gates(network.cell))
    return np.split(weight, cell.n_gates, axis=1)[cell.gates.index(proposal)]


def _whole_string(settings: Settings) -> bool:
    """Whether the picture plays the end of a string of letters: there it is asked for them."""
    return isinstance(settings.data, SymbolRule) and settings.data.begins_anew


def _predicted(settings: Settings, excerpt: Excerpt) -> Floats:
    """What it says at each step, (steps,): of many answers, the chance of one."""
    if excerpt.letters is None:
        return excerpt.predicted
    return excerpt.letters.predicted[:, settings.symbol_rule.pictured]


def _letters(settings: Settings, excerpt: Excerpt, steps: slice) -> dict[str, Any] | None:
    """What comes in and what is asked for as letters, and which answer the picture shows."""
    if excerpt.letters is None:
        return None
    rule = settings.symbol_rule
    return {
        "inputs": excerpt.letters.inputs[steps],
        "targets": excerpt.letters.targets[steps],
        "answer": rule.answers[rule.pictured],
    }


def _read_out(settings: Settings, weights: Mapping[str, Floats]) -> Floats:
    """What each unit of the topmost layer adds to the answer: for bits, to the logit of a 1."""
    network = settings.network
    dense = weights["dense_kernel"][: network.units]
    if isinstance(settings.data, SymbolRule):
        return dense[:, settings.data.pictured]
    return dense[:, 1] - dense[:, 0] if dense.shape[1] == 2 and network.classes else dense[:, 0]


def _steps(settings: Settings, excerpt: Excerpt) -> slice:
    """The steps that are played: of bits the first, of numbers the last, which are asked for."""
    if not isinstance(settings.data, StreamRule) or _whole_string(settings):
        return slice(max(0, excerpt.n_steps - MOST_STEPS), excerpt.n_steps)
    first = 0 if 0 in excerpt.resets else 1  # the step before it is known
    return slice(first, first + min(max(settings.window, FEWEST_STEPS), MOST_STEPS))


def _before(outputs: Floats, excerpt: Excerpt) -> Floats:
    """The outputs one step before, (steps, units): zero where the state was zero."""
    before = np.roll(outputs, 1, axis=0)
    before[list({0, *excerpt.resets})] = 0.0
    return before


def _hundredths(values: Floats) -> list[Any]:
    """Whole hundredths, and None for what is no number."""
    whole: list[Any] = np.round(HUNDREDTHS * np.nan_to_num(values)).astype(int).tolist()
    if values.ndim == 1 and np.isnan(values).any():
        return [None if missing else n for n, missing in zip(whole, np.isnan(values), strict=True)]
    return whole
