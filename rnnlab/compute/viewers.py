"""Who looks at a job, and which of them are still there."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Viewers:
    """Viewers by name, in the order in which they came.

    One is there while `is_alive(name)`, and for `timeout` seconds after a look, in which a page may
    be loaded anew.
    """

    def __init__(self, is_alive: Callable[[str], bool], timeout: float):
        self._is_alive = is_alive
        self._timeout = timeout
        self._looked_at: dict[str, float] = {}
        self._left_at: float | None = None

    def note(self, name: str) -> None:
        """Note that this viewer looks now."""
        self._looked_at[name] = monotonic()
        self._left_at = None

    def remove(self, name: str) -> None:
        """Forget this viewer."""
        self._looked_at.pop(name, None)

    def there(self, besides: str | None = None) -> bool:
        """Whether anyone is there but the viewer `besides`."""
        return any(self._is_there(name) for name in self._looked_at if name != besides)

    def first(self) -> str | None:
        """Who came first of those that are there."""
        return next(filter(self._is_there, self._looked_at), None)

    def forget_gone(self) -> set[str]:
        """Forget those that are gone; their names."""
        gone = {name for name in self._looked_at if not self._is_there(name)}
        for name in gone:
            del self._looked_at[name]
        if self._left_at is None and not self._looked_at:
            self._left_at = monotonic()
        return gone

    def gone_for(self, seconds: float) -> bool:
        """Whether the last one was found gone more than so many seconds ago."""
        return self._left_at is not None and monotonic() - self._left_at > seconds

    def _is_there(self, name: str) -> bool:
        looked_lately = monotonic() - self._looked_at[name] <= self._timeout
        return looked_lately or self._is_alive(name)
