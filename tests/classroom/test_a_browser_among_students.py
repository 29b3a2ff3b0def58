"""Somebody with a real browser, while everybody trains."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from tests.classroom.pupils import RUN, TIMEOUT, class_of, ends, train, visitors
from tests.lab import Lab
from tests.tabs import Tab, browser


def test_a_browser_sees_its_picture_move_and_its_knobs_answer_while_all_train(lab: Lab) -> None:
    async def lesson() -> Tab:
        students = class_of(lab.url, 11, first_seed=700)
        async with browser() as running, visitors(*students):
            tab = Tab(await running.new_page(), lab.url, replace(RUN, epochs=240))
            await tab.arrive()
            await train(students)
            await tab.train()
            await tab.turn_units(RUN.units)
            assert not await tab.has_ended()
            await ends(students)
            await tab.end(TIMEOUT)
        return tab

    tab = asyncio.run(lesson())
    assert tab.done
    assert len(tab.points) >= 10
