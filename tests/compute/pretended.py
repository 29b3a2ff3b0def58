"""A cluster that does just what a test says."""

import pickle

from rnnlab.compute import Board, Job
from rnnlab.progress import Event
from tests.compute.waiting import until


class PretendedLine:
    """A cluster whose workers are the test; it remembers what it was asked."""

    def __init__(self, threads: int = 1, own: bool = True) -> None:
        self.name = "the pretended cluster"
        self.own = own
        self.n_threads = threads
        self.lives = True
        self.closed = False
        self.orders: list = []
        self.stops: list[tuple[str, str]] = []
        self.released: list[str] = []

    def alive(self) -> bool:
        return self.lives

    def threads(self) -> int:
        return self.n_threads

    def listen(self, topic, hear) -> None:
        self.topic, self.hear = topic, hear

    def submit(self, order, topic, settle):
        assert topic == self.topic
        self.settle = settle
        self.orders.append(order)
        return lambda: self.released.append(order.job_id)

    def request_stop(self, job_id, worker) -> None:
        self.stops.append((job_id, worker))

    def close(self) -> None:
        self.closed = True

    def order(self, number: int):
        """The order with this number, once it has been given."""
        until(lambda: len(self.orders) > number, 5)
        return self.orders[number]

    def tell(self, number: int, *events: Event, run: str = "run 1") -> None:
        packed = [pickle.dumps(event) for event in events]
        job_id = self.order(number).job_id
        self.hear({"job": job_id, "run": run, "worker": "worker 1", "events": packed})

    def finish(self, number: int, result=None, problem=None) -> None:
        job_id = self.order(number).job_id
        self.settle(job_id, result, problem)


def start(board: Board, argument: object, viewer: str = "anna") -> Job:
    return board.start("package.module:work", argument, viewer)
