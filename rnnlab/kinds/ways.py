"""Spots and arrows: what reaches what, and how many steps through time that takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Role = Literal["input", "memory", "state", "back", "output"]
Way = Literal["up", "time", "dropout", "again"]


@dataclass(frozen=True)
class Spot:
    """Something at one time step: an input, a layer's memory or state, or an answer.

    `step` counts from 1 and `level` from 0, the inputs'; `words` say what reaches it, and what it
    reaches.
    """

    name: str
    label: str
    role: Role
    step: int
    level: int
    words: str = ""


@dataclass(frozen=True)
class Arrow:
    """From one spot to another: up, on in time, up through dropout, or an answer read again."""

    start: str
    end: str
    way: Way


class Ways:
    """All ways along arrows between spots."""

    def __init__(self, spots: Iterable[Spot], arrows: Iterable[Arrow]) -> None:
        self._leaving: dict[str, list[Arrow]] = {one.name: [] for one in spots}
        self._arriving: dict[str, list[Arrow]] = {name: [] for name in self._leaving}
        for arrow in arrows:
            self._leaving[arrow.start].append(arrow)
            self._arriving[arrow.end].append(arrow)

    def reached(self, name: str) -> frozenset[str]:
        """The spots to which arrows lead from this one, itself among them."""
        return self._walk(name, lambda here: {arrow.end for arrow in self._leaving[here]})

    def reaching(self, name: str) -> frozenset[str]:
        """The spots from which arrows lead to this one, itself among them."""
        return self._walk(name, lambda here: {arrow.start for arrow in self._arriving[here]})

    def distance(self, start: str, end: str) -> int:
        """How many arrows in time the shortest way between two spots has; -1 if there is none."""
        best, queue = {start: 0}, deque([start])
        while queue:
            here = queue.popleft()
            for arrow in self._leaving[here]:
                cost = best[here] + (arrow.way in ("time", "again"))
                if cost < best.get(arrow.end, len(self._leaving)):
                    best[arrow.end] = cost
                    queue.append(arrow.end)
        return best.get(end, -1)

    @staticmethod
    def _walk(name: str, step: Callable[[str], set[str]]) -> frozenset[str]:
        found, queue = {name}, [name]
        while queue:
            ends = step(queue.pop()) - found
            queue += ends
            found |= ends
        return frozenset(found)
