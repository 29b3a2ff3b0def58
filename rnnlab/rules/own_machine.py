"""A machine of one's own: typed, a line a state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rnnlab.knobs import knob
from rnnlab.rules import beliefs
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.machine_text import LONGEST, machine_from
from rnnlab.rules.state_machine import Machine


@dataclass(frozen=True)
class OwnMachineRule(MachineRule):
    """The machine that the user says, of up to eight states.

    A text that is no machine, or one of which the best losses cannot be calculated, is a
    `SettingError`.
    """

    name = "own-machine"
    title = "A machine of your own"
    sentence = "You say in which states a machine can be, where each bit leads, and what it says."
    article = "memory"
    order = 98
    main_knobs = ("states", "window", "units")

    states: str = knob(
        default="closed: 0 -> closed, 1 -> half, says 0; half: 0 -> closed, 1 -> open, says 0; "
        "open: 0 -> open, 1 -> closed, says 1",
        label="Your machine",
        help="For each state its name, where a 0 and where a 1 lead, and the chance of a target 1: "
        "off: 0 -> off, 1 -> on, says 0. A semicolon stands between two states. If a 1 does not "
        "come half of the time in a state, write how often: ones 0.2.",
        topic="data",
        longest=LONGEST,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        beliefs.check_exact(self.machine())

    def machine(self) -> Machine:
        """What the typed text means."""
        return self._parsed

    @cached_property
    def _parsed(self) -> Machine:
        return machine_from(self.states)


RULE = OwnMachineRule()
