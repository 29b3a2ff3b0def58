"""One computation, shared by all who look at it, and what each of them sees."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from threading import Event as Flag
from threading import RLock
from time import monotonic
from typing import Literal, NamedTuple, Protocol

from rnnlab.compute.viewers import Viewers
from rnnlab.progress import Event

State = Literal["starting", "waiting", "running", "done", "stopped", "failed"]
ENDED = frozenset({"done", "stopped", "failed"})

RUN_AGAIN = "It was run again from the start, because its process was killed."
KILLED_TWICE = "It was given up, because its process was killed twice; it may need too much memory."
ASSUMED_BYTES = 64 * 2**20  # that a job takes whose argument does not say
TRIAL_EVENTS = 3  # after so many it is no longer suspected of having killed its process
MAX_SHARED_DEATHS = 3  # after so many it runs alone
DETACHED_TIMEOUT = 120.0  # seconds that the view of someone who let go is kept unlooked at


@dataclass(frozen=True)
class JobView:
    """A job at one moment, as one viewer sees it.

    `place` is 1 for the next in the queue, and None unless the state is "waiting". `events` are
    all brief ones so far, `result` is the last complete one: of a job that is done, or stopped
    (there it comes a moment later). `message` is one sentence, or None. `attempt` is 2 after the
    job's process was killed and it began anew. `sharing` is how many visitors have jobs that wait
    or run now, this one included.
    """

    state: State
    place: int | None = None
    events: tuple[Event, ...] = ()
    result: Event | None = None
    message: str | None = None
    attempt: int = 1
    sharing: int = 0

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen, but for a stopped job's result."""
        return self.state in ENDED


class QueuePosition(NamedTuple):
    """State, place in the queue (1 is next) and message of a job that does not run yet."""

    state: State
    place: int | None
    message: str | None


class Surroundings(Protocol):
    """What a job does not know of itself; called with the store's lock held."""

    sharing: int

    def queue_position(self, job: Job) -> QueuePosition:
        """Where a waiting job is."""


class Job:
    """One computation of the server. `JobStore.start` makes it; viewers call `view` and `wait`.

    `lock` guards every field and is the store's; `is_alive` and `timeout` say who is still there,
    and `visitor_of` in whose share a viewer's work is done.
    """

    def __init__(
        self,
        work: str,
        argument: Hashable,
        lock: RLock,
        surroundings: Surroundings,
        is_alive: Callable[[str], bool],
        timeout: float,
        visitor_of: Callable[[str], str] = lambda viewer: viewer,
    ):
        self.work = work
        self.argument = argument
        self.payload = pickle.dumps(argument)
        self.peak_bytes = max(map(_peak_bytes, _members(argument)), default=0)
        self.held_bytes = max(map(_held_bytes, _members(argument)), default=0)
        self.private = _private(argument)
        self.forgotten = False
        self.state: State = "waiting"
        self.result: Event | None = None
        self.message: str | None = None
        self.attempt = 1
        self.visitor = ""
        self.viewers = Viewers(is_alive, timeout)
        self.last_view_at = monotonic()
        self._visitor_of = visitor_of
        self._lock = lock
        self._surroundings = surroundings
        self._events: list[Event] = []
        self._events_seen: tuple[Event, ...] | None = ()
        self._detached: dict[str, JobView] = {}
        self._detached_viewers = Viewers(is_alive, DETACHED_TIMEOUT)
        self._callbacks: dict[object, Callable[[], None]] = {}
        self._n_bytes: int | None = None
        self._deaths = 0
        self._suspect = self._alone = False

    def view(self, viewer: str) -> JobView:
        """The job as this viewer sees it now, and the sign that the viewer is still there."""
        with self._lock:
            if viewer in self._detached:
                self._detached_viewers.note(viewer)
                return self._detached[viewer]
            self._note_view(viewer)
            return self._snapshot()

    def wait(self, seconds: float) -> None:
        """Wait for the first event or for the end, but no longer than `seconds`."""
        arrived = Flag()

        def look() -> None:
            if self._events or self.ended:
                arrived.set()

        unsubscribe = self.subscribe(look)
        look()
        arrived.wait(seconds)
        unsubscribe()

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have `callback` called at every change; call what is returned to end that.

        It is called in some thread with the store's lock held, and must return at once.
        """
        key = object()
        with self._lock:
            self._callbacks[key] = callback

        def unsubscribe() -> None:
            with self._lock:
                self._callbacks.pop(key, None)

        return unsubscribe

    @property
    def ended(self) -> bool:
        """Whether the job itself is done, stopped or failed, whatever single viewers did."""
        return self.state in ENDED

    # All below is for the store and the dispatcher, which hold the lock when they call it.

    def attach(self, viewer: str) -> None:
        """Count this viewer in, again if it was detached; turns are shared out by the first."""
        self._detached.pop(viewer, None)
        self._detached_viewers.remove(viewer)
        self.visitor = self.visitor or self._visitor_of(viewer)
        self._note_view(viewer)

    def detach(self, viewer: str) -> None:
        """Freeze what this viewer sees; the job goes on for the others."""
        self.viewers.remove(viewer)
        if viewer not in self._detached:
            self._detached[viewer] = replace(self._snapshot(), state="stopped", place=None)
            self._detached_viewers.note(viewer)

    def forget_gone(self) -> None:
        """Forget the viewers that are gone; one that waits goes on in the name of the next."""
        self.viewers.forget_gone()
        for viewer in self._detached_viewers.forget_gone():
            del self._detached[viewer]
        first = self.viewers.first() if self.state == "waiting" else None
        if first is not None:
            self.visitor = self._visitor_of(first)

    @property
    def runs_alone(self) -> bool:
        """Whether no other job may run beside it, because it may be what kills its process."""
        return self._alone or self._suspect

    def died(self, alone: bool) -> bool:
        """Begin anew after the death of its process, or fail; whether anew.

        It fails if it was `alone` in it and has died before. If others were there, it is a suspect
        if it had hardly begun.
        """
        if alone and self._deaths:
            self.end("failed", KILLED_TWICE)
            return False
        self._deaths += 1
        self._suspect = len(self._events) < TRIAL_EVENTS
        self._alone = self._alone or alone or self._deaths >= MAX_SHARED_DEATHS
        self.begin_anew()
        return True

    def begin_anew(self) -> None:
        """Wait again, and forget what was reported."""
        self.state = "waiting"
        self.attempt += 1
        self.message = RUN_AGAIN
        self._events.clear()
        self.notify()

    def record(self, events: list[Event]) -> None:
        """Append more events."""
        self._events.extend(events)
        self._suspect = self._suspect and len(self._events) < TRIAL_EVENTS
        self.notify()

    def end(self, state: State, message: str | None = None, result: Event | None = None) -> None:
        """End the job; an earlier message stays unless there is a newer one."""
        self.state = state
        self.message = message or self.message
        self.result = result
        self.notify()

    def take_result(self, result: Event | None) -> None:
        """Take the result of a job that was stopped, which comes after its end."""
        self.result = result
        self.notify()

    def notify(self) -> None:
        """Tell those who have subscribed that something has changed."""
        self._events_seen = self._n_bytes = None
        for callback in tuple(self._callbacks.values()):
            callback()

    @property
    def n_bytes(self) -> int:
        """About how many bytes its events and its result take; for a job that has ended."""
        if self._n_bytes is None:
            self._n_bytes = _n_bytes((self._events, self.result))
        return self._n_bytes

    def _note_view(self, viewer: str) -> None:
        self.last_view_at = monotonic()
        self.viewers.note(viewer)

    def _snapshot(self) -> JobView:
        state, place, message = self.state, None, self.message
        if state == "waiting":
            state, place, message = self._surroundings.queue_position(self)
        if self._events_seen is None:
            self._events_seen = tuple(self._events)
        return JobView(
            state,
            place,
            self._events_seen,
            self.result,
            message,
            self.attempt,
            self._surroundings.sharing,
        )


def _members(argument: Hashable) -> tuple[Hashable, ...]:
    return argument if isinstance(argument, tuple) else (argument,)


def _peak_bytes(member: Hashable) -> int:
    """The most memory that a worker needs; of several arguments, the largest counts."""
    peak_bytes: int = getattr(member, "peak_bytes", ASSUMED_BYTES)
    return peak_bytes


def _held_bytes(member: Hashable) -> int:
    """What it still needs while others have their turns: all of it, if it does not say."""
    held_bytes: int = getattr(member, "held_bytes", _peak_bytes(member))
    return held_bytes


def _private(argument: Hashable) -> bool:
    """Whether it holds what a visitor typed or uploaded."""
    return any(getattr(member, "private", False) for member in _members(argument))


def _n_bytes(thing: object) -> int:
    """As many as it takes pickled; arrays are counted, not copied."""
    buffers: list[pickle.PickleBuffer] = []
    pickled = pickle.dumps(thing, protocol=5, buffer_callback=buffers.append)
    return len(pickled) + sum(buffer.raw().nbytes for buffer in buffers)
