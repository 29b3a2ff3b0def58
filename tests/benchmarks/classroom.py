"""How the lab carries a class: `python -m tests.benchmarks.classroom [STUDENTS …]`.

Each student opens the training page by a link with a seed of their own (four rules, four widths),
turns a knob, presses Train within five seconds of the others, turns a knob once more as soon as all
have pressed, watches to the end, and hands guess and result in to the class board, which a teacher
has open, within five seconds of the others. Most speak the protocol of the page
(`tests/protocol.py`), so that the server is measured and not a hundred browsers; three (`--tabs`)
are tabs of a real one.

    --waiting           instead: so many watch large runs that mostly wait for their turns; the
                        server's share
    --alone             instead: one visitor, and nobody else
    --gone              instead: so many come, train and go, ten at a time; memory after that
    --again             as a second class on the same machine, whose networks are compiled already
    --limit SECONDS     how long a student watches before they give up

It prints rows in Markdown, a column for each number of students, each with a fresh server and an
empty compilation cache. Seconds are the median, the 95th percentile and the most. "The runs alone"
take one process with a thread a core, without pages, Dask or store. Memory is in MB, resident.
"Points seen a second" is how often a student saw the curve grow between its first point and its
last. What the clients take of the processor, browsers not counted, the lab does not have.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np

from rnnlab import compilation_cache
from rnnlab.compute.embedded import TENSORFLOW
from rnnlab.presets import PRESETS
from rnnlab.settings import Plan, Settings
from tests.benchmarks.consumption import Consumption
from tests.lab import ROOT, Lab, running_lab
from tests.protocol import Visitor
from tests.student import Student, settings_of
from tests.tabs import Tab, browser

CLICKS_WITHIN = 5.0  # seconds
ARRIVALS_A_SECOND = 5.0
LIMIT = 300.0  # seconds
WARM = Settings.of({"rule": "pair", "length": 200, "epochs": 1, "units": 3})
LARGE = {"rule": "echo", "rows": 500, "length": 4_000, "window": 100, "cell": "lstm", "units": 63}
"""Runs whose turns are long, so that each of many mostly waits."""

Rows = dict[str, str]


@dataclass
class Attendance:
    """One student of the class, and how long the pages made them wait (in seconds)."""

    visitor: Student | Tab
    first_page: float | None = None
    knob_before: float | None = None
    knob_meanwhile: float | None = None
    handed_in: float | None = None
    trouble: str = ""

    async def arrive(self) -> None:
        """Open the page."""
        self.first_page = await self.visitor.arrive()

    async def prepare(self) -> None:
        """Turn the knob of the width to where it shall be."""
        self.knob_before = await self.visitor.turn_units(self.visitor.settings.units)

    async def train(self, last_click: float, limit: float) -> None:
        """Train, turn a knob within the second after everybody's click, watch to the end."""
        settings = self.visitor.settings
        await self.visitor.train()
        await asyncio.sleep(last_click - perf_counter() + random.Random(settings.seed).random())
        self.knob_meanwhile = await self.visitor.turn_units(settings.units + 1)
        await self.visitor.end(limit)

    async def hand_in(self) -> None:
        """Hand in to the board what was trained."""
        self.handed_in = await self.visitor.hand_in()


class Teacher(Visitor):
    """One who has a class board open all the time."""

    async def open_board(self) -> str:
        """Open a board; its code."""
        await self.open()
        await self.settled(0)
        await self.press("Open a board")
        return await self.until(
            lambda: (re.findall(r"Code ([A-Z2-9]{6})\b", self.text()) or [""])[0]
        )

    async def sees(self, n_answers: int) -> None:
        """Wait until the board shows that so many have handed in."""
        await self.until(lambda: self._n_answers() == n_answers)

    def _n_answers(self) -> int:
        """The answers to all questions: few to one stand in a line, many beside a picture."""
        many = (metric.body.body for metric in self.placed("metric"))
        few = re.findall(r"^\*\*([\d,]+)\*\* · ", self.text(), re.MULTILINE)
        return sum(int(number.replace(",", "")) for number in (*many, *few))


@dataclass
class Lesson:
    """A class, and what the lab took meanwhile.

    `until_seen` is how long after the last hand-in the teacher's board showed all of them.
    """

    attendances: list[Attendance]
    consumption: Consumption
    teacher: Teacher
    until_seen: float | None = None

    async def give(self, limit: float) -> None:
        """Have everybody come, train, and watch."""
        n = len(self.attendances)
        await self._phase(Attendance.arrive, n / ARRIVALS_A_SECOND, limit)
        await self._phase(Attendance.prepare, n / ARRIVALS_A_SECOND, limit)
        await asyncio.sleep(2.0)  # everybody looks at the page
        within = CLICKS_WITHIN if n > 1 else 0.0
        last_click = perf_counter() + within
        await self._phase(lambda each: each.train(last_click, limit), within, limit + 60)
        await self._phase(Attendance.hand_in, within, limit)
        handed_in, started = sum(bool(each.handed_in) for each in self.attendances), perf_counter()
        await self.teacher.sees(handed_in)
        self.until_seen = perf_counter() - started

    async def _phase(
        self, act: Callable[[Attendance], Awaitable[None]], within: float, limit: float
    ) -> None:
        """Have everybody act at a moment of their own within so many seconds."""

        async def begin(attendance: Attendance, moment: float) -> None:
            await asyncio.sleep(moment)
            try:
                async with asyncio.timeout(limit):
                    await act(attendance)
            except Exception as problem:
                attendance.trouble += f" {type(problem).__name__}: {str(problem)[:200]}."

        present = [each for each in self.attendances if not each.trouble]
        moments = [within * (place + 0.5) / len(present) for place in range(len(present))]
        random.Random(len(present)).shuffle(moments)
        await asyncio.gather(*map(begin, present, moments))

    def rows(self) -> Rows:
        """What was measured."""
        students = [each.visitor for each in self.attendances if isinstance(each.visitor, Student)]
        tabs = [each.visitor for each in self.attendances if isinstance(each.visitor, Tab)]
        everybody = [each.visitor for each in self.attendances]
        by_protocol = [each for each in self.attendances if isinstance(each.visitor, Student)]
        in_tabs = [each for each in self.attendances if isinstance(each.visitor, Tab)]
        begin = min(each.clicked_at for each in everybody)
        end = max([each.ended_at for each in everybody if each.ended_at] or [perf_counter()])
        rows = {
            "finished": f"{sum(each.done for each in everybody)} of {len(everybody)}",
            "first page": seconds(each.first_page for each in by_protocol),
            "a knob's answer before": seconds(each.knob_before for each in by_protocol),
            "a knob's answer while all train": seconds(e.knob_meanwhile for e in by_protocol),
            "click to first point": seconds(e.to_first_point for e in students if e.points),
            "click to Done": seconds(e.ended_at - e.clicked_at for e in students if e.done),
            "first click to last Done": f"{end - begin:.1f}",
            "pictures a second": _three((e.pictures_a_second for e in students if e.done), ".1f"),
            "longest stall of the curve": seconds(e.longest_stall for e in students if e.done),
            "handed in": f"{sum(bool(each.handed_in) for each in self.attendances)}",
            "click on Hand in to taken": seconds(each.handed_in for each in by_protocol),
            "last hand-in to the teacher's board": seconds([self.until_seen]),
            "kB from click to Done": _three(
                ((e.bytes_at_end - e.bytes_at_click) / 1000 for e in students if e.done), ".0f"
            ),
            "kB of the whole visit": _three((e.n_bytes / 1000 for e in students), ".0f"),
        }
        if tabs:
            rows |= {
                "in a browser: first page": seconds(each.first_page for each in in_tabs),
                "in a browser: a knob while all train": seconds(e.knob_meanwhile for e in in_tabs),
                "in a browser: click to first point": seconds(
                    e.to_first_point for e in tabs if e.points
                ),
                "in a browser: longest stall": seconds(e.longest_stall for e in tabs if e.done),
            }
        return rows | processor(self.consumption, begin, end)


def seconds(values: Iterable[float | None]) -> str:
    """Median, 95th percentile and most."""
    return _three(values, ".2f")


def _three(values: Iterable[float | None], digits: str) -> str:
    numbers = [value for value in values if value is not None]
    if not numbers:
        return "–"
    parts = (np.median(numbers), np.percentile(numbers, 95), max(numbers))
    return " / ".join(f"{part:{digits}}" for part in parts)


def processor(consumption: Consumption, begin: float, end: float) -> Rows:
    """The shares of a core that were taken meanwhile."""
    return {
        f"processor of the {part}": f"{consumption.share(part, begin, end):.0%}"
        for part in ("server", "workers", "helper", "clients")
    }


def memory(consumption: Consumption) -> Rows:
    """Before anybody came, at most, and now."""
    before, after = consumption.moments[0].memory, consumption.look().memory
    return {
        f"memory of the {part}: before / most / after": f"{before[part]:.0f} / "
        f"{consumption.most(part):.0f} / {after[part]:.0f}"
        for part in ("server", "workers", "helper")
    }


async def lesson(lab: Lab, n_students: int, options: argparse.Namespace) -> Rows:
    """A class of so many."""
    n_tabs = min(options.tabs, n_students - 1)
    chosen = [settings_of(number) for number in range(n_students)]
    async with AsyncExitStack() as stack:
        teacher = Teacher(f"{lab.url}/board")
        code = await teacher.open_board()
        visitors: list[Student | Tab] = [
            Student(lab.url, each, board=code) for each in chosen[n_tabs:]
        ]
        if n_tabs:
            running = await stack.enter_async_context(browser())
            pages = [await running.new_page() for _ in range(n_tabs)]
            visitors += map(Tab, pages, [lab.url] * n_tabs, chosen, [code] * n_tabs)
        consumption = Consumption(lab)
        given = Lesson([Attendance(visitor) for visitor in visitors], consumption, teacher)
        async with consumption.watched():
            await given.give(options.limit)
        for visitor in (*visitors, teacher):
            await visitor.close()
    for attendance in given.attendances:
        if attendance.trouble:
            print(f"seed {attendance.visitor.settings.seed}:{attendance.trouble}", file=sys.stderr)
    await asyncio.sleep(3.0)
    rows = given.rows() | memory(consumption)
    return rows | {"the runs alone": f"{_runs_alone(n_students, again=options.again):.1f}"}


async def waiting(lab: Lab, n_students: int, options: argparse.Namespace) -> Rows:
    """What those cost whose runs wait."""
    large = Settings.of(LARGE)
    students = [Student(lab.url, replace(large, seed=number)) for number in range(n_students)]
    consumption = Consumption(lab)
    for student in students:
        await student.arrive()
    for student in students:
        await student.train()
    async with consumption.watched():
        await asyncio.sleep(options.limit)
        end = perf_counter()
        consumption.look()
        rows = processor(consumption, end - 0.8 * options.limit, end)
    for student in students:
        await student.close()
    return rows


async def alone(lab: Lab, _n_students: int, _options: argparse.Namespace) -> Rows:
    """One visitor: whole runs, and the first point of a new architecture after a rest."""
    rows = {}
    for name in ("echo", "pair", "echo", "pair"):
        student = Student(lab.url, replace(PRESETS[name].settings, seed=2000 + len(rows)))
        await _whole_run(student)
        again = " again" if f"{name}: click to Done" in rows else ""
        rows[f"{name}{again}: click to Done"] = f"{student.ended_at - student.clicked_at:.2f}"
        rows[f"{name}{again}: kB"] = f"{(student.bytes_at_end - student.bytes_at_click) / 1000:.0f}"
    for rest in (0.0, 1.0):
        students = [
            Student(lab.url, replace(PRESETS["echo"].settings, units=units + int(rest)))
            for units in (14, 17, 20, 23, 26)
        ]
        for student in students:
            await _whole_run(student, rest)
        key = f"first point, new architecture, knobs rested {rest:.0f} s"
        rows[key] = seconds(student.to_first_point for student in students)
    return rows


async def _whole_run(student: Student, rest: float = 1.0) -> None:
    await student.arrive()
    await student.turn_units(student.settings.units)
    await asyncio.sleep(rest)
    await student.train()
    await student.end()
    await student.close()


async def gone(lab: Lab, n_students: int, _options: argparse.Namespace) -> Rows:
    """So many come and go, ten at a time; the memory once the last session has ended."""
    consumption = Consumption(lab)
    await asyncio.gather(*(_whole_run(Student(lab.url, settings_of(n))) for n in range(10)))
    consumption.look()
    warm = consumption.moments[-1].memory["server"]
    async with consumption.watched():
        for first in range(10, n_students + 10, 10):
            students = [
                Student(lab.url, settings_of(number)) for number in range(first, first + 10)
            ]
            await asyncio.gather(*map(_whole_run, students))
        await asyncio.sleep(SESSION_LIVES)
    return memory(consumption) | {"memory of the server after the first ten": f"{warm:.0f}"}


SESSION_LIVES = 135.0
"""Seconds after which Streamlit has forgotten a session whose tab was closed."""


def _runs_alone(n_students: int, again: bool) -> float:
    """The seconds that the same runs take without the lab, in a process of their own."""
    command = [sys.executable, "-m", "tests.benchmarks.classroom", "--runs", str(n_students)]
    environment = TENSORFLOW | os.environ
    if again:
        environment |= compilation_cache.environment()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _run_all(n_students: int) -> float:
    from rnnlab.training import train, warm_up

    def run(settings: Settings) -> None:
        for _ in train(Plan(settings)):
            pass

    warm_up()
    run(WARM)
    started = perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(run, [settings_of(number) for number in range(n_students)]))
    return perf_counter() - started


async def _warm(lab: Lab) -> None:
    """Let the compute side come up before anybody is measured."""
    student = Student(lab.url, WARM)
    await student.arrive()
    await student.train()
    await student.end(LIMIT)
    await student.close()


def measure(n_students: int, options: argparse.Namespace) -> Rows:
    """One column: a class of so many with a server of its own."""
    act = {"waiting": waiting, "alone": alone, "gone": gone}.get(options.mode, lesson)

    async def run(lab: Lab) -> Rows:
        await _warm(lab)
        return await act(lab, n_students, options)

    with tempfile.TemporaryDirectory() as name:
        os.environ[compilation_cache.VARIABLE] = name
        for _ in range(2 if options.again else 1):
            with running_lab(Path(name)) as lab:
                rows = asyncio.run(run(lab))
        log = lab.log.read_text(errors="replace")
        if "Traceback" in log:
            print(log[log.index("Traceback") :][:4000], file=sys.stderr)
    return rows


def main() -> None:
    """Measure every number of students, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("students", nargs="*", type=int, default=[30])
    for mode in ("waiting", "alone", "gone"):
        parser.add_argument(f"--{mode}", dest="mode", action="store_const", const=mode)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--tabs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=LIMIT)
    parser.add_argument("--runs", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.runs:
        print(_run_all(options.runs))
        return
    columns = [measure(n_students, options) for n_students in options.students]
    print(f"| students | {' | '.join(map(str, options.students))} |")
    print(f"|---|{'---|' * len(columns)}")
    for name in columns[-1]:
        print(f"| {name} | {' | '.join(column.get(name, '–') for column in columns)} |")


if __name__ == "__main__":
    main()
