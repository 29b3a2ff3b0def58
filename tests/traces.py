"""Looks into a process for what holds a marked text: the proof that it is forgotten."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rnnlab.progress import Event


@dataclass(frozen=True)
class Traces(Event):
    """What holds a marked text in a process, each in a line."""

    holders: tuple[str, ...]


def in_this_process(backwards: str) -> tuple[str, ...]:
    """What holds a text with this mark, which is written backwards, lest the look itself be seen.

    So is the text in what it answers.
    """
    gc.unfreeze()
    gc.collect()
    seen: set[int] = set()
    return tuple(
        f"{_name(holder)} holds {str(value)[59::-1]}"
        for holder in gc.get_objects()
        for value in _untracked(holder, seen)
        if _holds(value, backwards)
    )


def in_a_worker(question: tuple[str, int]) -> Iterator[Traces]:
    """The work of looking into a process that computes; the number makes each look a new job."""
    yield Traces(in_this_process(question[0]))


def _untracked(holder: object, seen: set[int]) -> Iterator[Any]:
    """What an object holds, with what lies in containers that the collector does not track."""
    for value in gc.get_referents(holder):
        if not gc.is_tracked(value) and isinstance(value, (tuple, dict)) and id(value) not in seen:
            seen.add(id(value))
            yield from _untracked(value, seen)
        else:
            yield value


def _holds(value: Any, backwards: str) -> bool:
    if isinstance(value, str):
        return backwards[::-1] in value
    return isinstance(value, (bytes, bytearray)) and backwards[::-1].encode() in value


def _name(holder: object) -> str:
    keys = f" of {list(holder)[:4]}" if isinstance(holder, dict) else ""
    return f"{type(holder).__module__}.{type(holder).__qualname__}{keys}"
