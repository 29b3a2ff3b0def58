"""A Keras `Sequential` of recurrent layers: shapes, how parameters are counted, and its code."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rnnlab.cells import cell
from rnnlab.knobs import Configuration, Knob, Value, knob
from rnnlab.settings import knobs as shared

Shape = tuple[int, ...]
Weight = tuple[str, Shape]

_ONLY_WITH = {"vocabulary": "embedding", "outputs": "dense"}
"""Knobs that mean something only where another one is on."""


@dataclass(frozen=True)
class LayerSummary:
    """One layer, or the input: what a line of Keras' `model.summary()` says, and a little more.

    `name` is what Keras calls it there, `call` the Python that makes it. `shape` is that of its
    output, the batch first, and `axes` has a word for each of its numbers. `weights` are
    (name, shape) in the order of Keras, `formula` how they are counted: "3·2 + 2 = 8".
    """

    name: str
    call: str
    shape: Shape
    axes: tuple[str, ...]
    weights: tuple[Weight, ...] = ()
    formula: str = "0"

    @property
    def parameters(self) -> int:
        """How many numbers the layer learns."""
        return sum(math.prod(shape) for _, shape in self.weights)


@dataclass(frozen=True)
class SequentialModel(Configuration):
    """A network of one to three recurrent layers, what it reads and what reads it.

    With `embedding`, words come in as numbers below `vocabulary`, and `features` is how many
    numbers stand for a word. A `SettingError` names what lies out of bounds.
    """

    cell: str = shared.CELL.field(
        help="The kind of recurrent layer. Keras calls them `SimpleRNN`, `LSTM` and `GRU`."
    )
    units: int = shared.UNITS.field(
        default=32,
        help="How many numbers a layer keeps, and gives out at each step. Not the number of time "
        "steps: the same units are used again at every step. Keras: `units`.",
        high=512,
    )
    layers: int = shared.LAYERS.field(
        help="Recurrent layers above each other. Each but the last must give its output after "
        "every step, or the next one would have no sequence to read.",
        choices=(1, 2, 3),
    )
    bidirectional: bool = knob(
        False,
        "Bidirectional",
        "A second layer reads the sequence from its end, and both outputs stand side by side. "
        "Keras: `Bidirectional`.",
        "network",
    )
    return_sequences: bool = knob(
        False,
        "Return sequences",
        "On: the last recurrent layer gives its output after every step (`return_sequences=True`). "
        "Off: only after the last step. `return_state=True` is something else: then the layer "
        "hands out its last state as well, to start another layer with it.",
        "network",
    )
    embedding: bool = knob(
        True,
        "Embedding",
        "On: words come in, and a table holds a few numbers for each. Keras: `Embedding`.",
        "data",
    )
    vocabulary: int = knob(
        10_000, "Vocabulary", "How many words there are.", "data", low=1, high=1_000_000, step=1
    )
    features: int = knob(
        32,
        "Features",
        "How many numbers come in at each step: those of a word, if there is an embedding.",
        "data",
        low=1,
        high=512,
    )
    timesteps: int = knob(
        500,
        "Time steps",
        "How long a sequence is. No weight depends on it.",
        "data",
        low=1,
        high=1000,
    )
    batch: int = knob(
        128,
        "Batch",
        "How many sequences go in at once. Keras: `batch_size`.",
        "data",
        low=1,
        high=1024,
    )
    dense: bool = knob(
        False,
        "Dense layer",
        "A layer without memory that makes the answer. After a layer that returns sequences it "
        "answers at every step, each time with the same weights. Keras 3 needs no "
        "`TimeDistributed` for that.",
        "network",
    )
    outputs: int = knob(
        1, "Outputs", "How many numbers the dense layer gives.", "network", low=1, high=1000
    )

    @classmethod
    def knobs(cls, values: Mapping[str, Value]) -> dict[str, Knob]:
        """The knobs that matter: a vocabulary only with an embedding, outputs only with a dense."""
        knobs = cls.all_knobs()
        return {
            name: knob
            for name, knob in knobs.items()
            if (switch := _ONLY_WITH.get(name)) is None or values.get(switch, knobs[switch].default)
        }

    @property
    def summary(self) -> tuple[LayerSummary, ...]:
        """The input, then every layer, in the order in which the data pass them."""
        dense = [self._dense()] if self.dense else []
        return (*self._input(), *self._recurrent(), *dense)

    @property
    def parameters(self) -> int:
        """How many numbers the whole network learns."""
        return sum(layer.parameters for layer in self.summary)

    @property
    def code(self) -> str:
        """Python that builds the network with Keras."""
        first, *layers = self.summary
        lines = [f"    keras.{first.call},", *(f"    layers.{layer.call}," for layer in layers)]
        head = "import keras\nfrom keras import layers\n\nmodel = keras.Sequential(["
        return "\n".join([head, *lines, "])", "model.summary()"])

    @property
    def _output_size(self) -> int:
        """The size of a recurrent layer's output at each step."""
        return 2 * self.units if self.bidirectional else self.units

    def _input(self) -> Iterator[LayerSummary]:
        """The input, and with words the embedding that reads it."""
        tokens = (self.batch, self.timesteps)
        vectors = (*tokens, self.features)
        axes = ("batch", "timesteps")
        if not self.embedding:
            yield LayerSummary("input", f"Input({vectors[1:]})", vectors, (*axes, "features"))
            return
        table = (self.vocabulary, self.features)
        yield LayerSummary("input", f'Input(({self.timesteps},), dtype="int32")', tokens, axes)
        yield LayerSummary(
            "embedding",
            f"Embedding({self.vocabulary}, {self.features})",
            vectors,
            (*axes, "features"),
            (("embeddings", table),),
            _count([table]),
        )

    def _recurrent(self) -> Iterator[LayerSummary]:
        features = self.features
        for index in range(self.layers):
            yield self._recurrent_layer(index, features)
            features = self._output_size

    def _recurrent_layer(self, index: int, features: int) -> LayerSummary:
        recurrent = cell(self.cell)
        sequences = self.return_sequences or index < self.layers - 1
        shapes = recurrent.weight_shapes(features, self.units)
        name, option = recurrent.name, ", return_sequences=True" if sequences else ""
        call = f"{recurrent.title}({self.units}{option})"
        directions, axis = [""], "units"
        if self.bidirectional:
            name, call = "bidirectional", f"Bidirectional(layers.{call})"
            directions, axis = ["forward ", "backward "], "2 × units"
        return LayerSummary(
            f"{name}_{index}" if index else name,
            call,
            *self._output(sequences, self._output_size, axis),
            tuple((way + weight, shape) for way in directions for weight, shape in shapes.items()),
            _count(list(shapes.values()), recurrent.n_gates, len(directions)),
        )

    def _dense(self) -> LayerSummary:
        shapes = ((self._output_size, self.outputs), (self.outputs,))
        return LayerSummary(
            "dense",
            f"Dense({self.outputs})",
            *self._output(self.return_sequences, self.outputs, "outputs"),
            tuple(zip(("kernel", "bias"), shapes, strict=True)),
            _count(list(shapes)),
        )

    def _output(self, sequences: bool, size: int, axis: str) -> tuple[Shape, tuple[str, ...]]:
        """Shape and axes of an output of this size after every step, or after the last one."""
        if sequences:
            return (self.batch, self.timesteps, size), ("batch", "timesteps", axis)
        return (self.batch, size), ("batch", axis)


def summary_sentence(model: SequentialModel) -> str:
    """What to look at in the picture of the network."""
    learning = [layer for layer in model.summary if layer.weights]
    largest = max(learning, key=lambda layer: layer.parameters)
    shape = model.summary[-1].shape
    share = "all" if len(learning) == 1 else f"{largest.parameters / model.parameters:.0%}"
    numbers = f"{shape[-1]:,} number{'s' if shape[-1] != 1 else ''}"
    when = f"each of its {shape[1]:,} steps" if len(shape) == 3 else "its last step"
    return (
        f"Of {model.parameters:,} numbers to learn, {share} are in {largest.name} "
        f"({largest.formula}); none depends on batch or time steps, since every step uses the same "
        f"weights. A sequence gives {numbers} after {when}."
    )


def _count(shapes: list[Shape], gates: int = 1, directions: int = 1) -> str:
    """How parameters are counted, each shape a product: "2·(32·32 + 32·32 + 32) = 4,160".

    The last axis of each shape has an equal block for each of the gates.
    """
    terms = [(*shape[:-1], shape[-1] // gates) for shape in shapes]
    products = " + ".join("·".join(map(str, term)) for term in terms)
    factors = "·".join(str(factor) for factor in (directions, gates) if factor > 1)
    total = directions * sum(map(math.prod, shapes))
    return f"{factors}·({products}) = {total:,}" if factors else f"{products} = {total:,}"
