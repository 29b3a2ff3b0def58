"""What goes wrong while a class trains harms nobody, or only those whom it must."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import psutil

from rnnlab import training
from rnnlab.charts.loss_curve import row
from rnnlab.settings import Plan
from tests.classroom.pupils import ENDLESS, RUN, TIMEOUT, class_of, ends, train, visitors
from tests.classroom.slow_line import slow_line
from tests.compute.test_server_exit import session_of
from tests.compute.waiting import until
from tests.lab import Lab, running_lab
from tests.protocol import new_cookie
from tests.student import Student

MB = 2**20


def helper_of(lab: Lab) -> psutil.Process:
    """The process that owns the cluster."""
    (helper,) = psutil.Process(lab.process.pid).children()
    return helper


def idle(process: psutil.Process) -> bool:
    """Whether the process takes next to nothing of the processor, over a second."""
    return process.cpu_percent(1.0) < 30.0


def test_all_finish_with_the_same_digits_although_the_worker_is_killed(lab: Lab) -> None:
    students = class_of(lab.url, 6, first_seed=100)

    async def lesson() -> list[str]:
        async with visitors(*students):
            await train(students)
            for worker in lab.workers():
                worker.kill()
            return await ends(students)

    for status in asyncio.run(lesson()):
        assert status.startswith("Done:")
    for student in (students[0], students[-1]):
        # Nobody has turned the width back from where the link had it.
        plan = Plan(replace(student.settings, units=student.settings.units + 1))
        assert student.curve == [row(report) for report in training.train(plan)]


def test_all_finish_although_the_helper_is_killed(lab: Lab) -> None:
    async def lesson() -> list[str]:
        async with visitors(*class_of(lab.url, 4, first_seed=200)) as students:
            await train(students)
            helper_of(lab).kill()
            return await ends(students)

    for status in asyncio.run(lesson()):
        assert status.startswith("Done:")


def test_work_ends_with_the_tabs_that_wanted_it_and_nobody_else_notices(lab: Lab) -> None:
    async def lesson() -> list[str]:
        leaving = class_of(lab.url, 4, ENDLESS, first_seed=300)
        staying = class_of(lab.url, 8, first_seed=310)
        async with visitors(*leaving, *staying):
            await train([*leaving, *staying])
            await asyncio.gather(*(student.close() for student in leaving))
            return await ends(staying)

    for status in asyncio.run(lesson()):
        assert status.startswith("Done:")
    until(lambda: all(map(idle, lab.workers())), 120)  # seconds; their work would take longer


def test_twenty_tabs_of_one_visitor_have_one_visitors_share(lab: Lab) -> None:
    """Were a tab a visitor, the others would end when most of the tabs do."""

    async def lesson() -> tuple[list[str], int]:
        tabs = class_of(lab.url, 20, first_seed=800, cookie=new_cookie(lab.url))
        others = class_of(lab.url, 3, first_seed=830)
        async with visitors(*tabs, *others):
            await asyncio.gather(*(student.train() for student in (*tabs, *others)))
            lines = await ends(others)
            return lines, sum(tab.done for tab in tabs)

    lines, n_tabs_done = asyncio.run(lesson())
    assert all(line.startswith("Done:") for line in lines)
    assert n_tabs_done <= 10


def test_a_slow_connection_slows_nobody_and_takes_no_memory(lab: Lab) -> None:
    async def lesson() -> tuple[list[str], int]:
        server = psutil.Process(lab.process.pid)
        async with visitors(*class_of(lab.url, 3, first_seed=400)) as students:
            before = server.memory_info().rss
            async with slow_line(lab.url) as url:
                slow = Student(url, replace(ENDLESS, seed=410))
                opening = asyncio.ensure_future(slow.open())
                await train(students)
                lines = await ends(students)
                growth = server.memory_info().rss - before
                opening.cancel()
                await asyncio.gather(opening, return_exceptions=True)
        return lines, growth

    lines, growth = asyncio.run(lesson())
    assert all(line.startswith("Done:") for line in lines)
    assert growth < 60 * MB


def test_settings_that_need_too_much_memory_are_refused_in_a_sentence(lab: Lab) -> None:
    values = {"rule": "echo", "cell": "lstm", "bidirectional": True, "layers": 3, "units": 63}
    values |= {"window": 100, "rows": 500, "length": 300, "networks": 16, "epochs": 1}
    values |= {"carry_state": False}

    async def visit() -> tuple[list[str], bool]:
        student = Student(lab.url, RUN)
        student.query = {name: str(value).lower() for name, value in values.items()}
        async with visitors(student):
            alerts = [placed.body.body for placed in student.placed("alert")]
            buttons = {placed.body.label for placed in student.placed("button")}
            return alerts, "Train" in buttons

    before = {worker.pid for worker in lab.workers()}
    alerts, can_train = asyncio.run(visit())
    assert len(alerts) == 1
    assert "GB" in alerts[0]
    assert not can_train
    assert {worker.pid for worker in lab.workers()} == before


def test_who_is_cut_off_comes_back_to_the_same_run(lab: Lab) -> None:
    async def lesson() -> str:
        (student,) = class_of(lab.url, 1, replace(RUN, epochs=400), first_seed=500)
        async with visitors(student):
            await train([student])
            session = student.session
            await student.close()
            await student.open()
            assert student.session == session
            return await student.end(TIMEOUT)

    assert asyncio.run(lesson()).startswith("Done:")


def test_a_finished_run_is_still_there_after_a_reload(lab: Lab) -> None:
    async def visit() -> str:
        (student,) = class_of(lab.url, 1, first_seed=600)
        async with visitors(student):
            await student.turn_units(RUN.units)
            await student.train()
            return await student.end(TIMEOUT)

    first = asyncio.run(visit())
    assert first.startswith("Done:")
    assert asyncio.run(visit()) == first  # the seconds that the run took included


def test_nothing_is_left_of_a_server_that_is_stopped_while_all_train(tmp_path: Path) -> None:
    async def lesson(lab: Lab) -> int:
        async with visitors(*class_of(lab.url, 12, ENDLESS)) as students:
            await train(students)
            helper = helper_of(lab).pid
            assert os.getsid(helper) == helper
            lab.process.terminate()
            await asyncio.to_thread(lab.process.wait, 20)
        return helper

    with running_lab(tmp_path) as lab:
        helper = asyncio.run(lesson(lab))
        until(lambda: not session_of(helper), 5)
        assert "Traceback" not in lab.log.read_text(errors="replace")
