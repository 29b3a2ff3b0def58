#!/bin/sh
# Dask 2026.8.0 (distributed): a task that has left the worker's pool is profiled on.
#
# One expects: a worker looks at its one thread a hundred times a second, to show where time goes
# (`distributed.worker.profile`). Tasks that have called secede() left that pool; when all have, and
# only wait, there is nothing to look at, and in no case more than one stack at a time.
#
# What happens: every seceded task that has not ended is looked at, each time, so the work of the
# profiler grows with their number: with twenty, that all sleep, each look takes twenty stacks. The
# worker walks and merges them under the interpreter's lock, which the tasks want, too. Setting
# distributed.worker.profile.enabled to False ends it.
#
# Exit status: 0 while it is so, 1 once it has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "distributed==2026.8.0" "dask==2026.8.0"
cat > "$folder/run.py" <<'PYTHON'
import sys
import time

import dask
import distributed
from distributed import Client, LocalCluster, secede

SECONDS = 4
TASKS = 20


def wait_outside_the_pool(_number: int) -> None:
    secede()
    time.sleep(SECONDS)


def stacks_taken(tasks: int, *, enabled: bool = True) -> int:
    with dask.config.set({"distributed.worker.profile.enabled": enabled}):
        options = {"processes": False, "dashboard_address": None}
        cluster = LocalCluster(n_workers=1, threads_per_worker=1, **options)
        with cluster, Client(cluster) as client:
            client.gather(client.map(wait_outside_the_pool, range(tasks), pure=False))
            time.sleep(1.5)  # stacks are handed over once a second
            return client.profile().get("count", 0)


if __name__ == "__main__":
    looks = 100 * SECONDS
    few, many, off = stacks_taken(1), stacks_taken(TASKS), stacks_taken(TASKS, enabled=False)
    print("distributed", distributed.__version__)
    print(f"looks at one thread in {SECONDS} s, at most: {looks}")
    print(f"stacks taken of a single seceded task:   {few}")
    print(f"stacks taken of {TASKS} seceded tasks:        {many}")
    print(f"the same, with the profiler switched off: {off}")
    unchanged = few > 0 and many > 4 * few and many > 2 * looks and off == 0
    print("as described" if unchanged else "CHANGED: seceded tasks are not profiled now, or otherwise")
    sys.exit(0 if unchanged else 1)
PYTHON
"$folder/venv/bin/python" "$folder/run.py"
