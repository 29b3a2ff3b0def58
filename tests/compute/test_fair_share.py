"""Who computes next, on a clock of the test's own; nothing waits, nothing runs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from rnnlab.compute.fair_share import FIRST_TURN, MAX_LAG, QUANTUM, Computation, FairShare


@dataclass
class Simulation:
    """Jobs whose chunks last as long as the test says, on so many cores.

    `served` is by visitor, `starts` are the jobs' numbers in the order of their turns.
    """

    slots: int = 1
    now: float = 0.0
    served: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.share = FairShare(self.slots)
        self.numbers = count()
        self.jobs: dict[Computation, tuple[int, str | None, float]] = {}
        self.ends: dict[Computation, float] = {}

    def add(self, visitor: str | None, chunk: float) -> int:
        job = self.share.join(visitor)
        self.jobs[job] = (number, *_) = (next(self.numbers), visitor, chunk)
        self.share.ask(job, self.now)
        self.grant()
        return number

    def grant(self) -> None:
        for job in self.share.grant(self.now):
            number, _, chunk = self.jobs[job]
            self.starts.append(number)
            self.ends[job] = self.now + chunk

    def remove(self, number: int) -> None:
        job = next(job for job, (n, *_) in self.jobs.items() if n == number)
        del self.jobs[job]
        self.ends.pop(job, None)
        self.share.leave(job, self.now)
        self.grant()

    def run(self, seconds: float) -> None:
        until = self.now + seconds
        while self.ends:
            job = min(self.ends, key=lambda job: self.ends[job])
            if self.ends[job] > until:
                break
            self.now = self.ends.pop(job)
            _, visitor, chunk = self.jobs[job]
            self.served[visitor] += chunk
            self.share.ask(job, self.now)
            self.grant()
        self.now = until


CHUNKS = st.integers(1, 20).map(lambda n: n / 100)
CLASS = st.lists(st.lists(CHUNKS, min_size=1, max_size=4), min_size=2, max_size=8)


@given(CLASS)
def test_on_one_core_visitors_are_served_equally_up_to_their_chunks(jobs_of_visitors):
    simulation = Simulation()
    for number, chunks in enumerate(jobs_of_visitors):
        for chunk in chunks:
            simulation.add(f"visitor {number}", chunk)
    simulation.run(30)
    served = [simulation.served[f"visitor {n}"] for n in range(len(jobs_of_visitors))]
    longest = max(chunk for chunks in jobs_of_visitors for chunk in chunks)
    assert max(served) - min(served) <= 2 * longest + 1e-9


@given(CLASS, st.integers(2, 4))
def test_on_several_cores_nobody_starves_and_no_core_is_idle(jobs_of_visitors, slots):
    simulation = Simulation(slots)
    for number, chunks in enumerate(jobs_of_visitors):
        for chunk in chunks:
            simulation.add(f"visitor {number}", chunk)
    simulation.run(30)
    n_jobs = sum(map(len, jobs_of_visitors))
    assert len(simulation.ends) == min(slots, n_jobs)
    # As much as an equal share, or a whole core, which is all that a single job can use.
    enough = 30 * min(1, slots / len(jobs_of_visitors))
    for number in range(len(jobs_of_visitors)):
        assert simulation.served[f"visitor {number}"] >= enough - 1.5


@given(st.integers(1, 4), st.integers(1, 40), CHUNKS)
def test_a_first_chunk_waits_for_no_second_of_those_who_came_before(slots, n_others, chunk):
    simulation = Simulation(slots)
    for number in range(n_others):
        simulation.add(f"visitor {number}", chunk)
    simulation.run(20)
    before = len(simulation.starts)
    newcomer = simulation.add("newcomer", chunk)
    simulation.run((n_others + 1) * chunk)
    assert newcomer in simulation.starts[before : before + n_others + 1]


def test_of_a_first_turn_in_which_something_is_compiled_little_is_charged():
    simulation = Simulation()
    simulation.add("compiler", 1.0)
    simulation.run(1)
    job = next(iter(simulation.share._visitors["compiler"].jobs))
    assert job.served == FIRST_TURN
    simulation.run(1)
    assert job.served == FIRST_TURN + 1


def test_a_turn_lasts_a_quantum_and_no_longer():
    share = FairShare()
    job = share.join("anna")
    assert not share.may_go_on(job, 0.0)
    share.ask(job, 0.0)
    assert list(share.grant(0.0)) == [job]
    assert share.may_go_on(job, 0.9 * QUANTUM)
    assert not share.may_go_on(job, QUANTUM)


def test_thirty_newcomers_have_their_first_chunk_before_anyone_has_a_second():
    simulation = Simulation(2)
    numbers = [simulation.add(f"visitor {n}", 0.01 * (1 + n % 5)) for n in range(30)]
    simulation.run(2)
    assert sorted(simulation.starts[:30]) == numbers


def test_twenty_tabs_of_one_visitor_get_the_share_of_one():
    simulation = Simulation(2)
    for _ in range(20):
        simulation.add("tabs", 0.05)
    for n in range(3):
        simulation.add(f"visitor {n}", 0.05)
    simulation.run(40)
    assert all(abs(seconds - 20) < 0.3 for seconds in simulation.served.values())


def test_among_the_jobs_of_one_visitor_the_newest_goes_first_and_none_is_left_behind():
    simulation = Simulation()
    old = simulation.add("anna", 0.1)
    simulation.run(10)
    new = simulation.add("anna", 0.1)
    simulation.run(0.2)
    assert simulation.starts[-1] == new or simulation.starts[-2] == new
    simulation.run(10)
    latest = simulation.starts[-20:]
    assert latest.count(old) == latest.count(new) == 10


def test_who_used_idle_cores_owes_less_than_a_second_to_those_who_come():
    simulation = Simulation(4)
    for _ in range(8):
        simulation.add("many", 0.05)
    simulation.add("single", 0.05)
    simulation.run(30)  # "many" had three cores, since "single" can use only one
    for n in range(4):
        simulation.add(f"visitor {n}", 0.05)
    before = simulation.served["many"]
    simulation.run(6)
    assert simulation.served["many"] - before > 4 - MAX_LAG


def test_who_leaves_and_comes_back_brings_what_it_had():
    simulation = Simulation()
    for n in range(3):
        simulation.add(f"visitor {n}", 0.1)
    restless = simulation.add("restless", 0.1)
    for _ in range(200):
        simulation.run(0.1)
        simulation.remove(restless)
        restless = simulation.add("restless", 0.1)
    assert simulation.served["restless"] <= min(simulation.served[f"visitor {n}"] for n in range(3))


def test_work_for_nobody_waits_until_no_other_wants_to_compute_and_leaves_a_core_free():
    simulation = Simulation(2)
    busy = [simulation.add(name, 0.1) for name in ("anna", "ben", "carl")]
    idle = [simulation.add(None, 0.1) for _ in range(2)]
    simulation.run(5)
    assert not set(idle) & set(simulation.starts)
    simulation.remove(busy[0])
    simulation.run(5)
    assert not set(idle) & set(simulation.starts)
    simulation.remove(busy[1])
    simulation.remove(busy[2])
    simulation.run(0.05)
    assert len(simulation.ends) == 1


@given(CLASS)
def test_nothing_is_remembered_of_those_who_are_gone(jobs_of_visitors):
    simulation = Simulation(2)
    numbers = [
        simulation.add(f"visitor {n}", chunk)
        for n, chunks in enumerate(jobs_of_visitors)
        for chunk in chunks
    ]
    simulation.run(1)
    for number in numbers:
        simulation.remove(number)
    share = simulation.share
    assert not any((share._visitors, share._gone, share._waiting, share._running))
