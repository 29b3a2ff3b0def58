"""Which cluster computes, and how to reach it.

RNNLAB_SCHEDULER    the address of a Dask scheduler, "tls://host:port"; its certificates come from
                    Dask's own settings (DASK_DISTRIBUTED__COMM__TLS__...). Scheduler and workers
                    need this package. Without it, the lab starts a cluster of its own.
RNNLAB_WORKERS      how many worker processes that one has; 1 if not given.
"""

from __future__ import annotations

import importlib
import os
import socket
import ssl
from concurrent.futures import Future
from threading import Lock, Thread
from typing import TYPE_CHECKING

from rnnlab.compute.full_disk import full_disk
from rnnlab.errors import ComputeError

if TYPE_CHECKING:
    from distributed import Client, Security

    from rnnlab.compute.dask_connection import DaskConnection, Owner

WARM = "rnnlab.training"  # what nearly every job needs, and takes seconds to import
CONNECT_TIMEOUT = 1.2  # seconds for a scheduler elsewhere to accept a connection
ANSWER_TIMEOUT = 2.2  # seconds for it to answer then
OWN_ANSWER_TIMEOUT = 10.0  # seconds for our own, which is there, if perhaps busy
MAX_MEMORY = 4 * 2**30  # bytes for one worker, at most
RENEW_AT = 950 * 2**20  # bytes; a warm one takes 720 MB, and 10 more for each program compiled
BUSY_GROWTH = 1.5  # how much larger one may become while it has jobs
MEMORY_SHARE = 0.8  # of its memory, if that is less


_importing = Lock()


def import_dask() -> None:
    """Import what a connection needs, in one thread at a time.

    The parts of Dask import each other: two threads that come from two sides could meet halfway.
    """
    with _importing:
        for name in ("dask.system", "distributed.system", "rnnlab.compute.dask_connection"):
            importlib.import_module(name)


def connect(warm: str | None = WARM, renew_at: int = RENEW_AT) -> DaskConnection:
    """A connection to the cluster that the environment names, or to a new one of our own.

    Raises ComputeError. Workers import the module `warm` in the background; one of our own that
    takes more than `renew_at` bytes is replaced when it has nothing to do.
    """
    address = os.environ.get("RNNLAB_SCHEDULER", "").strip()
    return _join(address, warm) if address else _start(warm, renew_at)


def _join(address: str, warm: str | None) -> DaskConnection:
    if not address.startswith("tls://"):
        raise ComputeError(
            f'RNNLAB_SCHEDULER must begin with "tls://", so that nothing travels in the clear, '
            f'but it is "{address}".'
        )
    import_dask()
    import dask
    from distributed import Security

    # Settings can come after Dask was imported: Streamlit makes environment variables of secrets.
    dask.config.refresh()
    security = Security(require_encryption=True)
    if not (security.tls_ca_file and security.tls_client_cert):
        raise ComputeError(
            f"To reach the Dask scheduler at {address}, Dask needs certificates: set "
            "DASK_DISTRIBUTED__COMM__TLS__CA_FILE, ...__CLIENT__CERT and ...__CLIENT__KEY."
        )
    try:
        context = security.get_connection_args("client")["ssl_context"]
    except OSError as problem:
        raise ComputeError(f"Dask's certificates cannot be read ({problem}).") from problem
    _check_reachable(address, context)
    return _connection(address, security, f"the Dask scheduler at {address}", warm)


def _check_reachable(address: str, context: ssl.SSLContext) -> None:
    """Raise if nobody listens; a Dask client that finds nobody would leave a thread behind."""
    from distributed.comm.addressing import parse_host_port

    try:
        host_and_port = parse_host_port(address.removeprefix("tls://"))
        with socket.create_connection(host_and_port, timeout=CONNECT_TIMEOUT) as raw_socket:
            context.wrap_socket(raw_socket).close()
    except ssl.SSLError as problem:
        raise ComputeError(
            f"The Dask scheduler at {address} has other certificates ({problem.reason})."
        ) from problem
    except (OSError, ValueError) as problem:
        raise ComputeError(f"The Dask scheduler at {address} does not answer.") from problem


def _start(warm: str | None, renew_at: int) -> DaskConnection:
    from rnnlab.compute.embedded import ClusterProcess, Size

    workers = _workers()
    process = ClusterProcess()  # early, since it imports Dask while this process does the same
    try:
        import_dask()
        from dask.system import CPU_COUNT
        from distributed import Security
        from distributed.system import MEMORY_LIMIT

        memory = min(MAX_MEMORY, int(0.9 * MEMORY_LIMIT / workers))
        threads = max(1, CPU_COUNT // workers)
        most = int(MEMORY_SHARE * memory)
        limits = min(renew_at, most), min(int(BUSY_GROWTH * renew_at), most)
        size = Size(workers, threads, memory, *limits)
        security = Security.temporary()
        address = process.start(size, security, warm)
        return _connection(
            address, security, "the lab's own cluster", warm, process, size.renew_busy_at
        )
    except BaseException:
        process.close()
        raise


def _workers() -> int:
    text = os.environ.get("RNNLAB_WORKERS", "").strip() or "1"
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise ComputeError(f'RNNLAB_WORKERS must be a whole number from 1 on, but it is "{text}".')
    return int(text)


def _connection(
    address: str,
    security: Security,
    name: str,
    warm: str | None,
    owner: Owner | None = None,
    limit: int | None = None,
) -> DaskConnection:
    from rnnlab.compute.dask_connection import DaskConnection
    from rnnlab.compute.worker import Preparation

    try:
        timeout = ANSWER_TIMEOUT if owner is None else OWN_ANSWER_TIMEOUT
        client = _client(address, security, timeout)
    except (OSError, ValueError, ImportError) as problem:
        silent = f"{name[0].upper()}{name[1:]} does not answer."
        raise ComputeError(full_disk(problem) or silent) from problem
    connection = DaskConnection(client, name, owner)
    try:
        connection.set_up(Preparation(warm, alone=owner is not None, limit=limit))
    except Exception as problem:
        connection.close()
        raise ComputeError(
            f"The workers of {name} cannot be prepared ({type(problem).__name__}: {problem})."
        ) from problem
    return connection


def _client(address: str, security: Security, timeout: float) -> Client:
    """A connected client, made in a thread of its own.

    Dask waits for ever at a server that opens and then says nothing, whatever its timeout.
    """
    import dask
    from distributed import Client

    # Else the client keeps the last messages, and so what visitors have typed.
    dask.config.set({"distributed.admin.low-level-log-length": 0})
    connected: Future[Client] = Future()

    def connect_client() -> None:
        options = {"security": security, "timeout": timeout, "set_as_default": False}
        try:
            connected.set_result(Client(address, **options))
        except Exception as problem:
            connected.set_exception(problem)

    Thread(target=connect_client, name="connect", daemon=True).start()
    return connected.result(timeout + 0.3)
