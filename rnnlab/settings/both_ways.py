"""Where a network may read in both directions: where that is no way to see the answer."""

from __future__ import annotations

from rnnlab.errors import SettingError
from rnnlab.rules import BitRule, Rule


def check_directions(bidirectional: bool, carry_state: bool, data: Rule) -> None:
    """Raise a `SettingError` if a network that reads both ways makes no sense in such a run.

    Where inputs are coin flips and targets depend on earlier ones alone, what comes later says
    nothing about a target: the best possible loss of a window is that of one direction.
    """
    if not bidirectional:
        return
    if isinstance(data, BitRule) and data.autoregressive:
        raise SettingError(
            f"“{data.title}” asks for the next bit, and a network that reads in both directions "
            "has already read it: turn “Both directions” off."
        )
    if carry_state:
        raise SettingError(
            "A network that reads in both directions reads back from the end of its window, so no "
            "state can be carried on to the next: turn “Carry the state” off."
        )
