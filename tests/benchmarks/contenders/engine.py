"""The lab's own engine: as many updates a call as a program holds."""

from __future__ import annotations

from rnnlab.engine import Batches, Program
from rnnlab.plan import Plan
from rnnlab.settings import Settings
from rnnlab.training.run import architecture, dials
from tests.benchmarks.contenders import Turn

TITLE = "RNN Lab's engine"


def prepare(settings: Settings, batches: Batches) -> Turn:
    """A program of its own, so that compiling is always paid for."""
    compiled = Program(architecture(settings))
    compiled.compile()
    carry = compiled.begin([settings.first_weights()])
    size = compiled.architecture.capacity
    turned = dials(Plan(settings), 0)

    def turn() -> None:
        nonlocal carry
        for start in range(0, len(batches.keep), size):
            some = Batches(*(part[start : start + size] for part in batches))
            carry, _ = compiled.run(carry, some, turned)

    return turn
