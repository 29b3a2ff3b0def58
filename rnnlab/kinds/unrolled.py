"""A network over time, as a picture: a graph of what stands where, and of what reaches what."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rnnlab.errors import SettingError
from rnnlab.knobs import Configuration, knob
from rnnlab.settings import knobs as shared

Role = Literal["input", "memory", "state", "backward", "output"]
EdgeKind = Literal["up", "time", "dropout", "feedback"]

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
LETTERS: dict[Role, str] = {"memory": "c", "state": "h", "backward": "g"}


@dataclass(frozen=True)
class Node:
    """Something at one time step: an input, a layer's memory or state, or an answer.

    `step` counts from 1 and `level` from 0, the level of the inputs.
    """

    name: str
    label: str
    role: Role
    step: int
    level: int


@dataclass(frozen=True)
class Edge:
    """From one node to another: up, on in time, up through dropout, or an answer fed back."""

    start: str
    end: str
    kind: EdgeKind


class Graph:
    """Nodes by name, and the directed edges between them."""

    def __init__(self, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
        self._leaving: dict[str, list[Edge]] = {node.name: [] for node in nodes}
        self._arriving: dict[str, list[Edge]] = {name: [] for name in self._leaving}
        for edge in edges:
            self._leaving[edge.start].append(edge)
            self._arriving[edge.end].append(edge)

    def descendants(self, name: str) -> frozenset[str]:
        """The nodes that can be reached from this one, itself among them."""
        return self._walk(name, lambda node: {edge.end for edge in self._leaving[node]})

    def ancestors(self, name: str) -> frozenset[str]:
        """The nodes from which this one can be reached, itself among them."""
        return self._walk(name, lambda node: {edge.start for edge in self._arriving[node]})

    def time_distance(self, start: str, end: str) -> int:
        """How many edges in time the shortest path between two nodes has; -1 if there is none."""
        shortest, queue = {start: 0}, deque([start])
        while queue:
            node = queue.popleft()
            for edge in self._leaving[node]:
                length = shortest[node] + (edge.kind in ("time", "feedback"))
                if length < shortest.get(edge.end, len(self._leaving)):
                    shortest[edge.end] = length
                    queue.append(edge.end)
        return shortest.get(end, -1)

    @staticmethod
    def _walk(name: str, neighbours: Callable[[str], set[str]]) -> frozenset[str]:
        visited, queue = {name}, [name]
        while queue:
            unvisited = neighbours(queue.pop()) - visited
            queue += unvisited
            visited |= unvisited
        return frozenset(visited)


@dataclass(frozen=True)
class Unrolled(Configuration):
    """A network of `layers` recurrent layers, drawn over `steps` time steps.

    `reads` and `answers` say at which steps there are inputs and answers: at every one, or only at
    the first or the last. If it is `autoregressive`, each answer is the next step's input. With
    `memory` each layer has, as an LSTM has, a memory c beside the state h that is its output.
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
    autoregressive: bool = knob(False, "Reads its answers", "", "network")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.memory and self.bidirectional:
            raise SettingError(
                "A picture of memories in both directions would be too full to read."
            )

    @property
    def n_levels(self) -> int:
        """How many rows of nodes there are: inputs, layers by direction, answers."""
        return 2 + self.layers * len(self._layer_roles)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node, step by step from below."""
        return tuple(node for step in range(1, self.steps + 1) for node in self._column(step))

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every edge, in the order of the nodes that it ends at."""
        return tuple(edge for node in self.nodes for edge in self._into(node))

    @cached_property
    def graph(self) -> Graph:
        """What reaches what."""
        return Graph(self.nodes, self.edges)

    @property
    def level_titles(self) -> tuple[str, ...]:
        """What each level is, from below."""
        titles = {"memory": "memory"}
        titles |= {"state": "reads on", "backward": "reads back"} if self.bidirectional else {}
        layers = [
            titles.get(role, f"layer {layer}" if self.layers > 1 else "layer")
            for layer in range(1, self.layers + 1)
            for role in self._layer_roles
        ]
        return ("input", *layers, "answer")

    @property
    def sentence(self) -> str:
        """What the last answer knows, and from how far."""
        return self.sentence_of(self.nodes[-1].name)

    def inputs_known(self, name: str) -> tuple[str, ...]:
        """The inputs that a node can know of, in time."""
        return self._with_role("input", self.graph.ancestors(name))

    def outputs_changed(self, name: str) -> tuple[str, ...]:
        """The answers that a node can change, in time."""
        return self._with_role("output", self.graph.descendants(name))

    def sentence_of(self, name: str) -> str:
        """What a node knows, and what it changes."""
        titles = self._titles
        role = next(node.role for node in self.nodes if node.name == name)
        inputs, outputs = self.inputs_known(name), self.outputs_changed(name)
        if role == "output":
            furthest = max(inputs, key=lambda start: self.graph.time_distance(start, name))
            steps = self.graph.time_distance(furthest, name)
            return (
                f"{titles[name]} knows {_range(inputs, titles)}. From {titles[furthest]} it is "
                f"{steps} step{'s' if steps != 1 else ''} through time."
            )
        changes = f"changes {_range(outputs, titles)}" if outputs else "changes no answer"
        if role == "input":
            return f"{titles[name]} {changes}."
        return f"{titles[name]} knows {_range(inputs, titles)} and {changes}."

    @property
    def _output_roles(self) -> tuple[Role, ...]:
        """What of a layer is read above it."""
        return ("state", "backward") if self.bidirectional else ("state",)

    @property
    def _layer_roles(self) -> tuple[Role, ...]:
        """What a layer is drawn as, from below."""
        return ("memory", "state") if self.memory else self._output_roles

    def _column(self, step: int) -> Iterator[Node]:
        subscript = str(step).translate(SUBSCRIPTS)
        if self.reads == "each step" or step == 1:
            yield Node(f"x{step}", f"x{subscript}", "input", step, 0)
        level = 0
        for layer in range(1, self.layers + 1):
            for role in self._layer_roles:
                level += 1
                yield Node(f"{role}{layer}.{step}", LETTERS[role] + subscript, role, step, level)
        if self.answers == "each step" or step == self.steps:
            yield Node(f"y{step}", f"y{subscript}", "output", step, level + 1)

    def _into(self, node: Node) -> Iterator[Edge]:
        """The edges that end here."""
        t = node.step
        if node.role == "output":
            for role in self._output_roles:
                # The layer that reads back has read all at the first step: Keras' last output.
                from_first = role == "backward" and self.answers == "last step"
                yield Edge(f"{role}{self.layers}.{1 if from_first else t}", node.name, "up")
        elif node.role != "input":
            yield from self._into_layer(node)

    def _into_layer(self, node: Node) -> Iterator[Edge]:
        t, layer = node.step, int(node.name.removeprefix(node.role).split(".")[0])
        previous = t + 1 if node.role == "backward" else t - 1
        if 1 <= previous <= self.steps:
            yield Edge(f"{node.role}{layer}.{previous}", node.name, "time")
            if node.role == "memory":
                yield Edge(f"state{layer}.{previous}", node.name, "time")
        if self.memory and node.role == "state":
            yield Edge(f"memory{layer}.{t}", node.name, "up")
        if layer > 1:
            for role in self._output_roles:
                kind: EdgeKind = "dropout" if self.dropout else "up"
                yield Edge(f"{role}{layer - 1}.{t}", node.name, kind)
        elif self.reads == "each step" or t == 1:
            yield Edge(f"x{t}", node.name, "up")
        elif self.autoregressive:
            yield Edge(f"y{t - 1}", node.name, "feedback")

    def _with_role(self, role: Role, names: frozenset[str]) -> tuple[str, ...]:
        return tuple(node.name for node in self.nodes if node.role == role and node.name in names)

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The label of each node, with its layer where there are several."""
        titles = {}
        for node in self.nodes:
            layer = (node.level - 1) // len(self._layer_roles) + 1
            several = self.layers > 1 and node.role in LETTERS
            titles[node.name] = f"{node.label} of layer {layer}" if several else node.label
        return titles


def _range(names: tuple[str, ...], titles: dict[str, str]) -> str:
    first, last = titles[names[0]], titles[names[-1]]
    return first if len(names) == 1 else f"{first} {'to' if len(names) > 2 else 'and'} {last}"
