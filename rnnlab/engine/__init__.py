"""The training engine: TensorFlow programs that do many updates a call, compiled once each.

    operations.py    matrix products, loops over time, activations: what cells are written in
    embedding.py     the lowest layer's products on words
    losses.py        the dense layer, its loss, and the way to its gradients
    window.py        a window through all layers, forward and back
    directions.py    what belongs to a layer's directions: side by side, and in time
    pooling.py       what the dense layer reads of the topmost layer
    lengths.py       sequences of unequal length
    batches.py       what updates learn from, as a program takes it
    program.py       the compiled loop over updates, one for each architecture
    state.py         what goes into a program from call to call, and what comes out
    side_by_side.py  several networks on as many cores as are free
    narrow.py        architectures of nearby widths that share a program
    architecture.py  what a program depends on
    compiler.py      what XLA is asked for
    predictor.py     the forward pass alone

The equations of a cell are in its file of `rnnlab.cells`, the optimizers in `rnnlab.optimizers`.
"""

from __future__ import annotations

import threading
from functools import lru_cache

from rnnlab.engine import compiler
from rnnlab.engine.architecture import Architecture
from rnnlab.engine.batches import Batches, FedBatches, feed
from rnnlab.engine.narrow import NarrowProgram, padded
from rnnlab.engine.program import Program
from rnnlab.engine.state import Chunk, Hyperparameters, TrainState, TrainStates

compiler.ask()
_lock = threading.Lock()


@lru_cache(maxsize=64)
def _cached(architecture: Architecture) -> Program:
    return Program(architecture)


def program(architecture: Architecture) -> Program:
    """The program of this architecture, which keeps what it has compiled, as others may need it."""
    wide = padded(architecture)
    with _lock:
        compiled = _cached(wide)
    return compiled if wide == architecture else NarrowProgram(architecture, compiled)


__all__ = [
    "Architecture",
    "Batches",
    "Chunk",
    "FedBatches",
    "Hyperparameters",
    "NarrowProgram",
    "Program",
    "TrainState",
    "TrainStates",
    "feed",
    "program",
]
