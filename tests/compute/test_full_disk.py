"""A full temporary disk is named as the cause, wherever it is met first."""

import errno
import os
import tempfile

import pytest

from rnnlab.compute import JobStore
from rnnlab.compute.cluster import connect
from rnnlab.compute.full_disk import full_disk
from rnnlab.errors import ComputeError
from tests.compute.waiting import the_end

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/somewhere/dask-scratch-space")


def test_it_is_recognised_behind_other_errors_and_nothing_else_is():
    behind = RuntimeError("Cluster failed to start")
    behind.__cause__ = FULL
    assert "/somewhere/dask-scratch-space" in full_disk(behind)
    assert full_disk(RuntimeError("another")) is None
    assert full_disk(OSError(errno.EACCES, "not allowed")) is None


def test_python_s_own_words_for_it_are_known(monkeypatch):
    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile._os, "open", full)
    with pytest.raises(FileNotFoundError) as caught:
        tempfile._get_default_tempdir()
    assert "temporary disk is full" in full_disk(caught.value)


def test_a_compiler_s_words_for_it_are_known():
    tensorflow = pytest.importorskip("tensorflow")
    with pytest.raises(tensorflow.errors.OpError) as caught:
        tensorflow.io.write_file("/dev/full", "some words")
    assert "temporary disk is full" in full_disk(caught.value)


@pytest.mark.processes
def test_certificates_that_find_no_room_say_so(monkeypatch):
    def full(*_args):
        raise FULL

    monkeypatch.setattr("distributed.Security.get_connection_args", full)
    with pytest.raises(ComputeError, match=r"temporary disk is full.*/somewhere"):
        connect(warm=None)


@pytest.mark.processes
@pytest.mark.skipif(not os.path.exists("/proc/version"), reason="this way is Linux's")
def test_a_cluster_without_room_for_its_workers_folders_says_so(monkeypatch, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import errno, os\n"
        "makedirs = os.makedirs\n"
        "def full(name, *args, **options):\n"
        "    if 'dask-scratch-space' in str(name):\n"
        "        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(name))\n"
        "    makedirs(name, *args, **options)\n"
        "os.makedirs = full\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    store = JobStore(lambda: connect(warm=None))
    view = the_end(store.start("tests.compute.works:count", 3, "anna"))
    store.close()
    assert view.state == "failed"
    assert view.message == store.trouble
    assert "temporary disk is full" in view.message
    assert "dask-scratch-space" in view.message


@pytest.mark.processes
def test_a_job_that_finds_no_room_says_so(store):
    view = the_end(store.start("tests.compute.works:find_no_room", "", "anna"))
    assert view.state == "failed"
    assert view.message == "The temporary disk is full: nothing can be written to /somewhere."
