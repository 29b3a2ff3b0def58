"""How many bytes a run takes that has had its turns and waits for the next: run as a process.

It reads knobs as JSON, begins one run to have everything compiled, then as many more as told, each
with a seed of its own, goes on with each for a while, and prints by how much the process has grown,
a run.
"""

from __future__ import annotations

import ctypes
import gc
import json
import sys
from dataclasses import replace
from time import perf_counter

import psutil

from rnnlab.settings import Plan, Settings
from rnnlab.training.run import train

SHARE = 0.7
SECONDS = 1.0


def begun(settings: Settings) -> object:
    run = train(Plan(settings))
    end = perf_counter() + SECONDS
    for progress in run:
        if progress.step >= SHARE * settings.updates or perf_counter() > end:
            break
    return run


def resident() -> int:
    """Bytes of this process, without what is free and kept by the allocator for the next run."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    return int(psutil.Process().memory_info().rss)


def main() -> None:
    settings, n = Settings.of(json.load(sys.stdin)), int(sys.argv[1])
    runs = [begun(settings)]
    before = resident()
    runs += [begun(replace(settings, seed=settings.seed + k)) for k in range(1, n + 1)]
    print((resident() - before) // n)
    assert len(runs) == n + 1  # they are all still there


main()
