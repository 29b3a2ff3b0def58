"""The lab's own engine: as many updates a call as a program holds."""

from __future__ import annotations

from rnnlab.engine import Batches, Program
from rnnlab.training.run import hyperparameters
from tests.benchmarks.contenders import Job, Turn

TITLE = "RNN Lab's engine"


def prepare(job: Job, batches: Batches) -> Turn:
    """A program of its own, so that compiling is always paid for."""
    compiled = Program(job.architecture)
    compiled.compile()
    carry = compiled.begin([job.first_weights])
    size = compiled.architecture.capacity
    constant = hyperparameters(job.settings)

    def turn() -> None:
        nonlocal carry
        for start in range(0, len(batches.keep), size):
            some = Batches(*(part[start : start + size] for part in batches))
            carry, _ = compiled.run(carry, some, constant)

    return turn
