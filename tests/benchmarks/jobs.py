"""What is trained to measure speed: networks on rules, and one on reviews."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnlab.engine import Batches
from rnnlab.network import Network
from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from rnnlab.training.data import Data
from tests.benchmarks.contenders import Job

UPDATES = 400
ECHO, PAIR, LAGS, ADDING, COUNTING = (
    PRESETS[name].settings for name in ("echo", "pair", "lags", "adding", "counting")
)
REVIEWS = Job(
    Settings(rows=128, optimizer="rmsprop", learning_rate=0.001),
    Network(units=32, features=32, outputs=1, last_step=True, vocabulary=10_000),
    timesteps=500,
    carry_state=False,
    updates_per_epoch=20_000 // 128,
)
"""The article's: Embedding(10000, 32), SimpleRNN(32), Dense(1, sigmoid)."""
UPDATES_OF_REVIEWS = 12

JOBS = {
    "echo": Job.of(ECHO),
    "pair": Job.of(PAIR),
    "middle": Job.of(Settings(rows=32, window=12, units=16, length=4800)),
    "toy": Job.of(PRESETS["toy"].settings),
    "sine": Job.of(PRESETS["sine"].settings),
    "pair, LSTM": Job.of(replace(PAIR, cell="lstm", units=16)),
    "pair, GRU": Job.of(replace(PAIR, cell="gru", units=16)),
    "pair, both ways": Job.of(
        replace(PAIR, cell="gru", units=32, bidirectional=True, carry_state=False)
    ),
    "lags, LSTM": Job.of(replace(LAGS, cell="lstm", units=32, layers=2, epochs=1)),
    "lags, GRU": Job.of(replace(LAGS, cell="gru", units=32, layers=2, epochs=1)),
    "adding, LSTM": Job.of(replace(ADDING, cell="lstm", units=16, window=50)),
    "counting": Job.of(COUNTING),
    "imdb": REVIEWS,
}
NETWORKS = 16
"""So many side by side."""
SIDE_BY_SIDE = ("echo", "pair", "middle", "sine", "pair, LSTM")


def data(job: Job) -> Batches:
    """The first batches of a run, or reviews drawn by chance."""
    if job.network.vocabulary:
        return _reviews(job)
    return Data(job.settings).batches(0, min(UPDATES, job.settings.updates))


def _reviews(job: Job) -> Batches:
    """Words about as frequent as in film reviews, zeros before short ones, verdicts by a coin."""
    rng, n = np.random.default_rng(1), UPDATES_OF_REVIEWS
    shape = (n, 1, job.settings.rows)
    lengths = np.exp(rng.normal(5.2, 0.65, shape))  # half of them below 181 words
    words = rng.zipf(1.25, (*shape, job.timesteps)) + 3
    words[words >= job.network.vocabulary] = 2
    words[np.arange(job.timesteps, 0, -1) > lengths[..., None]] = 0
    return Batches(words, rng.integers(2, size=(*shape, 1)), np.zeros(n))
