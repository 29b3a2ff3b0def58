"""Runs that the address names: the one on show, and where somebody arrives, the one to show."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from rnnlab.errors import SettingError
from rnnlab.ui import address
from rnnlab.ui.live_run.run import LiveRun, Report, RunSlot, Task

PUT_ASIDE, MOST_PUT_ASIDE = "runs_put_aside", 8
"""Where a session keeps runs that were on show in other entries of the history, and how many."""


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

    def check(self, tasks: tuple[Task, ...]) -> None:
        """Raise a `SettingError` if who has just come may not have these on show."""

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
        tasks, name = None, None
        try:
            if text is not None:
                tasks, name = self._called(text)
                self.check(tasks or ())
        except SettingError as error:
            tasks, name = None, None
            address.note(f"The link names a run that cannot be: {error}")
        put_aside = self._put_aside()
        if name in put_aside:
            self.slot.show(put_aside[name])
        elif tasks is not None:
            self.slot.start(*tasks)

    def _put_aside(self) -> dict[Hashable, LiveRun[Task, Report]]:
        """Put aside the run on show, if it has ended: who comes back to it finds that very run."""
        runs: dict[Hashable, LiveRun[Task, Report]] = st.session_state.setdefault(PUT_ASIDE, {})
        run, text = self.slot.on_show(), self._text()
        if run is not None:
            if text is not None and not run.snapshot().live:
                runs[self._called(text)[1]] = run
            self.slot.forget()
        while len(runs) > MOST_PUT_ASIDE:
            del runs[next(iter(runs))]
        return runs

    def _called(self, text: str) -> tuple[tuple[Task, ...] | None, Hashable]:
        """The tasks of the run called so, and a name for it that does not change with the knobs."""
        tasks = self.tasks(dict(parse_qsl(text)))
        return tasks, (self.key, text if tasks is None else tasks)

    def _text(self) -> str | None:
        run = self.slot.on_show()
        words = None if run is None else self.words(run)
        return None if words is None else urlencode(words)


def whole_number(text: str) -> int:
    """The number that a word of an address is; a `SettingError` if it is none."""
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise SettingError(f"“{text[:20]}” is no whole number.")
    return int(text)
