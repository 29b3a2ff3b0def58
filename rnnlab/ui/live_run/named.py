"""Runs that the address names: the one on show, and where somebody arrives, the one to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic
from urllib.parse import parse_qsl, urlencode

from rnnlab.errors import SettingError
from rnnlab.ui import address
from rnnlab.ui.live_run.run import LiveRun, Report, RunSlot, Task


@dataclass(frozen=True)
class NamedRun(Generic[Task, Report]):
    """How a page's address names its run under `key`; `slot` has the run on show."""

    key: str
    slot: RunSlot[Task, Report]

    def tasks(self, words: Mapping[str, str]) -> tuple[Task, ...] | None:
        """What the words of an address ask for: None if it is nothing that could be started.

        Raises `SettingError` if they ask for what the lab does not offer.
        """
        raise NotImplementedError

    def words(self, run: LiveRun[Task, Report]) -> Mapping[str, str] | None:
        """The words for a run; None for one that no address can name."""
        raise NotImplementedError

    def follow(self) -> None:
        """Show the run that the address names if somebody has just come; name the one on show.

        A run that is there is never begun anew, and equal ones are trained once for all.
        """
        texts = address.take(self.key)
        if texts is not None and (not texts or texts[-1] != self._text()):
            self._take_up(texts[-1] if texts else None)
        run, text = self.slot.on_show(), self._text()
        if run is not None and text is not None:
            address.say(self.key, text, about=run)
            if run.snapshot().live:
                address.await_the_rest()

    def _take_up(self, text: str | None) -> None:
        tasks = None
        try:
            tasks = None if text is None else self.tasks(dict(parse_qsl(text)))
        except SettingError as error:
            address.note(f"The link names a run that cannot be: {error}")
        if self.slot.on_show() is not None:
            self.slot.forget()
        if tasks is not None:
            self.slot.start(*tasks)

    def _text(self) -> str | None:
        run = self.slot.on_show()
        words = None if run is None else self.words(run)
        return None if words is None else urlencode(words)


def whole_number(text: str) -> int:
    """The number that a word of an address is; a `SettingError` if it is none."""
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise SettingError(f"“{text[:20]}” is no whole number.")
    return int(text)
