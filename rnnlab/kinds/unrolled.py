"""A network over time, as a picture: what stands where, and what reaches what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rnnlab.errors import SettingError
from rnnlab.kinds.ways import Arrow, Role, Spot, Way, Ways
from rnnlab.knobs import Configuration, knob
from rnnlab.settings import knobs as shared

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
LETTERS = {"memory": "c", "state": "h", "back": "g"}


@dataclass(frozen=True)
class Unrolled(Configuration):
    """A network of `layers` recurrent layers, drawn over `steps` time steps.

    `reads` and `answers` say at which steps something comes in and something is said: at every
    one, or only at the first or the last. With `again` each answer is read at the next step. With
    `memory` each layer has, as an LSTM has, a memory c beside the state h that it says.
    Raises `SettingError` for numbers that make no picture.
    """

    steps: int = knob(
        4, "Time steps", "How many copies of the network are drawn.", "data", low=2, high=8
    )
    layers: int = shared.LAYERS.field(help="Recurrent layers above each other.", choices=(1, 2, 3))
    bidirectional: bool = knob(
        False, "Both directions", "A second layer reads from the end to the start.", "network"
    )
    memory: bool = knob(False, "Memory", "A memory beside the state, as in an LSTM.", "network")
    dropout: bool = knob(
        False, "Dropout", "Some of what a layer says is hidden from the layer above.", "network"
    )
    reads: str = knob("each step", "Reads at", "", "data", choices=("each step", "first step"))
    answers: str = knob("each step", "Answers at", "", "data", choices=("each step", "last step"))
    again: bool = knob(False, "Reads its answers", "", "network")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.memory and self.bidirectional:
            raise SettingError(
                "A picture of memories in both directions would be too full to read."
            )

    @property
    def levels(self) -> int:
        """How many rows of spots there are: inputs, layers by direction, answers."""
        return 2 + self.layers * len(self._rows)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every spot, step by step from below, with its words."""
        return tuple(
            Spot(one.name, one.label, one.role, one.step, one.level, self._words(one.name))
            for one in self._bare
        )

    @cached_property
    def arrows(self) -> tuple[Arrow, ...]:
        """Every arrow, in the order of the spots that it ends at."""
        return tuple(arrow for one in self._bare for arrow in self._into(one))

    def lit(self, name: str) -> frozenset[str]:
        """The spots on a way that goes through this one: all that reaches it, all it reaches."""
        return self.reaching(name) | self.reached(name)

    def reaching(self, name: str) -> frozenset[str]:
        """The spots from which arrows lead to this one, itself among them."""
        return self._ways.reaching(name)

    def reached(self, name: str) -> frozenset[str]:
        """The spots to which arrows lead from this one, itself among them."""
        return self._ways.reached(name)

    @property
    def sides(self) -> tuple[str, ...]:
        """What each level is, from below."""
        names = {"memory": "memory"}
        names |= {"state": "reads on", "back": "reads back"} if self.bidirectional else {}
        layers = [
            names.get(role, f"layer {layer}" if self.layers > 1 else "layer")
            for layer in range(1, self.layers + 1)
            for role in self._rows
        ]
        return ("input", *layers, "answer")

    @property
    def sentence(self) -> str:
        """What the last answer knows, and from how far."""
        return self.spots[-1].words

    def before(self, name: str) -> tuple[str, ...]:
        """The inputs that a spot can know of, in time."""
        return self._of("input", self.reaching(name))

    def after(self, name: str) -> tuple[str, ...]:
        """The answers that a spot can change, in time."""
        return self._of("output", self.reached(name))

    def distance(self, start: str, end: str) -> int:
        """How many arrows in time the shortest way between two spots has; -1 if there is none."""
        return self._ways.distance(start, end)

    @property
    def _said(self) -> tuple[Role, ...]:
        """What of a layer is read above it."""
        return ("state", "back") if self.bidirectional else ("state",)

    @property
    def _rows(self) -> tuple[Role, ...]:
        """What a layer is drawn as, from below."""
        return ("memory", "state") if self.memory else self._said

    @cached_property
    def _bare(self) -> tuple[Spot, ...]:
        return tuple(one for step in range(1, self.steps + 1) for one in self._column(step))

    def _column(self, step: int) -> Iterator[Spot]:
        below = str(step).translate(SUBSCRIPTS)
        if self.reads == "each step" or step == 1:
            yield Spot(f"x{step}", f"x{below}", "input", step, 0)
        level = 0
        for layer in range(1, self.layers + 1):
            for role in self._rows:
                level += 1
                yield Spot(f"{role}{layer}.{step}", LETTERS[role] + below, role, step, level)
        if self.answers == "each step" or step == self.steps:
            yield Spot(f"y{step}", f"y{below}", "output", step, level + 1)

    def _into(self, spot: Spot) -> Iterator[Arrow]:
        """The arrows that end here."""
        t = spot.step
        if spot.role == "output":
            for role in self._said:
                # Who reads back has read all at the first step: Keras' last output of it.
                from_first = role == "back" and self.answers == "last step"
                yield Arrow(f"{role}{self.layers}.{1 if from_first else t}", spot.name, "up")
        elif spot.role != "input":
            yield from self._into_state(spot)

    def _into_state(self, spot: Spot) -> Iterator[Arrow]:
        t, layer = spot.step, int(spot.name.removeprefix(spot.role).split(".")[0])
        before = t + 1 if spot.role == "back" else t - 1
        if 1 <= before <= self.steps:
            yield Arrow(f"{spot.role}{layer}.{before}", spot.name, "time")
            if spot.role == "memory":
                yield Arrow(f"state{layer}.{before}", spot.name, "time")
        if self.memory and spot.role == "state":
            yield Arrow(f"memory{layer}.{t}", spot.name, "up")
        if layer > 1:
            way: Way = "dropout" if self.dropout else "up"
            for role in self._said:
                yield Arrow(f"{role}{layer - 1}.{t}", spot.name, way)
        elif self.reads == "each step" or t == 1:
            yield Arrow(f"x{t}", spot.name, "up")
        elif self.again:
            yield Arrow(f"y{t - 1}", spot.name, "again")

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self._bare, self.arrows)

    def _of(self, role: Role, names: frozenset[str]) -> tuple[str, ...]:
        return tuple(one.name for one in self._bare if one.role == role and one.name in names)

    def _words(self, name: str) -> str:
        labels = self._titles
        role = next(one.role for one in self._bare if one.name == name)
        known, felt = self.before(name), self.after(name)
        if role == "output":
            far = max(known, key=lambda one: self.distance(one, name))
            steps = self.distance(far, name)
            return (
                f"{labels[name]} knows {_range(known, labels)}. From {labels[far]} it is "
                f"{steps} step{'s' if steps != 1 else ''} through time."
            )
        said = f"changes {_range(felt, labels)}" if felt else "changes no answer"
        if role == "input":
            return f"{labels[name]} {said}."
        return f"{labels[name]} knows {_range(known, labels)} and {said}."

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {one.name: self._title(one) for one in self._bare}

    def _title(self, spot: Spot) -> str:
        """The label, with its layer where there are several."""
        layer = (spot.level - 1) // len(self._rows) + 1
        many = self.layers > 1 and spot.role in LETTERS
        return f"{spot.label} of layer {layer}" if many else spot.label


def _range(names: tuple[str, ...], labels: dict[str, str]) -> str:
    first, last = labels[names[0]], labels[names[-1]]
    return first if len(names) == 1 else f"{first} {'to' if len(names) > 2 else 'and'} {last}"
