"""The settings of a training run: every knob it has, and what follows from them.

`Settings` are frozen values made of names and numbers. They are the key of a run in the whole
server, what its link holds, and what a compute process receives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np

from rnnlab.cells.cell import Weights
from rnnlab.cells.initial import FirstWeights
from rnnlab.errors import SettingError
from rnnlab.knobs import Configuration, Knob, Value, knob
from rnnlab.network import Network
from rnnlab.rules import RULES, BitRule, Rule, SampleRule, StreamRule, SymbolRule, make_rule
from rnnlab.rules.bits import NOISE
from rnnlab.rules.own_series import OwnSeries
from rnnlab.rules.series import OwnSeriesRule
from rnnlab.settings import knobs as shared
from rnnlab.settings import memory
from rnnlab.settings.directions import check_directions
from rnnlab.settings.limits import check_size

REMEDY = "take fewer rows, networks, layers or units, or a shorter window"
"""Against too much memory."""

CLIPS = (0.0, 0.1, 0.3, 1.0, 3.0, 10.0)


@dataclass(frozen=True)
class Settings(Configuration):
    """One training run, complete: equal settings give the same curve to the last digit.

    `rule` is a name, and `parameters` are the rule's own knobs as (name, value) pairs: they become
    sorted and complete. `data` is the rule itself. Knobs that the rule fixes take its value. `own`
    are a user's own numbers, for the rule that is about them. Raises `SettingError` for anything
    the lab does not offer.
    """

    rule: str = knob("pair", "Rule", "What there is to learn.", "data", choices=tuple(RULES))
    parameters: tuple[tuple[str, Value], ...] = ()
    own: OwnSeries | None = None
    rows: int = knob(
        250,
        "Rows",
        "How many sequences one update reads side by side. A series of bits is cut into this many "
        "rows. More rows make updates steadier and slower. Keras: `batch_size`.",
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
        "Off: every epoch reads the same series again.",
        "data",
    )
    noise: float = NOISE.field()
    cell: str = shared.CELL.field()
    units: int = shared.UNITS.field()
    layers: int = shared.LAYERS.field()
    bidirectional: bool = shared.BIDIRECTIONAL.field()
    activation: str = shared.ACTIVATION.field()
    dropout: float = shared.DROPOUT.field()
    gain: float = knob(
        1.0,
        "Gain of the first U",
        "The first recurrent kernels U are a rotation times this number. A gradient of a linear "
        "network keeps its length on each step back with 1, fades below 1 and grows above. "
        "Keras: `recurrent_initializer=Orthogonal(gain=…)`.",
        "network",
        low=0.0,
        high=2.0,
        step=0.05,
    )
    unit_forget_bias: bool = knob(
        True,
        "Forget bias 1",
        "On: the forget gates of an LSTM begin with a bias of 1, mostly open, so that it begins by "
        "remembering. Off: with 0, half open. Other cells have none. Keras: `unit_forget_bias`.",
        "network",
    )
    window: int = knob(
        5,
        "Window",
        "How many time steps one update looks at. No gradient reaches back beyond its start, so a "
        "cause that lies further back can hardly be learnt. In Keras the window is the middle "
        "number of the input's shape: (rows, time steps, features).",
        "training",
        low=1,
        high=100,
    )
    carry_state: bool = knob(
        True,
        "Carry the state",
        "On: each window starts with the state in which the window before it ended, as in Keras "
        "with `stateful=True`: right if the windows are pieces of one long series. Off: every "
        "window starts from zero (`stateful=False`, Keras' usual way): right if they have nothing "
        "to do with each other.",
        "training",
    )
    optimizer: str = shared.OPTIMIZER.field()
    learning_rate: float = shared.LEARNING_RATE.field(
        help="How far one update moves the weights. Too small: it learns slowly. Too large: the "
        "loss jumps up and down. Keras: `learning_rate`."
    )
    clip: float = knob(
        0.0,
        "Clip gradients at",
        "A gradient that is longer than this is shortened to this length, so that no single update "
        "moves the weights too far. 0: never. Keras: `global_clipnorm`.",
        "training",
        choices=CLIPS,
    )
    epochs: int = shared.EPOCHS.field()
    networks: int = knob(
        1,
        "Networks",
        "How many networks train at once, each with its own seed. A single run may be luck.",
        "training",
        low=1,
        high=16,
    )
    seed: int = shared.SEED.field(
        help="The number that random numbers start from: those of the data and of the first "
        "weights. The same seed gives the same curve to the last digit. If several networks train, "
        "the others take the next seeds. Keras: `keras.utils.set_random_seed`."
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        rule = make_rule(self.rule, dict(self.parameters))
        for name, value in rule.fixed_settings.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "parameters", tuple(sorted(rule.values.items())))
        if self.bidirectional:
            check_directions(rule, carry_state=self.carry_state)
        check_size(self)
        memory.check_memory(self.peak_bytes, "run", REMEDY)

    @classmethod
    def knobs(cls, values: Mapping[str, Value]) -> dict[str, Knob]:
        """The knobs that the rule among these values leaves open, its own ones right after it."""
        knobs = cls.all_knobs()
        rule = make_rule(str(values.get("rule", knobs["rule"].default)))
        others = {name: knob for name, knob in knobs.items() if name not in rule.fixed_settings}
        if isinstance(rule, SymbolRule):
            others["length"] = replace(others["length"], label="Letters a row")
        return {"rule": knobs["rule"], **rule.all_knobs(), **others}

    @classmethod
    def of(cls, values: Mapping[str, Value], **others: Any) -> Self:
        """Settings from one flat mapping of knob names, the rule's own among them."""
        knobs = cls.all_knobs()
        of_run = {name: value for name, value in values.items() if name in knobs}
        of_rule = {name: value for name, value in values.items() if name not in knobs}
        return cls(parameters=tuple(of_rule.items()), **of_run, **others)  # type: ignore[arg-type]

    @property
    def values(self) -> dict[str, Value]:
        """The value by name of every knob that this rule leaves open, its own among them."""
        chosen = vars(self) | dict(self.parameters)
        return {name: chosen[name] for name in self.open_knobs}

    @cached_property
    def data(self) -> Rule:
        """The rule that makes the data: with its knobs, its noise, and the user's own numbers."""
        rule = make_rule(self.rule, dict(self.parameters))
        if isinstance(rule, BitRule):
            rule = replace(rule, noise=self.noise)
        if isinstance(rule, StreamRule):
            return rule.cut_into(self.window, self.length)
        return replace(rule, own=self.own) if isinstance(rule, OwnSeriesRule) else rule

    @property
    def peak_bytes(self) -> int:
        """The most bytes of memory that a worker takes for the run."""
        return memory.peak_bytes(self)

    @property
    def held_bytes(self) -> int:
        """The most that it still has while others have their turns."""
        return memory.held_bytes(self)

    @property
    def private(self) -> bool:
        """Whether they hold what a visitor has typed or uploaded: a series, or a rule in words."""
        knobs = RULES[self.rule].all_knobs()
        return self.own is not None or any(
            isinstance(value, str) and not knobs[name].choices and value != knobs[name].default
            for name, value in self.parameters
        )

    @property
    def stream_rule(self) -> StreamRule:
        """The rule that makes the data, if it makes a series; else a `SettingError`."""
        if isinstance(rule := self.data, StreamRule):
            return rule
        raise self._other_rule("a series")

    @property
    def fresh_stream(self) -> StreamRule:
        """The same for a single row: its strings begin at multiples of a window."""
        return self.stream_rule.cut_into(self.window, 0)

    @property
    def bit_rule(self) -> BitRule:
        """The rule that makes the data, if it is one on bits; else a `SettingError`."""
        if isinstance(rule := self.data, BitRule):
            return rule
        raise self._other_rule("bits")

    @property
    def symbol_rule(self) -> SymbolRule:
        """The rule that makes the data, if it is one on letters; else a `SettingError`."""
        if isinstance(rule := self.data, SymbolRule):
            return rule
        raise self._other_rule("letters")

    @property
    def sample_rule(self) -> SampleRule:
        """The rule that makes the data, if it is one on numbers; else a `SettingError`."""
        if isinstance(rule := self.data, SampleRule):
            return rule
        raise self._other_rule("numbers")

    def _other_rule(self, data: str) -> SettingError:
        return SettingError(f"The rule '{self.rule}' is about {self.data.consists_of}, not {data}.")

    @property
    def network(self) -> Network:
        """The network that is trained."""
        rule = RULES[self.rule]
        classes = rule.n_answers if isinstance(rule, StreamRule) else 0
        return Network(
            cell=self.cell,
            units=self.units,
            features=self.shape[1],
            outputs=classes or 1,
            layers=self.layers,
            activation=self.activation,
            last_step=not classes,
            classes=bool(classes),
            dropout=self.dropout if self.layers > 1 else 0.0,
            bidirectional=self.bidirectional,
        )

    @property
    def shape(self) -> tuple[int, int]:
        """(timesteps, features) of what the network reads at once."""
        return self.data.shape(self.window)

    def first_weights(self, number: int = 0) -> Weights:
        """The weights that one of the run's networks starts from."""
        rng = np.random.default_rng([self.seed + number, 0])
        return self.network.initial_weights(rng, self.first)

    @property
    def first(self) -> FirstWeights:
        """What is chosen of the first weights."""
        return FirstWeights(self.gain, self.unit_forget_bias)

    def data_epoch(self, epoch: int) -> int:
        """The first epoch (from 0) with this one's data: a series that is not fresh repeats."""
        repeats = isinstance(RULES[self.rule], StreamRule) and not self.fresh_data
        return 0 if repeats else epoch

    def data_generator(self, epoch: int = 0, number: int = 0) -> np.random.Generator:
        """What draws an epoch's series, or the order of its samples, for one of the run's networks.

        The 1 sets it apart from the generator of first weights.
        """
        return np.random.default_rng([self.seed + number, 1, self.data_epoch(epoch)])

    @property
    def updates_per_epoch(self) -> int:
        """How many batches an epoch has."""
        return self.data.updates_per_epoch(self.rows, self.length, self.window)

    @property
    def updates(self) -> int:
        """How many updates the whole run does."""
        return self.updates_per_epoch * self.epochs

    @property
    def work_per_update(self) -> int:
        """A measure of one update's arithmetic: products, to within a small factor."""
        places = self.networks * self.rows * self.shape[0]
        return places * (self.network.parameters + 6 * self.network.width * self.layers)
