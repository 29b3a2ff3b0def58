"""Exclusive or in time: two free bits, and a third that follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.rules.machine import MachineRule
from rnnlab.rules.state_machine import Machine, MachineState


@dataclass(frozen=True)
class XorInTimeRule(MachineRule):
    """a, b, a XOR b, again and again; from each bit predict the next.

    Nothing marks where three bits end. J. L. Elman, "Finding structure in time", 1990.
    """

    name = "xor-in-time"
    title = "Exclusive or in time"
    sentence = "Two coin flips, then whether they differ, again and again. Say the next bit."
    article = "memory"
    order = 95
    autoregressive = True

    def machine(self) -> Machine:
        """How many of three bits came, and what the third will be, as far as it is known."""
        return Machine.of(
            MachineState("nothing yet", on_0="a 0", on_1="a 1"),
            MachineState("a 0", on_0="0 must follow", on_1="1 must follow"),
            MachineState("a 1", on_0="1 must follow", on_1="0 must follow"),
            MachineState("0 must follow", on_0="nothing yet", on_1="nothing yet", ones=0.0),
            MachineState("1 must follow", on_0="nothing yet", on_1="nothing yet", ones=1.0),
        )


RULE = XorInTimeRule()
