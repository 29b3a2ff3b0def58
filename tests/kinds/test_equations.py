"""The equations of each kind of network, calculated as they stand: they give what it says."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest

from rnnlab.cells import CELLS, cell
from rnnlab.kinds.equations import network_equations
from rnnlab.kinds.kinds import KINDS
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.network import BACKWARD, FORWARD, Network, layer_weights
from rnnlab.reference import forward

STEPS, ROWS, UNITS = 4, 2, 3

NAME = re.compile(
    r"(?P<letter>(?<![a-zA-Z\\\"])[a-zA-Z]'?)(?![a-zA-Z(])"
    r"(?:_(?P<when>t|\{t[-+]1\})|_(?P<gate>\w))?(?:\^\{\((?P<layer>\d)\)\})?"
)
IN_PYTHON = {r"\sigma": "sigmoid", r"\operatorname{softmax}": "softmax", r"\odot": "*", r"\,": " "}
FUNCTIONS = {
    "f": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "softmax": lambda x: np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True),
    "join": lambda *x: np.hstack(x),
}


def in_python(latex: str) -> str:
    """The right side of an equation as an expression: h_{t-1} U becomes at("h", -1) @ w("U")."""

    def named(name: re.Match[str]) -> str:
        letter, when, gate, layer = name.group("letter", "when", "gate", "layer")
        own = f"{letter}{layer or 1}" if letter not in ("x", "y", "V") else letter
        if when:
            return f'at("{own}", {(when.strip("{t}") or "0")})'
        if letter.isupper():
            return f'@ w("{own}", "{gate or ""}")'
        return f'w("{own}", "{gate or ""}")' if letter != "c" else 'w("c", "")'

    for latex_name, python in IN_PYTHON.items():
        latex = latex.replace(latex_name, python)
    text = NAME.sub(named, latex.partition("=")[2])
    return re.sub(r"\[(.*?), (at.*?)\]", r"join(\1, \2)", text)


class Calculation:
    """The values of all quantities by name and time step, one equation after the other."""

    def __init__(self, network: Network, weights, inputs, mask) -> None:
        self.network, self.weights, self.now = network, weights, 0
        self.values = {("x", t): inputs[:, t] for t in range(STEPS)}
        if mask is not None:
            self.values |= {("m1", t): mask[:, t] for t in range(STEPS)}

    def at(self, name: str, offset: int):
        return self.values.get((name, self.now + offset), np.zeros((ROWS, UNITS)))

    def weight(self, name: str, gate: str):
        if name in ("V", "c"):
            return self.weights["dense_kernel" if name == "V" else "dense_bias"]
        own = layer_weights(self.weights, int(name[-1]), BACKWARD if "'" in name else FORWARD)
        value = own[{"W": "kernel", "U": "recurrent_kernel"}.get(name[0], "bias")]
        if name[0] in "bd" and value.ndim == 2:
            value = value["bd".index(name[0])]
        equations = " ".join(self.network.cell_type.equations.values())
        gates = list(dict.fromkeys(re.findall(r"W_(\w)", equations)))
        return np.split(value, len(gates), axis=-1)[gates.index(gate)] if gate else value

    def answers(self, equations: tuple[str, ...]):
        """Every equation at every step; those of the layer that reads back from the last."""
        scope = FUNCTIONS | {"at": self.at, "w": self.weight}
        for group in grouped(equations):
            back = any("'" in line for line in group) and not group[0].startswith("y")
            for self.now in reversed(range(STEPS)) if back else range(STEPS):
                for line in group:
                    target = NAME.match(line)
                    letter, layer = target["letter"], target["layer"] or 1
                    name = letter if letter == "y" else f"{letter}{layer}"
                    self.values[name, self.now] = eval(in_python(line), scope)
        return np.stack([self.values["y", t] for t in range(STEPS)], axis=1)


def grouped(equations: tuple[str, ...]) -> list[list[str]]:
    """The equations of one layer in one direction at a time, as they must be calculated."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for line in equations:
        superscript = NAME.match(line).group("layer") or "1"
        back = "'" in line or (line.startswith("g_t") and "'" in "".join(equations))
        key = ("y", False) if line.startswith("y") else (superscript, back)
        groups.setdefault(key, []).append(line)
    return list(groups.values())


PICTURES = {
    **{kind.name: kind.unrolled for kind in KINDS},
    "three": Unrolled(layers=3),
    "two-both-ways": Unrolled(layers=2, bidirectional=True),
}
CASES = [
    (name, picture)
    for name, picture in product(CELLS, PICTURES)
    if not (name == "lstm" and PICTURES[picture].bidirectional)  # of which there is no picture
]


@pytest.mark.parametrize(("name", "picture"), CASES)
def test_calculated_as_they_stand_they_give_what_the_network_says(name, picture):
    unrolled = PICTURES[picture]
    network = Network(name, UNITS, layers=unrolled.layers, bidirectional=unrolled.bidirectional)
    rng = np.random.default_rng(5)
    weights = {key: rng.normal(size=shape) for key, shape in network.shapes.items()}
    inputs = rng.normal(size=(ROWS, STEPS, 1))
    mask = 2.0 * rng.integers(2, size=(ROWS, STEPS, UNITS)) if unrolled.dropout else None
    expected = forward(network, weights, inputs, masks=None if mask is None else (mask,))
    found = Calculation(network, weights, inputs, mask)
    answers = found.answers(network_equations(name, unrolled))
    np.testing.assert_allclose(answers, expected.predicted, rtol=1e-9)


def test_each_kind_has_equations_of_its_own():
    shown = [network_equations(kind.cell, kind.unrolled) for kind in KINDS]
    assert len(set(shown)) == len(KINDS)
    for kind, lines in zip(KINDS, shown, strict=True):
        directions = 2 if kind.unrolled.bidirectional else 1
        assert len(lines) == 1 + directions * kind.unrolled.layers * len(cell(kind.cell).equations)
        assert any(r"m_t" in line for line in lines) == kind.unrolled.dropout
