"""The lessons that travel with the lab: one file each, found by looking."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from rnnlab.errors import SettingError
from rnnlab.lessons.lesson import HIDEABLE, OF_THE_VISIT, PAGES, Check, Lesson, Step
from rnnlab.lessons.packing import BEGINNING, pack, unpack

__all__ = [
    "HIDEABLE",
    "LESSONS",
    "OF_THE_VISIT",
    "PAGES",
    "Check",
    "Lesson",
    "Step",
    "lesson_of",
    "pack",
]


def lesson_of(name: str) -> Lesson:
    """The lesson that travels under this name, or the one of a teacher that the name holds.

    Raises `SettingError` if it is neither.
    """
    if name.startswith(BEGINNING):
        return unpack(name)
    if name not in LESSONS:
        raise SettingError(
            f"There is no lesson called “{name[:40]}”; Home has those that there are."
        )
    return LESSONS[name]


def _discover() -> Mapping[str, Lesson]:
    """Every `LESSON` in the modules of this package, by name, in teaching order."""
    modules = [
        importlib.import_module(f"{__name__}.{x.name}") for x in pkgutil.iter_modules(__path__)
    ]
    lessons: list[Lesson] = [module.LESSON for module in modules if hasattr(module, "LESSON")]
    lessons.sort(key=lambda lesson: (lesson.order, lesson.name))
    return MappingProxyType({lesson.name: lesson for lesson in lessons})


LESSONS = _discover()
"""Each lesson by its name in an address; the first is the first path."""
