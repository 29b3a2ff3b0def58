"""Keras as its guides use it: a model and `fit`, stateful where the state is carried."""

from __future__ import annotations

import numpy as np

from rnnlab.engine import Batches
from rnnlab.keras_models.network import compile_for, keras_network, reset_states
from tests.benchmarks.contenders import Job, Turn

TITLE = "Keras fit"


def prepare(job: Job, batches: Batches) -> Turn:
    """The model of this job, traced by a first update.

    Where an epoch is a single update, as many epochs are asked of one `fit`.
    """
    network, rows, n = job.network, job.settings.rows, len(batches.keep)
    carried = rows if job.carry_state else None
    model = keras_network(network, carried, job.timesteps, job.carry_state)
    compile_for(model, network, job.settings)
    kind = np.int32 if network.vocabulary else np.float32
    x = batches.inputs.reshape(n * rows, *network.input_shape(job.timesteps)).astype(kind)
    y = batches.targets.reshape(n * rows, -1)
    options = {"batch_size": rows, "shuffle": False, "verbose": 0}

    def fit(n_updates: int) -> None:
        reset_states(model)
        if job.updates_per_epoch == 1:
            model.fit(x[:rows], y[:rows], epochs=n_updates, **options)
        else:
            model.fit(x[: n_updates * rows], y[: n_updates * rows], **options)

    fit(1)
    return lambda: fit(n)
