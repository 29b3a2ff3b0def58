"""The equations of a network: those of its cell, for every layer and direction, and the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from rnnlab.cells import cell
from rnnlab.kinds.unrolled import Unrolled

_NAME = re.compile(r"(?<![a-zA-Z\\])([a-zA-Z])(?![a-zA-Z(])((?:_(?:\w|\{t-1\}))?)")
"""A quantity (h_t, h_{t-1}) or a weight (W, U_i, b), in the LaTeX of a cell."""

BACKWARD = "'"
"""Marks what belongs to the layer that reads back; its state is g, as in the picture."""


def network_equations(cell_name: str, unrolled: Unrolled) -> tuple[str, ...]:
    """LaTeX lines for one time step of the network in this picture, from below.

    With several layers each has its number as a superscript. m are the masks of dropout: 0 where a
    number is hidden, 1 / (1 - share) elsewhere.
    """
    return (*_layers(cell_name, unrolled), _answer(unrolled))


def _layers(cell_name: str, unrolled: Unrolled) -> Iterator[str]:
    for layer in range(1, unrolled.layers + 1):
        inputs = "x_t" if layer == 1 else _output(unrolled, layer - 1)
        if layer > 1 and unrolled.dropout:
            inputs = rf"(m_t \odot {inputs})"
        for back in (False, True) if unrolled.bidirectional else (False,):
            for line in cell(cell_name).equations.values():
                yield _NAME.sub(partial(_named, unrolled, layer, back, inputs), line)


def _named(unrolled: Unrolled, layer: int, back: bool, inputs: str, name: re.Match[str]) -> str:
    """A name of the cell's equations as it is called in this layer and direction."""
    letter, subscript = name.groups()
    if letter == "x":
        return inputs
    if back:
        subscript = subscript.replace("-1", "+1")
        letter = "g" if letter == "h" else letter + BACKWARD
    return f"{letter}{subscript}{_superscript(unrolled, layer)}"


def _output(unrolled: Unrolled, layer: int) -> str:
    """What a layer says."""
    own = _superscript(unrolled, layer)
    return f"[h_t{own}, g_t{own}]" if unrolled.bidirectional else f"h_t{own}"


def _superscript(unrolled: Unrolled, layer: int) -> str:
    return f"^{{({layer})}}" if unrolled.layers > 1 else ""


def _answer(unrolled: Unrolled) -> str:
    return rf"y_t = \operatorname{{softmax}}({_output(unrolled, unrolled.layers)} \, V + c)"
