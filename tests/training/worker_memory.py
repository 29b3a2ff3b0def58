"""How much memory a run takes in a process of its own: `python -m tests.training.worker_memory`.

It reads settings as JSON from its input, and writes the bytes above those of a warm process. It
does a run for as many seconds as its argument says.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path

from rnnlab.compute.worker import BLOCKED_MODULES
from rnnlab.settings import Plan, Settings, memory


def bytes_of(line: str) -> int:
    """The number in this line of the process's status."""
    status = Path("/proc/self/status").read_text()
    (kilobytes,) = [row.split()[1] for row in status.splitlines() if row.startswith(f"{line}:")]
    return 1024 * int(kilobytes)


def measure(settings: Settings, seconds: float) -> int:
    """The most bytes of a run beside those of a warm process."""
    from rnnlab.training import train, warm_up

    warm_up()
    before = bytes_of("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # from here on, VmHWM is the most
    end = time.monotonic() + seconds
    for progress in train(Plan(settings)):
        pickle.dumps(progress if progress.complete else progress.brief())
        if time.monotonic() > end:
            break
    return bytes_of("VmHWM") - before


if __name__ == "__main__":
    sys.modules.update(dict.fromkeys(BLOCKED_MODULES))
    memory.MAX_BYTES = sys.maxsize
    values = json.load(sys.stdin)
    print(measure(Settings.of(values), float(sys.argv[1])))
