"""One computation, shared by all who look at it, and what each of them sees."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from threading import Condition
from time import monotonic
from typing import Literal, NamedTuple

from rnnlab.progress import Event

State = Literal["starting", "waiting", "running", "done", "stopped", "failed"]
ENDED = frozenset({"done", "stopped", "failed"})

AGAIN = "It was run again from the start, because its process was killed."
TWICE = "It was given up, because its process was killed twice; it may need too much memory."


@dataclass(frozen=True)
class JobView:
    """A job at one moment, as one viewer sees it.

    `place` is 1 for the next in the queue, and None unless the state is "waiting". `events` are
    all brief ones so far, `result` is the last complete one: of a job that is done, or stopped
    (there it comes a moment later). `message` is one sentence, or None. `attempt` is 2 after the
    job's process was killed and it began anew.
    """

    state: State
    place: int | None = None
    events: tuple[Event, ...] = ()
    result: Event | None = None
    message: str | None = None
    attempt: int = 1

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen, but for a stopped job's result."""
        return self.state in ENDED


class Standing(NamedTuple):
    """How things are for a job that does not run yet."""

    state: State
    place: int | None
    message: str | None


class Job:
    """One computation of the server. `Board.start` makes it; viewers call `view` and `wait`.

    `changed` guards every field and is the board's; `standing` tells, with it held, where a
    waiting job stands.
    """

    def __init__(
        self,
        work: str,
        argument: Hashable,
        changed: Condition,
        standing: Callable[[Job], Standing],
    ):
        self.work = work
        self.argument = argument
        self.parcel = pickle.dumps(argument)
        self.state: State = "waiting"
        self.events: list[Event] = []
        self.result: Event | None = None
        self.message: str | None = None
        self.attempt = 1
        self.looked_at = monotonic()
        self._changed = changed
        self._standing = standing
        self._watchers: dict[str, float] = {}
        self._let_go: dict[str, JobView] = {}

    def view(self, viewer: str) -> JobView:
        """The job as this viewer sees it now, and the sign that the viewer is still there."""
        with self._changed:
            if viewer in self._let_go:
                return self._let_go[viewer]
            self._look(viewer)
            return self._snapshot()

    def wait(self, seconds: float) -> None:
        """Wait for the first event or for the end, but no longer than `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self.events or self.ended, timeout=seconds)

    @property
    def ended(self) -> bool:
        """Whether the job itself is done, stopped or failed, whatever single viewers did."""
        return self.state in ENDED

    # All below is for the board and the dispatcher, which hold `changed` when they call it.

    def welcome(self, viewer: str) -> None:
        """Count this viewer in, again if the viewer had let go."""
        self._let_go.pop(viewer, None)
        self._look(viewer)

    def let_go(self, viewer: str) -> None:
        """Freeze what this viewer sees; the job goes on for the others."""
        self._watchers.pop(viewer, None)
        if viewer in self._let_go:
            return
        self._let_go[viewer] = replace(self._snapshot(), state="stopped", place=None)

    def watched(self, patience: float, besides: str | None = None) -> bool:
        """Whether anyone (`besides` one) looked within the last `patience` seconds."""
        since = monotonic() - patience
        return any(at >= since for who, at in self._watchers.items() if who != besides)

    def killed(self) -> bool:
        """Begin anew after the first death of the process, fail after the second; whether anew."""
        if self.attempt > 1:
            self.end("failed", TWICE)
            return False
        self.attempt += 1
        self.events.clear()
        self.message = AGAIN
        self._changed.notify_all()
        return True

    def tell(self, events: list[Event]) -> None:
        """Take in more events."""
        self.events.extend(events)
        self._changed.notify_all()

    def end(self, state: State, message: str | None = None, result: Event | None = None) -> None:
        """Come to the end; a message so far stays unless there is a newer one."""
        self.state = state
        self.message = message or self.message
        self.result = result
        self._changed.notify_all()

    def _look(self, viewer: str) -> None:
        self.looked_at = self._watchers[viewer] = monotonic()

    def _snapshot(self) -> JobView:
        state, place, message = self.state, None, self.message
        if state == "waiting":
            state, place, message = self._standing(self)
        return JobView(state, place, tuple(self.events), self.result, message, self.attempt)
