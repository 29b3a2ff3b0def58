"""Counting: as many zeros as there were ones."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.knobs import knob
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.state_machine import Machine, MachineState


@dataclass(frozen=True)
class CountingRule(MachineRule):
    """Blocks of n ones and n zeros, n uniform from 1 to `most`; from each bit predict the next.

    The language is the first one of G. Weiss, Y. Goldberg and E. Yahav, "On the practical
    computational power of finite precision RNNs for language recognition", 2018 (arXiv 1805.04908).
    A block has ln(most) nats to tell and most + 1 bits on average: that quotient is the best loss.
    """

    name = "counting"
    title = "Counting"
    sentence = "Some ones, and then as many zeros, again and again. Say the next bit."
    article = "memory"
    order = 75
    main_knobs = ("most", "window", "cell", "units")
    autoregressive = True

    most: int = knob(
        default=10,
        label="Most ones",
        help="The largest number of ones in a row. Every number from 1 on is as likely.",
        topic="data",
        low=2,
        high=20,
        step=1,
    )

    def machine(self) -> Machine:
        """How many ones came so far, or how many zeros are still to come."""
        most = self.most
        zeros = [
            MachineState(_left(left), _left(max(left - 1, 0)), _ones(1), ones=float(left == 0))
            for left in range(most)
        ]
        ones = [
            MachineState(
                _ones(n), _left(n - 1), _ones(min(n + 1, most)), ones=(most - n) / (most + 1 - n)
            )
            for n in range(1, most + 1)
        ]
        return Machine.of(*zeros, *ones)


def _left(number: int) -> str:
    return f"{number} zeros to come"


def _ones(number: int) -> str:
    return "1 one" if number == 1 else f"{number} ones"


RULE = CountingRule()
