#!/bin/sh
# Dask 2026.8.0 (distributed): an event that a worker logs is not copied when it is logged.
#
# One expects: a task that keeps one dict of its progress, changes it and logs it after every step
# ({"step": 0}, {"step": 1}, …) is heard step by step, since log_event returned in between.
#
# What happens: messages wait a moment and are packed together, and until then each is the dict
# itself. Five events arrive, each with its own time, and all five tell of the last step. Logging a
# new dict every time gives the five steps.
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

import distributed
from distributed import Client, LocalCluster, get_worker

STEPS = 5


def the_same_dict() -> None:
    progress = {"step": 0}
    for step in range(STEPS):
        progress["step"] = step
        get_worker().log_event("same", progress)


def a_new_dict() -> None:
    for step in range(STEPS):
        get_worker().log_event("new", {"step": step})


if __name__ == "__main__":
    cluster = LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None)
    with cluster, Client(cluster) as client:
        heard = {"same": [], "new": []}
        for topic, steps in heard.items():
            client.subscribe_topic(topic, lambda event, steps=steps: steps.append(event[1]["step"]))
        for task in (the_same_dict, a_new_dict):
            client.submit(task, pure=False).result()
        for _ in range(100):
            if all(len(steps) == STEPS for steps in heard.values()):
                break
            time.sleep(0.1)
    print("distributed", distributed.__version__)
    print("one dict, changed between the events:", heard["same"])
    print("a new dict for each event:           ", heard["new"])
    unchanged = heard["new"] == list(range(STEPS)) and heard["same"].count(STEPS - 1) > 1
    print("as described" if unchanged else "CHANGED: events are copied now, or something else differs")
    sys.exit(0 if unchanged else 1)
PYTHON
"$folder/venv/bin/python" "$folder/run.py"
