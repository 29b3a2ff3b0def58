"""The syllabus: questions to ask of a network, the settings that ask them, and what one sees."""

from __future__ import annotations

from rnnlab.presets.bits import ON_BITS
from rnnlab.presets.letters import ON_LETTERS
from rnnlab.presets.machines import ON_MACHINES
from rnnlab.presets.numbers import ON_NUMBERS
from rnnlab.presets.preset import NextStep, Preset
from rnnlab.settings import Settings

__all__ = ["PRESETS", "NextStep", "Preset", "follow_up_of", "next_question", "preset_for"]

_ALL = (*ON_BITS, *ON_NUMBERS, *ON_MACHINES, *ON_LETTERS)

PRESETS: dict[str, Preset] = {preset.name: preset for preset in _ALL}
"""In teaching order, by name."""

_FOLLOW_UPS = {preset.next_settings: preset for preset in _ALL}


def preset_for(settings: Settings) -> Preset | None:
    """The ready experiment with exactly these settings, if there is one."""
    return next((preset for preset in _ALL if preset.settings == settings), None)


def follow_up_of(settings: Settings) -> Preset | None:
    """The ready experiment whose next step has exactly these settings, if there is one."""
    return _FOLLOW_UPS.get(settings)


def next_question(preset: Preset) -> Preset | None:
    """The one that is asked after this, in teaching order."""
    place = _ALL.index(preset) + 1
    return _ALL[place] if place < len(_ALL) else None
