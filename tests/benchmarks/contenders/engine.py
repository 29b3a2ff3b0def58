"""The lab's own engine: as many updates a call as a program holds."""

from __future__ import annotations

import numpy as np

from rnnlab.engine import Program
from rnnlab.settings import Settings
from rnnlab.training import architecture, initial_weights
from tests.benchmarks.contenders import Epoch, Windows

TITLE = "RNN Lab's engine"


def prepare(settings: Settings, inputs: Windows, targets: Windows) -> Epoch:
    """A program of its own, so that compiling is always paid for."""
    compiled = Program(architecture(settings))
    compiled.compile()
    carry = compiled.begin(initial_weights(settings, np.random.default_rng(settings.seed)))
    size = compiled.architecture.capacity

    def epoch() -> None:
        nonlocal carry
        carry = compiled.forget(carry)
        for start in range(0, len(inputs), size):
            carry, _ = compiled.run(
                carry,
                inputs[start : start + size],
                targets[start : start + size],
                learning_rate=settings.learning_rate,
                carry_state=settings.carry_state,
            )

    return epoch
