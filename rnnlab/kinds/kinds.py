"""The kinds of network: what each is, and a task where it wins and one where it does not."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rnnlab.bounds import Bounds
from rnnlab.cells import CELLS
from rnnlab.handcheck.sequential import SequentialModel
from rnnlab.kinds.maps import MEMORY, MapCell
from rnnlab.kinds.measured import measurement
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.knobs import Value
from rnnlab.settings import Settings

NETWORKS = 5
"""How many networks a task is measured with, each with its own seed: one run is an anecdote."""


@dataclass(frozen=True)
class Comparison:
    """A task on which one kind of network (`settings`) is compared with another one (`against`).

    `task` names it, `name` and `other` the two, `why` says what makes the difference. With
    `on_fresh_data` the losses are those on data that the networks were not trained on.
    """

    task: str
    name: str
    other: str
    settings: Settings
    against: Settings
    why: str
    on_fresh_data: bool = False

    @property
    def losses(self) -> tuple[float, float]:
        """What was measured of this kind, and of the other."""
        return self._loss(self.settings), self._loss(self.against)

    @property
    def sentence(self) -> str:
        """What was measured, in words."""
        loss, other_loss = self.losses
        unit = "nats" if self.settings.network.classes else "mean squared error"
        digits = 1 - math.floor(math.log10(min(loss, other_loss)))  # two that count
        both = f"{self.name} **{loss:.{digits}f}**, {self.other} **{other_loss:.{digits}f}** {unit}"
        return f"Loss (lower is better): {both}. {self.why}"

    @property
    def conditions(self) -> str:
        """How it was measured."""
        s = self.settings
        seeds = f"mean of {s.networks} networks" if s.networks > 1 else f"seed {s.seed}"
        data = "on fresh data, after" if self.on_fresh_data else "in the last of"
        return (
            f"{s.network.parameters:,} parameters against {self.against.network.parameters:,}; "
            f"{data} {s.epochs:,} epochs; {seeds}{self._how_many_have_learnt()}."
        )

    def _how_many_have_learnt(self) -> str:
        """How many of each have learnt more than half, where some have not."""
        counts = [
            sum(map(Bounds.of(settings).learnt, run.losses))
            for settings in (self.settings, self.against)
            if (run := measurement(settings)) is not None and run.losses
        ]
        if len(counts) < 2 or min(counts) == self.settings.networks:
            return ""
        n = self.settings.networks
        return (
            f". More than half of what can be learnt was learnt by {counts[0]} of {n} "
            f"({self.name}) and by {counts[1]} of {n} ({self.other})"
        )

    def _loss(self, settings: Settings) -> float:
        run = measurement(settings)
        if run is None:
            return float("nan")
        return run.fresh if self.on_fresh_data and run.fresh is not None else run.loss


@dataclass(frozen=True)
class NetworkKind:
    """A kind of network: its cell, how it is put together, and what it is good for."""

    name: str
    title: str
    sentence: str
    cell: str
    unrolled: Unrolled
    wins: Comparison
    loses: Comparison

    def sequential_model(self, units: int) -> SequentialModel:
        """The network with so many units, reading a number a step and choosing of two classes."""
        return SequentialModel(
            cell=self.cell,
            units=units,
            layers=self.unrolled.layers,
            bidirectional=self.unrolled.bidirectional,
            return_sequences=self.unrolled.answers == "each step",
            dense=True,
            outputs=2,
            embedding=False,
            features=1,
            timesteps=self.unrolled.steps,
            batch=1,
        )


def _of(cell: str = "simple_rnn", /, **values: Value) -> Settings:
    return Settings.of({"cell": cell, "networks": NETWORKS, **values})


def _few_units(cell: str) -> Settings:
    """More to remember than there are units."""
    return _of(
        cell, rule="echo", delay=5, rows=20, fresh_data=True, units=4, window=15,
        learning_rate=0.03, epochs=10,
    )  # fmt: skip


def _parity(cell: str) -> Settings:
    return _of(cell, rule="parity", bits=4, window=10, epochs=8)


def _two_units(layers: int) -> Settings:
    """The pair rule with as little room as can be."""
    return _of(rule="pair", units=2, epochs=8, layers=layers)


def _few_bits(dropout: float) -> Settings:
    """So few bits that they can be learnt by heart."""
    return _of(
        rule="lags", rows=10, length=200, window=20, units=24, layers=2, epochs=150, dropout=dropout
    )


def _plenty(dropout: float) -> Settings:
    """New bits in every epoch: nothing to learn by heart."""
    return _of(
        rule="echo", delay=4, rows=20, fresh_data=True, units=8, layers=2, window=15,
        learning_rate=0.03, epochs=10, dropout=dropout,
    )  # fmt: skip


def _toy(cell: str, **values: Value) -> Settings:
    defaults: dict[str, Value] = {"rule": "toy", "units": 4, "epochs": 2000}
    return _of(cell, **(defaults | values))


def _sine(**values: Value) -> Settings:
    return _of(rule="sine", rows=32, units=4, epochs=4, window=10, **values)


def _far(cell: str) -> Settings:
    return Settings.of(MEMORY.settings(MapCell(cell, 18)).values | {"networks": NETWORKS})


_SIMPLE, _LSTM, _GRU = (CELLS[name].title for name in ("simple_rnn", "lstm", "gru"))

_ROOMY = "An echo with room to spare: say again the bit from 18 steps ago, 24 units for 18 bits"
_TIGHT = "An echo with too little room: say again the bit from 5 steps ago, 4 units for 5 bits"

_PARITY_WHY = (
    "As long as one of the four bits is missing, the others say nothing. So the loss stays high "
    "for a while, and for some LSTMs to the end. Gates that keep numbers do not help where "
    "everything must be calculated anew at every step."
)

KINDS = (
    NetworkKind(
        name="simple_rnn",
        title="Simple",
        sentence="The input and the state before are added up and squashed: that is the new state. "
        "It is also the output, so whatever is to be remembered goes through that sum again at "
        "every step.",
        cell="simple_rnn",
        unrolled=Unrolled(),
        wins=Comparison(
            _ROOMY, _SIMPLE, _LSTM, _far("simple_rnn"), _far("lstm"),
            "Its first weights turn the state without shrinking it, so the gradient still arrives "
            "from far back. See “Why it forgets”.",
        ),
        loses=Comparison(
            _TIGHT, _SIMPLE, _LSTM, _few_units("simple_rnn"),
            _few_units("lstm"),
            "Five bits do not fit well into four numbers that are squashed again at every step.",
        ),
    ),
    NetworkKind(
        name="lstm",
        title="LSTM",
        sentence="Each unit carries two numbers. The forget gate f says how much of the memory c "
        "stays, the input gate i how much is added to it, and the output gate o how much of it "
        "goes into the output h.",
        cell="lstm",
        unrolled=Unrolled(memory=True),
        wins=Comparison(
            _TIGHT, _LSTM, _SIMPLE, _few_units("lstm"),
            _few_units("simple_rnn"),
            "It has a memory beside its output: eight numbers in which to keep five bits.",
        ),
        loses=Comparison(
            "Odd or even, of four bits", _LSTM, _SIMPLE, _parity("lstm"), _parity("simple_rnn"),
            _PARITY_WHY,
        ),
    ),
    NetworkKind(
        name="gru",
        title="GRU",
        sentence="Two gates and no second memory. The update gate z mixes the old state with a new "
        "proposal n; the reset gate r decides how much of the old state the proposal sees.",
        cell="gru",
        unrolled=Unrolled(),
        wins=Comparison(
            "The toy regression", _GRU, _SIMPLE, _toy("gru"), _toy("simple_rnn"),
            "It can add up as it reads: what the update gate keeps is not squashed again.",
        ),
        loses=Comparison(
            _ROOMY, _GRU, _SIMPLE, _far("gru"), _far("simple_rnn"),
            "Its update gate begins half open, so hardly any gradient is left of an input 18 steps "
            "back. See “Why it forgets”.",
        ),
    ),
    NetworkKind(
        name="bidirectional",
        title="Bidirectional",
        sentence="Two layers side by side: one reads from the first step to the last, the other "
        "from the last to the first, and the answer is made from both. So it needs the whole "
        "sequence before it can say anything, and no state is carried from window to window.",
        cell="simple_rnn",
        unrolled=Unrolled(bidirectional=True),
        wins=Comparison(
            "The toy regression", "4 units each way", "8 one way",
            _toy("simple_rnn", bidirectional=True), _toy("simple_rnn", units=8),
            "In both networks the answer is made from eight numbers. But here four of them have "
            "just read the first pair, and need no memory for it.",
        ),
        loses=Comparison(
            "The sine wave", "4 units each way", "4 one way", _sine(bidirectional=True), _sine(),
            "What comes next depends on the last two values. The layer that reads backwards meets "
            "them first, and must keep them for eight more steps.",
        ),
    ),
    NetworkKind(
        name="deep",
        title="Deep",
        sentence="Several recurrent layers, each reading the output of the one below it. Every "
        "layer has a state of its own, so each step is worked on twice before the answer.",
        cell="simple_rnn",
        unrolled=Unrolled(layers=2),
        wins=Comparison(
            "The pair rule, 2 units a layer", "Two layers", "one", _two_units(2), _two_units(1),
            "Two units must keep two bits and compare them as well. With a second layer, the first "
            "one keeps the bits and the second one compares them.",
        ),
        loses=Comparison(
            "The sine wave, 4 units a layer", "Two layers", "one", _sine(layers=2), _sine(),
            "The next value of a sine is a weighted sum of its last two. A second layer squashes "
            "the numbers once more, and training must learn to undo that. (The article takes two "
            "layers here.)",
        ),
    ),
    NetworkKind(
        name="dropout",
        title="With dropout",
        sentence="A deep network. While it trains, a share of each layer's outputs is hidden from "
        "the layer above, different ones at each update. This happens only between layers, never "
        "between time steps: a state with holes would forget.",
        cell="simple_rnn",
        unrolled=Unrolled(layers=2, dropout=True),
        wins=Comparison(
            "Two causes, 2,000 bits again and again", "Half hidden", "nothing hidden",
            _few_bits(0.5), _few_bits(0.0),
            "Without dropout the network learns these bits by heart. Its loss on them falls below "
            "0.4545, the best possible by the rule, and on fresh bits it is worse for that (see "
            "“What it knows”).",
            on_fresh_data=True,
        ),
        loses=Comparison(
            "An echo (say again the bit from 4 steps ago), new bits in every epoch",
            "A fifth hidden", "nothing hidden",
            _plenty(0.2), _plenty(0.0),
            "Where nothing can be learnt by heart, hiding numbers only disturbs the answer.",
        ),
    ),
)  # fmt: skip
"""In teaching order."""

COMPARISONS = tuple(comparison for kind in KINDS for comparison in (kind.wins, kind.loses))
