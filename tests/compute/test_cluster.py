"""Which cluster is used, and what is said when it cannot be."""

import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from time import monotonic

import dask
import pytest

from rnnlab.compute import JobStore
from rnnlab.compute.cluster import connect
from rnnlab.errors import ComputeError
from tests.compute.certificates import write_certificates
from tests.compute.waiting import the_end


@pytest.fixture
def certificates(tmp_path, monkeypatch) -> Iterator[None]:
    for name, value in write_certificates(tmp_path).items():
        monkeypatch.setenv(name, value)
    yield
    monkeypatch.undo()
    dask.config.refresh()


@pytest.fixture(params=["nobody listens", "somebody listens and says nothing"])
def silent_address(request) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        if request.param == "nobody listens":
            server.close()
        yield f"tls://127.0.0.1:{port}"


@pytest.mark.usefixtures("certificates")
def test_an_address_that_does_not_answer_is_named_within_four_seconds_and_no_thread_is_left(
    silent_address, monkeypatch
):
    monkeypatch.setenv("RNNLAB_SCHEDULER", silent_address)
    before, began = set(threading.enumerate()), monotonic()
    sentence = f"The Dask scheduler at {silent_address} does not answer."
    with pytest.raises(ComputeError, match=f"^{re.escape(sentence)}$"):
        connect()
    assert monotonic() - began < 4
    assert set(threading.enumerate()) <= before


@pytest.mark.usefixtures("certificates")
def test_a_server_that_encrypts_but_is_no_scheduler_does_not_hold_anyone_up(tmp_path, monkeypatch):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "member.pem", tmp_path / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as server:
        guests: list[ssl.SSLSocket] = []
        Thread(target=welcome_in_silence, args=(server, context, guests), daemon=True).start()
        address = f"tls://127.0.0.1:{server.getsockname()[1]}"
        monkeypatch.setenv("RNNLAB_SCHEDULER", address)
        began = monotonic()
        with pytest.raises(ComputeError, match="does not answer"):
            connect()
        assert monotonic() - began < 4
        assert len(guests) >= 2, "one who knocked and one who came in"
        server.shutdown(socket.SHUT_RDWR)
    for guest in guests:
        guest.close()


def welcome_in_silence(server, context, guests) -> None:
    with suppress(OSError):
        while True:
            guests.append(context.wrap_socket(server.accept()[0], server_side=True))


@pytest.mark.usefixtures("certificates")
def test_a_job_for_a_cluster_that_does_not_answer_fails_within_five_seconds(
    silent_address, monkeypatch
):
    monkeypatch.setenv("RNNLAB_SCHEDULER", silent_address)
    store = JobStore()
    view = the_end(store.start("tests.compute.works:count", 3, "anna"), seconds=5)
    assert view.state == "failed"
    assert view.message == store.trouble
    assert silent_address in view.message
    store.close()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "127.0.0.1:8786", "http://here"])
def test_only_encrypted_addresses_are_taken(address, monkeypatch):
    monkeypatch.setenv("RNNLAB_SCHEDULER", address)
    with pytest.raises(ComputeError, match=f'must begin with "tls://".*{re.escape(address)}'):
        connect()


def test_missing_certificates_are_missed_by_name(monkeypatch):
    monkeypatch.setenv("RNNLAB_SCHEDULER", "tls://127.0.0.1:8786")
    with pytest.raises(ComputeError, match="DASK_DISTRIBUTED__COMM__TLS__CA_FILE"):
        connect()


@pytest.mark.usefixtures("certificates")
def test_certificates_that_cannot_be_read_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("RNNLAB_SCHEDULER", "tls://127.0.0.1:8786")
    (tmp_path / "member.pem").write_text("this is no certificate")
    with pytest.raises(ComputeError, match="certificates cannot be read"):
        connect()


@pytest.mark.parametrize("workers", ["abc", "0", "-1", "1.5", "²"])
def test_a_number_of_workers_must_be_one(workers, monkeypatch):
    monkeypatch.setenv("RNNLAB_WORKERS", workers)
    sentence = f'RNNLAB_WORKERS must be a whole number from 1 on, but it is "{workers}".'
    with pytest.raises(ComputeError, match=f"^{re.escape(sentence)}$"):
        connect()
