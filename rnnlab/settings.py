"""Every knob of a training run, once: its default, range and words; and the run's settings.

`Settings` are frozen values made of names and numbers. They are the key of a run in the whole
server, what its link holds, and what a compute process receives.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, Self

from rnnlab.cells import CELLS, cell
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.errors import SettingError
from rnnlab.knobs import Knob, Value
from rnnlab.rules import RULES, rule

OPTIMIZERS = ("sgd", "adagrad", "rmsprop", "adam")
LEARNING_RATES = tuple(
    round(digit * 10.0**power, 4) for power in range(-4, 1) for digit in (1, 2, 3, 5)
)

MOST_BITS = 5_000_000
MOST_UPDATES = 500_000
MOST_WORK = 6e11
"""Products of one run: about ten minutes on two cores."""


def knob(default: Value, label: str, help: str, topic: str, **limits: Any) -> Any:  # noqa: A002
    """A field of `Settings` that a person can set."""
    return field(default=default, metadata={"knob": Knob(default, label, help, topic, **limits)})


@dataclass(frozen=True)
class Settings:
    """One training run, complete: equal settings give the same curve to the last digit.

    `parameters` are the rule's own knobs as sorted (name, value) pairs; a mapping is taken too,
    and what it lacks is filled in. Raises `SettingError` for anything the lab does not offer.
    """

    rule: str = knob("pair", "Rule", "What hides in the coin flips.", "data", choices=tuple(RULES))
    parameters: Any = ()
    rows: int = knob(
        250,
        "Rows",
        "The series is cut into this many rows, and one update sees a window of every row. "
        "More rows: steadier but slower updates.",
        "data",
        low=1,
        high=500,
    )
    length: int = knob(
        2000, "Bits a row", "How long each row is.", "data", low=100, high=20_000, step=100
    )
    fresh_data: bool = knob(
        False,
        "New data every epoch",
        "On: new coin flips in every epoch, so nothing can be learnt by heart. "
        "Off: the same series again and again.",
        "data",
    )
    cell: str = knob(
        "simple_rnn", "Cell", "The kind of recurrent layer.", "network", choices=tuple(CELLS)
    )
    units: int = knob(
        6,
        "Units",
        "How many numbers the network can remember from one step to the next.",
        "network",
        low=1,
        high=64,
    )
    activation: str = knob(
        "tanh",
        "Activation",
        "What squashes the state. tanh keeps it between -1 and 1; relu and linear do not, "
        "and can run away.",
        "network",
        choices=tuple(ACTIVATIONS),
    )
    window: int = knob(
        5,
        "Window",
        "How many time steps one update looks at. Gradients are cut at its start: a cause that "
        "lies further back cannot be learnt.",
        "training",
        low=1,
        high=100,
    )
    carry_state: bool = knob(
        True,
        "Carry the state",
        "On: a window starts with the state in which the one before it ended. "
        "Off: every window starts from zero.",
        "training",
    )
    optimizer: str = knob(
        "adam", "Optimizer", "How a gradient becomes a step.", "training", choices=OPTIMIZERS
    )
    learning_rate: float = knob(
        0.01,
        "Learning rate",
        "How large the steps are. Too small: slow. Too large: it jumps about.",
        "training",
        choices=LEARNING_RATES,
    )
    epochs: int = knob(
        15, "Epochs", "How often to go through the rows.", "training", low=1, high=200
    )
    seed: int = knob(
        1,
        "Seed",
        "Where the random numbers start: data and first weights. The same seed gives the same "
        "curve to the last digit.",
        "training",
        low=0,
        high=9999,
    )

    def __post_init__(self) -> None:
        for name, one in KNOBS.items():
            object.__setattr__(self, name, one.check(getattr(self, name)))
        own = rule(self.rule).check(dict(self.parameters))
        object.__setattr__(self, "parameters", tuple(sorted(own.items())))
        self._check_size()

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> Self:
        """Settings from one flat mapping of knob names, the rule's own among them."""
        shared = {name: value for name, value in values.items() if name in KNOBS}
        own = {name: value for name, value in values.items() if name not in KNOBS}
        return cls(parameters=own, **shared)  # type: ignore[arg-type]

    @property
    def values(self) -> dict[str, Value]:
        """Every knob's value by name, the rule's own among them."""
        return {name: getattr(self, name) for name in KNOBS} | dict(self.parameters)

    @property
    def updates_per_epoch(self) -> int:
        """How many whole windows fit into a row."""
        return self.length // self.window

    @property
    def updates(self) -> int:
        """How many updates the whole run does."""
        return self.updates_per_epoch * self.epochs

    @property
    def work_per_update(self) -> int:
        """A measure of one update's arithmetic: products, to within a small factor."""
        shapes = cell(self.cell).weight_shapes(1, self.units).values()
        return self.rows * self.window * (sum(map(math.prod, shapes)) + 6 * self.units)

    def to_query(self) -> dict[str, str]:
        """The link to this run: the knobs that differ from their defaults, as Streamlit writes."""
        defaults = {name: one.default for name, one in knobs_for(self.rule).items()}
        return {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in self.values.items()
            if value != defaults[name]
        }

    def _check_size(self) -> None:
        if self.updates == 0:
            raise SettingError(
                f"A window of {self.window} steps does not fit into rows of {self.length} bits."
            )
        bits = self.rows * self.length
        if bits > MOST_BITS:
            raise SettingError(
                f"Rows times bits a row may be at most {MOST_BITS:,}, but it is {bits:,}."
            )
        if self.updates > MOST_UPDATES:
            raise SettingError(
                f"One run may do at most {MOST_UPDATES:,} updates, but these settings ask for "
                f"{self.updates:,}: take fewer epochs or a longer window."
            )
        share = self.updates * self.work_per_update / MOST_WORK
        if share > 1:
            raise SettingError(
                f"These settings ask for {share:.1f} times the work that one run may do: take "
                "fewer epochs, rows or units."
            )


def _knob_of(one: Field[Any]) -> Knob | None:
    found = one.metadata.get("knob")
    assert found is None or one.default is not MISSING  # noqa: S101
    return found


KNOBS: dict[str, Knob] = {
    one.name: found for one in fields(Settings) if (found := _knob_of(one)) is not None
}
"""The knobs that every run has, by field name."""


def knobs_for(rule_name: str) -> dict[str, Knob]:
    """The knobs of runs with this rule: the rule's own right after the choice of the rule."""
    return {"rule": KNOBS["rule"], **rule(rule_name).knobs, **KNOBS}
