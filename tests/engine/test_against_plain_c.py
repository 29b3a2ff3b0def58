"""The engine against the plain C loop of the benchmark: the same updates, written twice."""

from dataclasses import replace

import numpy as np
import pytest

from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from rnnlab.training.data import Data
from tests.benchmarks.contenders import Job, LeftOutError, engine, plain

UPDATES = 60
ECHO, PAIR, SINE, TOY = (PRESETS[name].settings for name in ("echo", "pair", "sine", "toy"))


@pytest.mark.parametrize(
    "settings",
    [
        ECHO,
        TOY,
        PAIR,
        replace(PAIR, cell="gru", units=5, rows=40, layers=2, optimizer="rmsprop"),
        replace(PAIR, cell="lstm", units=8, rows=30, optimizer="sgd"),
        replace(SINE, units=6),
    ],
    ids=lambda settings: f"{settings.rule}-{settings.cell}-{settings.optimizer}",
)
def test_the_losses_are_those_of_plain_c(settings: Settings):
    job = Job.of(settings)
    batches = Data(settings).batches(0, min(UPDATES, settings.updates))
    try:
        of_c = plain.prepare(job, batches)()
    except LeftOutError as why:
        pytest.skip(str(why))
    of_engine = engine.prepare(job, batches)()
    assert np.ptp(of_c) > 1e-3
    np.testing.assert_allclose(of_engine, of_c, rtol=1e-4, atol=1e-4)
