"""Whether a network may read a rule's windows in both directions."""

from __future__ import annotations

from rnnlab.errors import SettingError
from rnnlab.rules import Rule, StreamRule
from rnnlab.rules.machine import MachineRule


def check_directions(rule: Rule, *, carry_state: bool) -> None:
    """Raise a `SettingError` where a network cannot or must not read in both directions.

    Where inputs are coin flips and targets depend on earlier ones alone, what comes later says
    nothing about a target: the best possible loss of a window is that of one direction.
    """
    if isinstance(rule, StreamRule) and rule.autoregressive:
        raise SettingError(
            f"“{rule.title}” asks for what comes next, and a network that reads in both "
            "directions has already read it: turn “Both directions” off."
        )
    if isinstance(rule, MachineRule) and not rule.machine().reads_coins:
        raise SettingError(
            "The bits of your machine depend on its state, so later bits tell of earlier states, "
            "and the best loss of both directions is not known: turn “Both directions” off."
        )
    if carry_state:
        raise SettingError(
            "A network that reads in both directions also starts at the end of its window, so "
            "no state can be carried to the next window: turn “Carry the state” off."
        )
