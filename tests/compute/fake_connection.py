"""A cluster that does just what a test says."""

import pickle
from time import sleep

from rnnlab.compute import Job, JobStore
from rnnlab.compute.connection import Worker
from rnnlab.progress import Event
from tests.compute.waiting import until


class FakeConnection:
    """A cluster whose workers are the test; it remembers what it was asked."""

    def __init__(self, workers: int = 1, own: bool = True, memory: int = 2**30) -> None:
        self.name = "the pretended cluster"
        self.own = own
        self.memory = memory
        self.addresses = [f"worker {n}" for n in range(1, workers + 1)]
        self.lives = True
        self.closed = False
        self.tasks: list = []
        self.workers_of_tasks: list[str] = []
        self.stops: list[tuple[str, str]] = []
        self.released: list[str] = []
        self.prepared: list[tuple] = []
        self.forgotten: list[tuple] = []

    def alive(self) -> bool:
        return self.lives

    @property
    def rests(self) -> bool:
        """Whether a time has passed in which more would have gone out."""
        n_tasks = len(self.tasks)
        sleep(0.3)  # more than a tick of the dispatcher
        return len(self.tasks) == n_tasks

    def workers(self) -> dict[str, Worker]:
        return {address: Worker(self.memory) for address in self.addresses}

    def subscribe(self, topic, receive) -> None:
        self.topic, self.receive = topic, receive

    def submit(self, task, worker, topic, on_end):
        assert topic == self.topic
        self.workers_of_tasks.append(worker)
        self.on_end = on_end
        self.tasks.append(task)
        return lambda: self.released.append(task.id)

    def prepare(self, work, payload, viewer, worker) -> None:
        self.prepared.append((work, pickle.loads(payload), viewer, worker))

    def forget(self, work, payload) -> None:
        self.forgotten.append((work, pickle.loads(payload)))

    def request_stop(self, task_id, worker) -> None:
        self.stops.append((task_id, worker))

    def close(self) -> None:
        self.closed = True

    def task(self, number: int):
        """The task with this number, once it was submitted."""
        until(lambda: len(self.tasks) > number, 5)
        return self.tasks[number]

    def tell(self, number: int, *events: Event, run: str = "run 1", company: int = 0) -> None:
        packed = [pickle.dumps(event) for event in events]
        runs = [(self.task(number).id, run, packed)]
        worker = self.workers_of_tasks[number]
        self.receive({"worker": worker, "jobs": company + 1, "runs": runs})

    def finish(self, number: int, result=None, problem=None) -> None:
        task_id = self.task(number).id
        self.on_end(task_id, result, problem)


def start(store: JobStore, argument: object, viewer: str = "anna") -> Job:
    return store.start("package.module:work", argument, viewer)
