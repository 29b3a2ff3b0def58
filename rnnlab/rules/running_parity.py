"""The running parity: is the number of ones so far odd?"""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.rules.state_machine import Machine, MachineState
from rnnlab.rules.strings import StringRule


@dataclass(frozen=True)
class RunningParityRule(StringRule):
    """y[t] = x[1] XOR ... XOR x[t], from the beginning of the string on.

    Without the beginning nothing is known, however much of the rest: each bit counts for ever.
    Parity is the first of the warm-ups in OpenAI's "Requests for research 2.0", 2018.
    """

    name = "running-parity"
    title = "The running parity"
    sentence = "A string of coin flips comes in. Say after each whether the ones so far are odd."
    article = "memory"
    order = 80

    def machine(self) -> Machine:
        """Even or odd."""
        return Machine.of(
            MachineState("even", on_0="even", on_1="odd", output=0.0),
            MachineState("odd", on_0="odd", on_1="even", output=1.0),
        )


RULE = RunningParityRule()
