"""The training engine: TensorFlow programs that do many updates a call, compiled once each.

`scan`, `products`, `activations`, `directions` are its tools; `words`, `cells`, `pooling`,
`readout`, `optimizers` its mathematics; `stack`, `window` and `program` put them together for an
`architecture`; this module keeps what has been compiled.
"""

from __future__ import annotations

import threading
from functools import lru_cache

from rnnlab.engine.architecture import Architecture
from rnnlab.engine.program import Batches, Carry, Chunk, Dials, Program

_lock = threading.Lock()


@lru_cache(maxsize=64)
def _kept(architecture: Architecture) -> Program:
    return Program(architecture)


def program(architecture: Architecture) -> Program:
    """The one program of this architecture; what it compiled stays for the next who asks."""
    with _lock:
        return _kept(architecture)


__all__ = ["Architecture", "Batches", "Carry", "Chunk", "Dials", "Program", "program"]
