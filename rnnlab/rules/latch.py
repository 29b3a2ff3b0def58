"""The latch: two ones in a row switch it on, two zeros switch it off."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.rules.machine import MachineRule
from rnnlab.rules.state_machine import Machine, MachineState


@dataclass(frozen=True)
class LatchRule(MachineRule):
    """y[t] = 1 if the last two equal neighbours up to x[t] were ones, 0 if they were zeros.

    Between them the bits go up and down, for as long as chance will have it, and nothing of what
    comes in tells which it was. After Y. Bengio, P. Simard and P. Frasconi, "Learning long-term
    dependencies with gradient descent is difficult", 1994.
    """

    name = "latch"
    title = "The latch"
    sentence = "Two ones in a row switch it on, two zeros switch it off. Say whether it is on."
    article = "memory"
    order = 70

    def machine(self) -> Machine:
        """Whether it is on, and the last bit."""
        return Machine.of(
            MachineState("off, after 0", on_0="off, after 0", on_1="off, after 1", output=0.0),
            MachineState("off, after 1", on_0="off, after 0", on_1="on, after 1", output=0.0),
            MachineState("on, after 1", on_0="on, after 0", on_1="on, after 1", output=1.0),
            MachineState("on, after 0", on_0="off, after 0", on_1="on, after 1", output=1.0),
        )


RULE = LatchRule()
