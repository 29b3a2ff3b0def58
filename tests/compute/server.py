"""A small server, to be killed: `python -m tests.compute.server folder` counts for ever.

It writes down which `modules` it has loaded, then that it is `ready`.
"""

import sys
from functools import partial
from pathlib import Path
from time import sleep

from rnnlab.compute import JobStore
from rnnlab.compute.cluster import connect


def main(folder: str) -> None:
    store = JobStore(partial(connect, warm=None))
    job = store.start("tests.compute.works:count_forever", folder, "viewer")
    while not job.view("viewer").events:
        sleep(0.01)
    (Path(folder) / "modules").write_text("\n".join(sys.modules))
    (Path(folder) / "ready").touch()
    while True:
        job.view("viewer")
        sleep(0.1)


if __name__ == "__main__":
    main(sys.argv[1])
