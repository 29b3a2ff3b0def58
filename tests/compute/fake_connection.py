"""A cluster that does just what a test says."""

import pickle

from rnnlab.compute import Job, JobStore
from rnnlab.progress import Event
from tests.compute.waiting import until


class FakeConnection:
    """A cluster whose workers are the test; it remembers what it was asked."""

    def __init__(self, threads: int = 1, own: bool = True) -> None:
        self.name = "the pretended cluster"
        self.own = own
        self.n_threads = threads
        self.lives = True
        self.closed = False
        self.tasks: list = []
        self.stops: list[tuple[str, str]] = []
        self.released: list[str] = []

    def alive(self) -> bool:
        return self.lives

    def threads(self) -> int:
        return self.n_threads

    def subscribe(self, topic, receive) -> None:
        self.topic, self.receive = topic, receive

    def submit(self, task, topic, on_end):
        assert topic == self.topic
        self.on_end = on_end
        self.tasks.append(task)
        return lambda: self.released.append(task.id)

    def request_stop(self, task_id, worker) -> None:
        self.stops.append((task_id, worker))

    def close(self) -> None:
        self.closed = True

    def task(self, number: int):
        """The task with this number, once it was submitted."""
        until(lambda: len(self.tasks) > number, 5)
        return self.tasks[number]

    def tell(self, number: int, *events: Event, run: str = "run 1") -> None:
        packed = [pickle.dumps(event) for event in events]
        task_id = self.task(number).id
        self.receive({"job": task_id, "run": run, "worker": "worker 1", "events": packed})

    def finish(self, number: int, result=None, problem=None) -> None:
        task_id = self.task(number).id
        self.on_end(task_id, result, problem)


def start(store: JobStore, argument: object, viewer: str = "anna") -> Job:
    return store.start("package.module:work", argument, viewer)
