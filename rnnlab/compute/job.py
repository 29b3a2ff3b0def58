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

RUN_AGAIN = "It was run again from the start, because its process was killed."
KILLED_TWICE = "It was given up, because its process was killed twice; it may need too much memory."


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


class QueuePosition(NamedTuple):
    """State, place in the queue (1 is next) and message of a job that does not run yet."""

    state: State
    place: int | None
    message: str | None


class Job:
    """One computation of the server. `JobStore.start` makes it; viewers call `view` and `wait`.

    `changed` guards every field and is the store's; `queue_position`, called with it held, says
    where a waiting job is.
    """

    def __init__(
        self,
        work: str,
        argument: Hashable,
        changed: Condition,
        queue_position: Callable[[Job], QueuePosition],
    ):
        self.work = work
        self.argument = argument
        self.payload = pickle.dumps(argument)
        self.state: State = "waiting"
        self.events: list[Event] = []
        self.result: Event | None = None
        self.message: str | None = None
        self.attempt = 1
        self.last_view_at = monotonic()
        self._changed = changed
        self._queue_position = queue_position
        self._viewers: dict[str, float] = {}
        self._detached: dict[str, JobView] = {}
        self._listeners: list[Callable[[], None]] = []

    def view(self, viewer: str) -> JobView:
        """The job as this viewer sees it now, and the sign that the viewer is still there."""
        with self._changed:
            if viewer in self._detached:
                return self._detached[viewer]
            self._note_view(viewer)
            return self._snapshot()

    def wait(self, seconds: float) -> None:
        """Wait for the first event or for the end, but no longer than `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self.events or self.ended, timeout=seconds)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back at every change."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    @property
    def ended(self) -> bool:
        """Whether the job itself is done, stopped or failed, whatever single viewers did."""
        return self.state in ENDED

    # All below is for the store and the dispatcher, which hold `changed` when they call it.

    def attach(self, viewer: str) -> None:
        """Count this viewer in, again if it was detached."""
        self._detached.pop(viewer, None)
        self._note_view(viewer)

    def detach(self, viewer: str) -> None:
        """Freeze what this viewer sees; the job goes on for the others."""
        self._viewers.pop(viewer, None)
        if viewer in self._detached:
            return
        self._detached[viewer] = replace(self._snapshot(), state="stopped", place=None)

    def watched(self, timeout: float, besides: str | None = None) -> bool:
        """Whether anyone but the viewer `besides` looked within the last `timeout` seconds."""
        since = monotonic() - timeout
        return any(
            viewed_at >= since for name, viewed_at in self._viewers.items() if name != besides
        )

    def killed(self) -> bool:
        """Begin anew after the first death of the process, fail after the second; whether anew."""
        if self.attempt > 1:
            self.end("failed", KILLED_TWICE)
            return False
        self.attempt += 1
        self.events.clear()
        self.message = RUN_AGAIN
        self._changed.notify_all()
        for call in self._listeners:
            call()
        return True

    def record(self, events: list[Event]) -> None:
        """Append more events."""
        self.events.extend(events)
        self._changed.notify_all()
        for call in self._listeners:
            call()

    def end(self, state: State, message: str | None = None, result: Event | None = None) -> None:
        """End the job; an earlier message stays unless there is a newer one."""
        self.state = state
        self.message = message or self.message
        self.result = result
        self._changed.notify_all()
        for call in self._listeners:
            call()

    def _note_view(self, viewer: str) -> None:
        self.last_view_at = self._viewers[viewer] = monotonic()

    def _snapshot(self) -> JobView:
        state, place, message = self.state, None, self.message
        if state == "waiting":
            state, place, message = self._queue_position(self)
        return JobView(state, place, tuple(self.events), self.result, message, self.attempt)
