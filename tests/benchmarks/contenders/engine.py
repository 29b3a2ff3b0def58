"""The lab's own engine: as many updates a call as a program holds."""

from __future__ import annotations

import numpy as np

from rnnlab.engine import Batches, Program
from rnnlab.training.run import hyperparameters
from tests.benchmarks.contenders import Job, Turn

TITLE = "RNN Lab's engine"


def prepare(job: Job, batches: Batches) -> Turn:
    """A program of its own, so that compiling is always paid for."""
    compiled = Program(job.architecture)
    compiled.compile()
    n, size = job.networks, compiled.architecture.capacity
    carry = compiled.begin([job.first_weights] * n)
    constant = hyperparameters(job.settings)._replace(seeds=(job.settings.seed,) * n)
    inputs, targets = (np.repeat(part, n, axis=1) for part in batches[:2])
    batches = batches._replace(inputs=inputs, targets=targets)

    def turn() -> np.ndarray:
        nonlocal carry
        losses = []
        for start in range(0, len(batches.keep), size):
            some = batches.part(start, start + size)
            carry, chunk = compiled.run(carry, some, constant)
            losses.append(chunk.losses[:, 0])
        return np.concatenate(losses)

    return turn
