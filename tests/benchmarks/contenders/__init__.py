"""The libraries that train the same networks on the same data: one file each, found by looking.

A contender has a `TITLE`, and `prepare`, which builds and compiles its network and gives a function
that does one update for each of the windows. Data are bits of shape (windows, rows, timesteps).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from rnnlab.settings import Settings

Windows = NDArray[np.uint8]
Epoch = Callable[[], Any]


class Contender(Protocol):
    """A module of this package."""

    TITLE: str

    def prepare(self, settings: Settings, inputs: Windows, targets: Windows) -> Epoch:
        """Build and compile; what is returned trains once through the windows, state carried."""


CONTENDERS: dict[str, Contender] = {
    found.name: cast(Contender, importlib.import_module(f"{__name__}.{found.name}"))
    for found in pkgutil.iter_modules(__path__)
}
