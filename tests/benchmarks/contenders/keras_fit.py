"""Keras as its guides use it: a model and `fit`, stateful where the state is carried."""

from __future__ import annotations

import numpy as np

from rnnlab.engine import Batches
from rnnlab.models import forget, keras_model
from rnnlab.settings import Settings
from tests.benchmarks.contenders import Turn

TITLE = "Keras fit"


def prepare(settings: Settings, batches: Batches) -> Turn:
    """The model of these settings, traced by a first update.

    Where an epoch is a single update, as many epochs are asked of one `fit`.
    """
    model = keras_model(settings)
    rows, n = settings.rows, len(batches.keep)
    x = batches.inputs.reshape(n * rows, *settings.shape).astype(np.float32)
    y = batches.targets.reshape(n * rows, -1)
    options = {"batch_size": rows, "shuffle": False, "verbose": 0}

    def fit(n_updates: int) -> None:
        forget(model)
        if settings.updates_per_epoch == 1:
            model.fit(x[:rows], y[:rows], epochs=n_updates, **options)
        else:
            model.fit(x[: n_updates * rows], y[: n_updates * rows], **options)

    fit(1)
    return lambda: fit(n)
