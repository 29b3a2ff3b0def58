"""What a visitor leaves behind once the tab is closed: nothing."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from dataclasses import replace

from tests.classroom.pupils import ENDLESS, RUN, TIMEOUT, class_of, ends, train, visitors
from tests.compute.waiting import until
from tests.lab import running_lab


def test_the_server_holds_nothing_of_visitors_who_have_gone(tmp_path) -> None:
    async def lesson(url: str, first_seed: int) -> None:
        async with visitors(*class_of(url, 6, replace(RUN, epochs=2), first_seed)) as students:
            await train(students)
            await ends(students)
        async with visitors(*class_of(url, 2, ENDLESS, first_seed)) as in_the_middle:
            await train(in_the_middle)

    options = "--server.disconnectedSessionTTL=16"  # seconds; the lab closes sessions before that
    with running_lab(tmp_path, options, entry="tests/classroom/watched_app.py") as lab:

        def held() -> dict[str, int]:
            with urllib.request.urlopen(f"{lab.url}/held") as answer:
                return json.load(answer)

        for number in range(3):
            asyncio.run(lesson(lab.url, 100 * number))
        until(lambda: not any(held().values()), TIMEOUT)
