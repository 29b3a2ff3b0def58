"""The network: its units and weights as they are, and what happens in them step by step."""

from __future__ import annotations

from rnnlab.settings import Settings
from rnnlab.ui.training import network
from rnnlab.ui.training.run import Moment

TITLE = "The network"
ICON = ":material/hub:"
ORDER = 5


def fits(_settings: Settings) -> bool:
    """Every network can be drawn, a large one in part."""
    return True


def draw(moment: Moment) -> None:
    """The network of that moment."""
    network.draw(moment.settings, moment.weights, moment.step)
