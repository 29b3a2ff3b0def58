"""The libraries that train the same networks on the same data: one file each, found by looking.

A contender has a `TITLE`, and `prepare`, which builds and compiles its network and gives a function
that does one update for each of the batches. One whose library is not installed is left out.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any, Protocol, cast

from rnnlab.engine import Batches
from rnnlab.settings import Settings

Turn = Callable[[], Any]


class Contender(Protocol):
    """A module of this package."""

    TITLE: str

    def prepare(self, settings: Settings, batches: Batches) -> Turn:
        """Build and compile; what is returned trains once through the batches."""


def _installed() -> dict[str, Contender]:
    found = {}
    for one in pkgutil.iter_modules(__path__):
        try:
            module = importlib.import_module(f"{__name__}.{one.name}")
        except ModuleNotFoundError as missing:
            print(f"Left out: {one.name} ({missing}).")
        else:
            found[one.name] = cast(Contender, module)
    return found


CONTENDERS = _installed()
