"""A plain C loop over the same updates on one core, compiled on the spot: the floor."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from rnnlab.engine import Batches
from rnnlab.engine.architecture import pack
from rnnlab.optimizers import OPTIMIZERS
from tests.benchmarks.contenders import Job, LeftOutError, Turn

TITLE = "plain C"

SOURCE = Path(__file__).with_suffix(".c")
FLAGS = ("-O3", "-march=native", "-fno-math-errno", "-fno-trapping-math", "-shared", "-fPIC")
GATES = {"simple_rnn": 1, "gru": 3, "lstm": 4}
NUMBERS = {"sgd": 0, "adagrad": 1, "rmsprop": 2, "adam": 3}


def prepare(job: Job, batches: Batches) -> Turn:
    """The same network from the same weights, compiled for this job alone."""
    network, optimizer = job.network, OPTIMIZERS[job.settings.optimizer]
    if network.bidirectional or network.vocabulary or job.networks > 1:
        raise LeftOutError("C has one network, of numbers, in one direction")
    library = ctypes.CDLL(str(_compiled(_sizes(job))))
    x = _floats(np.moveaxis(batches.inputs[:, 0], 1, -1))  # (updates, steps, features, rows)
    y = _floats(np.moveaxis(batches.targets[:, 0], 1, -1))  # (updates, steps read, rows)
    keep, losses = _floats(batches.keep), _floats(np.zeros(len(batches.keep)))
    weights = _floats(pack(job.first_weights, network.shapes))
    slots = _floats(np.multiply.outer((*optimizer.initial_slots, 0, 0), np.ones_like(weights)))
    count = ctypes.c_int(0)

    def turn() -> np.ndarray:
        data = (array.ctypes.data_as(ctypes.c_void_p) for array in (x, y, keep, weights, slots))
        rate = ctypes.c_float(job.settings.learning_rate)
        into = losses.ctypes.data_as(ctypes.c_void_p)
        library.train(len(losses), *data, rate, ctypes.byref(count), into)
        return losses

    return turn


def _floats(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values, np.float32)


def _sizes(job: Job) -> dict[str, int]:
    network = job.network
    return {
        "ROWS": job.settings.rows,
        "STEPS": job.timesteps,
        "FEATURES": network.features,
        "UNITS": network.units,
        "LAYERS": network.layers,
        "OUTPUTS": network.outputs,
        "READ": job.architecture.timesteps_read,
        "GATES": GATES[network.cell],
        "LOSS": (1 if network.sigmoid else 2) if network.classes else 0,
        "OPTIMIZER": NUMBERS[job.settings.optimizer],
    }


def _compiled(sizes: dict[str, int]) -> Path:
    compiler = shutil.which(os.environ.get("CC", "cc"))
    if compiler is None:
        raise LeftOutError("there is no C compiler")
    library = Path(tempfile.mkdtemp()) / "plain.so"
    defined = [f"-D{name}={size}" for name, size in sizes.items()]
    subprocess.run([compiler, *FLAGS, *defined, SOURCE, "-o", library, "-lm"], check=True)
    return library
