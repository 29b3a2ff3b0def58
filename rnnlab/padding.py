"""Networks of nearby widths as one: the wider one, whose further units are silent.

A unit all of whose weights are zero stays at zero, since every activation is 0 at 0; it adds
nothing to any sum, and the gradient of its weights is zero, so that they stay zero. Only the order
in which a wider sum is added up can differ, which is a matter of the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnlab.network import Network

UNITS = (2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 30, 32, 40, 48, 56, 64)
"""The widths for which something is compiled: close enough that updates take hardly longer."""


def padded(network: Network) -> Network:
    """The network as which this one is computed: of the next of these widths, or itself.

    Itself with dropout, whose masks depend on the width, and with words, whose training is long.
    """
    if network.vocabulary or network.dropout:
        return network
    units = next((width for width in UNITS if width >= network.units), network.units)
    return replace(network, units=units)


def pad(weights: Mapping[str, NDArray[Any]], network: Network) -> dict[str, NDArray[Any]]:
    """The network's weights as those of `padded(network)`: zero wherever a silent unit is met."""
    wide = padded(network)
    return {
        name: _pad(weights[name], shape, network.units, wide.units)
        for name, shape in wide.shapes.items()
    }


def cut(weights: Mapping[str, NDArray[Any]], network: Network) -> dict[str, NDArray[Any]]:
    """The network's own weights, of those of `padded(network)`."""
    wide = padded(network)
    return {
        name: _cut(weights[name], shape, network.units, wide.units)
        for name, shape in network.shapes.items()
    }


def _pad(values: NDArray[Any], shape: tuple[int, ...], units: int, wide: int) -> NDArray[Any]:
    for axis, size in enumerate(shape):
        if size != values.shape[axis]:
            blocks = np.moveaxis(values, axis, -1)
            blocks = blocks.reshape(*blocks.shape[:-1], -1, units)  # gates, or directions, of units
            widths = [(0, 0)] * (blocks.ndim - 1) + [(0, wide - units)]
            blocks = np.pad(blocks, widths)
            values = np.moveaxis(blocks.reshape(*blocks.shape[:-2], size), -1, axis)
    return values


def _cut(values: NDArray[Any], shape: tuple[int, ...], units: int, wide: int) -> NDArray[Any]:
    for axis, size in enumerate(shape):
        if size != values.shape[axis]:
            blocks = np.moveaxis(values, axis, -1)
            blocks = blocks.reshape(*blocks.shape[:-1], -1, wide)[..., :units]
            values = np.moveaxis(blocks.reshape(*blocks.shape[:-2], size), -1, axis)
    return values
