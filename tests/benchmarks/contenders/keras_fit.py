"""Keras as its guides use it: a stateful model and `fit`, an epoch a call."""

from __future__ import annotations

import numpy as np

from rnnlab.models import batches, forget, keras_model
from rnnlab.settings import Settings
from tests.benchmarks.contenders import Epoch, Windows

TITLE = "Keras fit"


def prepare(settings: Settings, inputs: Windows, targets: Windows) -> Epoch:
    """The model of these settings, traced by a first update."""
    model = keras_model(settings)
    x, y = batches(inputs).astype(np.float32), batches(targets)[..., 0]

    def fit(n_rows: int) -> None:
        forget(model)
        model.fit(x[:n_rows], y[:n_rows], batch_size=settings.rows, shuffle=False, verbose=0)

    fit(settings.rows)
    return lambda: fit(len(x))
