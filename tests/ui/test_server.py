"""The real server, as `streamlit run app.py` starts it: its processes, and its end."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import psutil
import pytest
from streamlit.testing.v1 import AppTest

from tests.lab import Lab, running_lab

pytestmark = pytest.mark.processes
PATIENCE = 60.0


def until_a_worker_has_loaded_tensorflow(lab: Lab) -> psutil.Process:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for worker in lab.workers():
            if any("tensorflow" in path for path in libraries(worker)):
                return worker
        time.sleep(0.1)
    raise AssertionError("no worker loaded TensorFlow")


def libraries(process: psutil.Process) -> set[str]:
    return {one.path for one in process.memory_maps()}


def test_the_compute_side_starts_without_a_visitor_and_each_process_loads_only_its_own(tmp_path):
    with running_lab(tmp_path) as lab:
        worker = until_a_worker_has_loaded_tensorflow(lab)
        in_worker, in_server = libraries(worker), libraries(psutil.Process(lab.process.pid))
        assert not any("pandas" in path or "pyarrow" in path for path in in_worker)
        assert any("pandas" in path for path in in_server)
        assert not any("tensorflow" in path for path in in_server)
    assert "Traceback" not in lab.log.read_text(errors="replace"), "to its end"


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_no_process_is_left_five_seconds_after_the_server_was_told_to_end(
    tmp_path: Path, ending: signal.Signals
):
    with running_lab(tmp_path) as lab:
        until_a_worker_has_loaded_tensorflow(lab)
        family = [lab.process, *psutil.Process(lab.process.pid).children(recursive=True)]
        assert len(family) > 2
        lab.process.send_signal(ending)
        lab.process.wait(timeout=5)
        _, alive = psutil.wait_procs(family[1:], timeout=5)
        assert alive == []


def test_an_unforeseen_error_shows_an_apology_and_no_trace():
    def broken_page():
        from rnnlab.ui.server import apologise

        apologise(ZeroDivisionError("division by zero"))

    page = AppTest.from_function(broken_page).run()
    assert "not your fault" in page.error[0].value
    assert "division" not in page.error[0].value
    assert not page.exception
