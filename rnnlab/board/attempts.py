"""How often somebody may do something within some seconds."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Hashable


class Attempts:
    """Counts within a sliding time: of each visitor, and of all together.

    What is attempted has a name; the same name by the same visitor counts once, until its time is
    over. At most `overall` attempts are kept.
    """

    def __init__(self, each: int, overall: int, seconds: float, clock: Callable[[], float]) -> None:
        self._each, self._overall, self._seconds, self._clock = each, overall, seconds, clock
        self._kept: deque[tuple[float, str, Hashable]] = deque()
        self._names: set[tuple[str, Hashable]] = set()
        self._of: Counter[str] = Counter()

    def full(self, visitor: str) -> bool:
        """Whether this visitor, or all together, have done it as often as they may."""
        self._forget()
        return self._of[visitor] >= self._each or len(self._kept) >= self._overall

    def note(self, visitor: str, name: Hashable) -> None:
        """Count an attempt."""
        if (visitor, name) not in self._names:
            self._kept.append((self._clock(), visitor, name))
            self._names.add((visitor, name))
            self._of[visitor] += 1

    def _forget(self) -> None:
        while self._kept and self._kept[0][0] <= self._clock() - self._seconds:
            _, visitor, name = self._kept.popleft()
            self._names.discard((visitor, name))
            self._of[visitor] -= 1
            if not self._of[visitor]:
                del self._of[visitor]
