"""The syllabus: questions to ask of a network, the settings that ask them, and what one sees."""

from __future__ import annotations

from rnnlab.presets.bits import BITS
from rnnlab.presets.numbers import NUMBERS
from rnnlab.presets.preset import Preset
from rnnlab.settings import Settings

PRESETS: dict[str, Preset] = {preset.name: preset for preset in (*BITS, *NUMBERS)}
"""In teaching order, by name."""


def preset_for(settings: Settings) -> Preset | None:
    """The ready experiment with exactly these settings, if there is one."""
    return next((one for one in PRESETS.values() if one.settings == settings), None)


__all__ = ["PRESETS", "Preset", "preset_for"]
