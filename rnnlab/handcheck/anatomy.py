"""The anatomy of a network: what flows where, in which shape, and how its numbers are counted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rnnlab.cells import Cell, cell
from rnnlab.knobs import Configuration, Knob, Value, knob
from rnnlab.settings import knobs as shared

Shape = tuple[int, ...]
Weight = tuple[str, Shape]

_ONLY_WITH = {"vocabulary": "embedding", "outputs": "dense"}
"""Knobs that mean something only where another one is on."""


@dataclass(frozen=True)
class Part:
    """One layer, or what goes into the first one.

    `name` is what Keras calls it in a summary, `layer` the call that makes it. `shape` is that of
    its output, the batch first, and `axes` has a word for each of its numbers. `weights` are
    (name, shape) in the order of Keras, `formula` how they are counted: "3·2 + 2 = 8".
    """

    name: str
    layer: str
    shape: Shape
    axes: tuple[str, ...]
    weights: tuple[Weight, ...] = ()
    formula: str = "0"

    @property
    def parameters(self) -> int:
        """How many numbers it learns."""
        return sum(math.prod(shape) for _, shape in self.weights)


@dataclass(frozen=True)
class Anatomy(Configuration):
    """A network of one to three recurrent layers, what it reads and what reads it.

    With `embedding`, words come in as numbers below `vocabulary`, and `features` is how many
    numbers stand for a word. A `SettingError` names what lies out of bounds.
    """

    cell: str = shared.CELL.field(help="What the recurrent layers are made of.")
    units: int = shared.UNITS.field(
        default=32, help="How many numbers a layer says at each step.", high=512
    )
    layers: int = shared.LAYERS.field(help="Recurrent layers above each other.", choices=(1, 2, 3))
    bidirectional: bool = knob(
        False,
        "Bidirectional",
        "A second layer reads the sequence from its end, and both outputs stand side by side.",
        "network",
    )
    return_sequences: bool = knob(
        False,
        "Return sequences",
        "Whether the last recurrent layer gives its output after every step, or only the last.",
        "network",
    )
    embedding: bool = knob(
        True, "Embedding", "Words come in, and a table of vectors turns them to numbers.", "data"
    )
    vocabulary: int = knob(
        10_000, "Vocabulary", "How many words there are.", "data", low=1, high=1_000_000, step=1
    )
    features: int = knob(
        32, "Features", "How many numbers a step, or a word's vector, has.", "data", low=1, high=512
    )
    timesteps: int = knob(500, "Time steps", "How long a sequence is.", "data", low=1, high=1000)
    batch: int = knob(128, "Batch", "How many sequences go in at once.", "data", low=1, high=1024)
    dense: bool = knob(False, "Dense layer", "A dense layer that reads the last output.", "network")
    outputs: int = knob(
        1, "Outputs", "How many numbers the dense layer says.", "network", low=1, high=1000
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
    def parts(self) -> tuple[Part, ...]:
        """The input, then every layer, from what is read first to what is said last."""
        dense = [self._dense()] if self.dense else []
        return (*self._entrance(), *self._recurrent(), *dense)

    @property
    def parameters(self) -> int:
        """How many numbers the whole network learns."""
        return sum(part.parameters for part in self.parts)

    @property
    def code(self) -> str:
        """Python that builds the network with Keras."""
        first, *layers = self.parts
        lines = [f"    keras.{first.layer},", *(f"    layers.{part.layer}," for part in layers)]
        head = "import keras\nfrom keras import layers\n\nmodel = keras.Sequential(["
        return "\n".join([head, *lines, "])", "model.summary()"])

    @property
    def _kind(self) -> Cell:
        return cell(self.cell)

    @property
    def _said(self) -> int:
        """How many numbers a recurrent layer says at each step."""
        return 2 * self.units if self.bidirectional else self.units

    def _entrance(self) -> Iterator[Part]:
        places = (self.batch, self.timesteps)
        read = (*places, self.features)
        axes = ("batch", "timesteps")
        if not self.embedding:
            yield Part("input", f"Input({read[1:]})", read, (*axes, "features"))
            return
        table = (self.vocabulary, self.features)
        yield Part("input", f'Input(({self.timesteps},), dtype="int32")', places, axes)
        yield Part(
            "embedding",
            f"Embedding({self.vocabulary}, {self.features})",
            read,
            (*axes, "features"),
            (("embeddings", table),),
            _sum([table]),
        )

    def _recurrent(self) -> Iterator[Part]:
        features = self.features
        for number in range(self.layers):
            yield self._recurrent_layer(number, features)
            features = self._said

    def _recurrent_layer(self, number: int, features: int) -> Part:
        sequences = self.return_sequences or number < self.layers - 1
        own = self._kind.weight_shapes(features, self.units)
        name, option = self._kind.name, ", return_sequences=True" if sequences else ""
        layer = f"{self._kind.title}({self.units}{option})"
        ways, said = [""], "units"
        if self.bidirectional:
            name, layer = "bidirectional", f"Bidirectional(layers.{layer})"
            ways, said = ["forward ", "backward "], "2 × units"
        return Part(
            f"{name}_{number}" if number else name,
            layer,
            *self._flow(sequences, self._said, said),
            tuple((way + weight, shape) for way in ways for weight, shape in own.items()),
            _sum(list(own.values()), self._kind.n_gates, len(ways)),
        )

    def _dense(self) -> Part:
        shapes = ((self._said, self.outputs), (self.outputs,))
        return Part(
            "dense",
            f"Dense({self.outputs})",
            *self._flow(self.return_sequences, self.outputs, "outputs"),
            tuple(zip(("kernel", "bias"), shapes, strict=True)),
            _sum(list(shapes)),
        )

    def _flow(self, sequences: bool, numbers: int, word: str) -> tuple[Shape, tuple[str, ...]]:
        """Shape and axes of so many numbers after every step, or after the last one."""
        if sequences:
            return (self.batch, self.timesteps, numbers), ("batch", "timesteps", word)
        return (self.batch, numbers), ("batch", word)


def anatomy_sentence(anatomy: Anatomy) -> str:
    """What to look at in the picture of the network."""
    parts = [part for part in anatomy.parts if part.weights]
    most = max(parts, key=lambda part: part.parameters)
    last = anatomy.parts[-1].shape
    share = "all" if len(parts) == 1 else f"{most.parameters / anatomy.parameters:.0%}"
    numbers = f"{last[-1]:,} number{'s' if last[-1] != 1 else ''}"
    when = f"each of its {last[1]:,} steps" if len(last) == 3 else "its last step"
    return (
        f"Of {anatomy.parameters:,} numbers to learn, {share} are in {most.name} "
        f"({most.formula}); none depends on batch or time steps, since every step uses the same "
        f"weights. A sequence gives {numbers} after {when}."
    )


def _sum(shapes: list[Shape], gates: int = 1, ways: int = 1) -> str:
    """How the numbers of weights are counted, each shape a product.

    The last number of each shape has a share for each of the gates, which lie side by side.
    """
    terms = [(*shape[:-1], shape[-1] // gates) for shape in shapes]
    written = " + ".join("·".join(map(str, term)) for term in terms)
    factors = "·".join(str(factor) for factor in (ways, gates) if factor > 1)
    total = ways * sum(map(math.prod, shapes))
    return f"{factors}·({written}) = {total:,}" if factors else f"{written} = {total:,}"
