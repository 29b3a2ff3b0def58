#!/bin/sh
# Dask 2026.8.0 (distributed): a second handler for a topic takes the place of the first.
#
# One expects: Client.subscribe_topic adds a handler, as subscribing does elsewhere, so that two
# parts of a program that ask one client for the same topic both hear every event; or that the
# second call is refused. The documentation says only that the handler is executed for every event.
#
# What happens: the second call replaces the first handler without a word. What was subscribed first
# hears nothing from then on.
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
from distributed import Client, LocalCluster

if __name__ == "__main__":
    cluster = LocalCluster(n_workers=0, dashboard_address=None)
    with cluster, Client(cluster) as client:
        first, second = [], []

        def log_and_wait(message: str, handler_heard: list[str]) -> None:
            for _ in range(100):  # subscribing takes a moment to reach the scheduler
                client.log_event("news", message)
                time.sleep(0.1)
                if message in handler_heard:
                    return

        client.subscribe_topic("news", lambda event: first.append(event[1]))
        log_and_wait("one subscriber", first)
        client.subscribe_topic("news", lambda event: second.append(event[1]))
        log_and_wait("two subscribers", second)
        time.sleep(1)
        first, second = sorted(set(first)), sorted(set(second))
    print("distributed", distributed.__version__)
    print("first handler heard: ", first)
    print("second handler heard:", second)
    unchanged = first == ["one subscriber"] and second == ["two subscribers"]
    print("as described" if unchanged else "CHANGED: both are told now, or something else differs")
    sys.exit(0 if unchanged else 1)
PYTHON
"$folder/venv/bin/python" "$folder/run.py"
