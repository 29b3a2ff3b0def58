"""The training engine: TensorFlow programs that do many updates a call, compiled once each.

    operations.py    matrix products, loops over time, activations: what cells are written in
    embedding.py     the lowest layer's products on words
    losses.py        the dense layer, its loss, and the way to its gradients
    window.py        a window through all layers, forward and back
    batches.py       what updates learn from, as a program takes it
    program.py       the compiled loop over updates, one for each architecture
    architecture.py  what a program depends on
    predictor.py     the forward pass alone

The equations of a cell are in its file of `rnnlab.cells`, the optimizers in `rnnlab.optimizers`.
"""

from __future__ import annotations

import threading
from functools import lru_cache

from rnnlab.engine.architecture import Architecture
from rnnlab.engine.batches import Batches, FedBatches, feed
from rnnlab.engine.program import Chunk, Hyperparameters, Program, TrainState

_lock = threading.Lock()


@lru_cache(maxsize=64)
def _cached(architecture: Architecture) -> Program:
    return Program(architecture)


def program(architecture: Architecture) -> Program:
    """The one program of this architecture, which keeps what it has compiled."""
    with _lock:
        return _cached(architecture)


__all__ = [
    "Architecture",
    "Batches",
    "Chunk",
    "FedBatches",
    "Hyperparameters",
    "Program",
    "TrainState",
    "feed",
    "program",
]
