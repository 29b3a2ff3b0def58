"""Who counts? Four kinds of network, ten seeds each, on blocks longer than any they learnt from.

The claim is that of Weiss, Goldberg & Yahav 2018 (arXiv 1805.04908): LSTMs and simple networks with
ReLU count, GRUs and simple networks with tanh do not. `counting.json` holds what was measured;
`rnnlab.makers.counting_record` measures it again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from statistics import median

from rnnlab.insight.counting import MOST_COUNTED
from rnnlab.knobs import Value
from rnnlab.settings import Settings

RECORD = Path(__file__).with_suffix(".json")

SEEDS = 10
KNOBS: dict[str, Value] = {
    "rule": "counting",
    "rows": 25,
    "length": 2000,
    "window": 40,
    "units": 8,
    "epochs": 20,
    "fresh_data": True,
    "networks": SEEDS,
}
COUNTERS: dict[str, Settings] = {
    "LSTM": Settings.of({**KNOBS, "cell": "lstm"}),
    "SimpleRNN, ReLU": Settings.of({**KNOBS, "activation": "relu", "clip": 1.0}),
    "GRU": Settings.of({**KNOBS, "cell": "gru"}),
    "SimpleRNN, tanh": Settings.of(KNOBS),
}
"""Those that should count, and then those that should not. Without clipping, ReLU blows up."""

CLAIMED = ("LSTM", "SimpleRNN, ReLU")

LEARNT = 10
"""Ones in the longest block that is learnt from."""


@dataclass(frozen=True)
class Counted:
    """What the networks of a kind reached, in the order of their seeds.

    `losses` are means over the last epoch, in nats; `counts` say for each network up to which n it
    reads every block of n ones and n zeros right, at most `MOST_COUNTED`.
    """

    losses: tuple[float, ...]
    counts: tuple[int, ...]

    @property
    def beyond(self) -> int:
        """How many networks count further than any block that they learnt from."""
        return sum(count > LEARNT for count in self.counts)

    @property
    def middle(self) -> float:
        """The median of the counts."""
        return median(self.counts)


@cache
def recorded() -> dict[str, Counted]:
    """The record that travels with the lab, by the name of the kind."""
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    return {
        name: Counted(tuple(run["losses"]), tuple(run["counts"])) for name, run in record.items()
    }


def write(record: Mapping[str, Counted], file: Path = RECORD) -> None:
    """Write a record, one kind a line."""
    lines = [f"{json.dumps(name)}: {json.dumps(asdict(run))}" for name, run in record.items()]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


def counting_sentence(record: Mapping[str, Counted]) -> str:
    """What the record says of the claim, in its own numbers."""
    further = ", ".join(f"{name} {run.beyond}" for name, run in record.items())
    furthest = max(max(run.counts) for run in record.values())
    reached = (
        f"Some go on to the longest block that was tried, {MOST_COUNTED}."
        if furthest == MOST_COUNTED
        else f"The furthest counts to {furthest}."
    )
    should = min(record[name].middle for name in CLAIMED)
    should_not = max(run.middle for name, run in record.items() if name not in CLAIMED)
    orders = (
        "In the middle of ten seeds those that should count come further than those that should "
        "not: so far the claim holds here."
        if should > should_not
        else "In the middle of ten seeds those that should count do not all come further than "
        "those that should not: trained like this, the claim does not show here."
    )
    return (
        f"Of {SEEDS} networks each, so many count further than the {LEARNT} ones of their longest "
        f"training block: {further}. {reached} {orders}"
    )
