"""The run on show: what a click makes of it, and what is seen while a new job catches up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnnlab.compute import JobView
from rnnlab.plan import Plan
from rnnlab.progress import Event, Progress
from rnnlab.settings import Settings
from rnnlab.ui import runs
from rnnlab.ui.guess import Guess
from rnnlab.ui.runs import Run

SETTINGS = Settings(rows=10, length=500, window=5, epochs=2)  # 2 epochs of 100 updates
ME = "me"


def point(step: int) -> Progress:
    return Progress(step, 200, 1 + (step > 100), 0.5, 0.6, 0.5, step / 100, learning_rate=0.01)


class Job:
    """A job that tells what the test wants it to tell."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.state = "running"
        self.events: list[Event] = []
        self.result: Event | None = None
        self.waited = 0.0

    def view(self, viewer: str) -> JobView:
        assert viewer == ME
        return JobView(self.state, None, tuple(self.events), self.result)

    def wait(self, seconds: float) -> None:
        self.waited += seconds

    def tell(self, *steps: int, state: str = "running") -> None:
        """Progress after so many updates; in the end the last one is the result."""
        self.events += map(point, steps)
        self.state = state
        self.result = self.events[-1] if state == "done" else None


class Board:
    """A job for each plan, as on the real one; who was stopped, in that order."""

    def __init__(self) -> None:
        self.jobs: dict[Plan, Job] = {}
        self.stopped: list[Job] = []

    def start(self, work: str, plan: Plan, viewer: str) -> Job:
        assert (work, viewer) == ("rnnlab.training:train", ME)
        if plan not in self.jobs or self.jobs[plan].state == "stopped":
            self.jobs[plan] = Job(plan)
        return self.jobs[plan]

    def stop(self, job: Job, viewer: str) -> None:
        assert viewer == ME
        self.stopped.append(job)
        if job.state == "running":
            job.state = "stopped"


@pytest.fixture(autouse=True)
def board(monkeypatch) -> Board:
    one = Board()
    monkeypatch.setattr(runs, "board", lambda: one)
    monkeypatch.setattr(runs, "viewer", lambda: ME)
    monkeypatch.setattr(runs.st, "session_state", {})
    return one


@pytest.fixture
def toasts(monkeypatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(runs.st, "toast", lambda text, **_: said.append(text))
    return said


def job_on_show() -> Job:
    return runs.on_show().job


def steps_seen() -> list[int]:
    return [one.step for one in runs.on_show().look().progress]


def begun(*steps: int, state: str = "running", plan: Plan | None = None) -> Job:
    """A run on show that has told of these steps."""
    runs._show(plan or Plan(SETTINGS))
    job_on_show().tell(*steps, state=state)
    return job_on_show()


def test_nothing_is_on_show_at_the_beginning(board):
    assert runs.on_show() is None
    for click in (runs.stop, runs.go_on, lambda: runs.turn_rate(0.3)):
        click()
    assert runs.on_show() is None
    assert not board.jobs


def test_train_starts_the_whole_run_and_waits_a_moment_for_its_first_point(board):
    runs.start(SETTINGS)
    run = runs.on_show()
    assert run.plan == Plan(SETTINGS)
    assert run.settings is SETTINGS
    assert run.before == ()
    assert run.job is board.jobs[Plan(SETTINGS)]
    assert 0 < run.job.waited < 1
    assert not board.stopped


def test_another_run_lets_go_of_the_one_before(board):
    old = begun(1, 3)
    runs.start(replace(SETTINGS, seed=2))
    assert board.stopped == [old]
    assert steps_seen() == [], "nothing of the old run is shown"


def test_train_again_joins_the_job_that_there_is(board):
    job = begun(1, 3)
    runs.start(SETTINGS)
    assert job_on_show() is job
    assert not board.stopped
    assert steps_seen() == [1, 3]


def test_train_again_on_a_run_that_is_done_says_so(toasts):
    begun(1, 200, state="done")
    runs.start(SETTINGS)
    assert "the same curve" in toasts[0]
    runs.start(replace(SETTINGS, seed=2))
    assert len(toasts) == 1


@pytest.mark.parametrize("state", ["running", "stopped"])
def test_train_again_on_a_run_that_is_not_done_says_nothing(toasts, state):
    begun(1, 200 if state == "running" else 100, state=state)
    runs.start(SETTINGS)
    assert toasts == []


def test_stop_lets_go_of_the_job_and_keeps_its_points(board):
    job = begun(1, 3, 7)
    runs.stop()
    assert board.stopped == [job]
    look = runs.on_show().look()
    assert not look.live
    assert not look.complete
    assert (look.step, steps_seen()) == (7, [1, 3, 7])


def test_go_on_after_a_stop_shows_the_old_points_until_the_new_job_is_as_far():
    old = begun(1, 3, 7)
    runs.stop()
    runs.go_on()
    new = job_on_show()
    assert new is not old
    assert runs.on_show().plan == Plan(SETTINGS)
    assert runs.on_show().look().live
    assert steps_seen() == [1, 3, 7]
    new.tell(1, 3)
    assert steps_seen() == [1, 3, 7]
    new.tell(5)
    assert steps_seen() == [1, 3, 7], "still behind"
    new.tell(7)
    assert steps_seen() == [1, 3, 5, 7], "from here on what the new job tells"
    new.tell(15)
    assert steps_seen()[-1] == 15


def test_a_new_job_that_ends_before_it_is_as_far_leaves_the_old_points():
    begun(1, 3, 7)
    runs.stop()
    runs.go_on()
    job_on_show().tell(1, state="failed")
    look = runs.on_show().look()
    assert [one.step for one in look.progress] == [1, 3, 7]
    assert not look.live
    assert look.view.state == "failed"


def test_go_on_from_a_step_is_the_whole_run():
    begun(1, state="done", plan=Plan(SETTINGS, until=1))
    runs.go_on()
    assert runs.on_show().plan == Plan(SETTINGS)
    assert steps_seen() == [1]


def test_the_first_step_is_a_run_of_one_update():
    runs.step(SETTINGS)
    assert runs.on_show().plan == Plan(SETTINGS, until=1)
    assert runs.on_show().before == ()


def test_each_step_is_one_update_more():
    runs.step(SETTINGS)
    for done in (1, 2, 3):
        job_on_show().tell(done, state="done")
        runs.step(SETTINGS)
        assert runs.on_show().plan == Plan(SETTINGS, until=done + 1)
        assert runs.on_show().look().step == done, "shown until the next one is there"


def test_a_step_of_a_stopped_run_is_the_one_after_its_last_point():
    begun(1, 3, 7)
    runs.stop()
    runs.step(SETTINGS)
    assert runs.on_show().plan == Plan(SETTINGS, until=8)
    assert steps_seen() == [1, 3, 7]


def test_a_step_with_other_knobs_is_the_first_of_another_run():
    begun(1, 3, 7)
    other = replace(SETTINGS, units=3)
    runs.step(other)
    assert runs.on_show().plan == Plan(other, until=1)
    assert steps_seen() == []


def test_a_turned_rate_holds_from_the_last_point_that_was_seen(board):
    old = begun(1, 3, 7)
    runs.turn_rate(0.3)
    assert runs.on_show().plan == Plan(SETTINGS, rates=((7, 0.3),))
    assert steps_seen() == [1, 3, 7]
    assert board.stopped == [old]


def test_a_turned_rate_of_a_paused_run_takes_it_to_its_end():
    begun(1, state="done", plan=Plan(SETTINGS, until=1))
    runs.turn_rate(0.3)
    assert runs.on_show().plan == Plan(SETTINGS, rates=((1, 0.3),))


def test_a_rate_can_be_turned_again_and_earlier_turns_stay():
    begun(1, 3, 7)
    runs.turn_rate(0.3)
    job_on_show().tell(1, 3, 7, 15)
    runs.turn_rate(0.001)
    assert runs.on_show().plan == Plan(SETTINGS, rates=((7, 0.3), (15, 0.001)))


def test_a_step_and_going_on_keep_a_turned_rate():
    begun(1, 3, 7)
    runs.turn_rate(0.3)
    job_on_show().tell(1, 3, 7, 15)
    runs.stop()
    runs.step(replace(SETTINGS, learning_rate=0.3))
    assert runs.on_show().plan == Plan(SETTINGS, rates=((7, 0.3),), until=16)
    runs.go_on()
    assert runs.on_show().plan == Plan(SETTINGS, rates=((7, 0.3),))


def test_a_rate_before_the_first_point_turns_nothing():
    begun()
    runs.turn_rate(0.3)
    assert runs.on_show().plan == Plan(SETTINGS)


def test_the_knobs_say_what_a_run_does_now_with_its_turned_rate():
    plan = Plan(SETTINGS)
    fast = replace(SETTINGS, learning_rate=0.3)
    assert runs.same_run(Run(plan, None), SETTINGS)
    assert not runs.same_run(Run(plan, None), fast)
    turned = Run(plan.turned(7, 0.3), None)
    assert runs.same_run(turned, fast)
    assert not runs.same_run(turned, SETTINGS)
    assert not runs.same_run(turned, replace(fast, units=3))


def test_a_guess_belongs_to_the_run_that_it_was_made_for(monkeypatch):
    first, second = Guess("Nothing", None), Guess("A part", 0.5)
    monkeypatch.setattr(runs.guesses, "current", lambda: first)
    runs.start(SETTINGS)
    assert runs.on_show().guess == first
    job_on_show().tell(1, 3)
    monkeypatch.setattr(runs.guesses, "current", lambda: second)
    runs.turn_rate(0.3)
    assert runs.on_show().guess == first, "it is the same run, gone on with"
    runs.start(replace(SETTINGS, seed=2))
    assert runs.on_show().guess == second


@pytest.mark.parametrize(
    ("steps", "state", "live", "complete"),
    [
        ((), "waiting", True, False),
        ((1,), "running", True, False),
        ((1, 200), "running", True, False),  # the result is on its way
        ((1, 200), "done", False, True),
        ((1,), "done", False, False),  # paused
        ((1, 3), "stopped", False, False),
        ((), "failed", False, False),
    ],
)
def test_a_look_tells_whether_more_is_to_come_and_whether_all_is_done(steps, state, live, complete):
    begun(*steps, state="running")
    job_on_show().state = state
    look = runs.on_show().look()
    assert (look.live, look.complete) == (live, complete)
    assert look.step == (steps[-1] if steps else 0)


def test_only_progress_is_shown_and_only_progress_is_a_result():
    job = begun(1)
    job.events.append(Event())
    job.result = Event()
    look = runs.on_show().look()
    assert [one.step for one in look.progress] == [1]
    assert look.result is None
    job.result = point(200)
    assert runs.on_show().look().result == point(200)
