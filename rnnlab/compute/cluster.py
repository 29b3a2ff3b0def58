"""Which cluster computes, and how to reach it.

RNNLAB_SCHEDULER    the address of a Dask scheduler, "tls://host:port"; its certificates come from
                    Dask's own settings (DASK_DISTRIBUTED__COMM__TLS__...). Scheduler and workers
                    need this package. Without it, the lab starts a cluster of its own.
RNNLAB_WORKERS      how many worker processes that one has; 1 if not given.
"""

from __future__ import annotations

import os
import socket
import ssl
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING

from rnnlab.errors import ComputeError

if TYPE_CHECKING:
    from distributed import Client, Security

    from rnnlab.compute.dask_line import DaskLine, Owner

WARM = "rnnlab.training"  # what nearly every job needs, and takes seconds to import
KNOCK = 1.2  # seconds for a scheduler elsewhere to open the door
PATIENCE = 2.2  # seconds for it to answer then
OWN_PATIENCE = 10.0  # seconds for our own, which is there, if perhaps busy
MEMORY = 4 * 2**30  # bytes for one worker, at most
RENEW_AT = 950 * 2**20  # bytes; a warm one takes 720 MB, and 10 more for each program compiled
ROOM = 0.8  # of its memory, if that is less


def connect(warm: str | None = WARM, renew_at: int = RENEW_AT) -> DaskLine:
    """A connection to the cluster that the environment names, or to a new one of our own.

    Raises ComputeError. Workers import the module `warm` in the background; one of our own that
    takes more than `renew_at` bytes is replaced between jobs.
    """
    address = os.environ.get("RNNLAB_SCHEDULER", "").strip()
    return _join(address, warm) if address else _start(warm, renew_at)


def _join(address: str, warm: str | None) -> DaskLine:
    if not address.startswith("tls://"):
        raise ComputeError(
            f'RNNLAB_SCHEDULER must begin with "tls://", so that nothing travels in the clear, '
            f'but it is "{address}".'
        )
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
    _knock(address, context)
    return _line(address, security, f"the Dask scheduler at {address}", warm)


def _knock(address: str, context: ssl.SSLContext) -> None:
    """See whether anyone is there; a Dask client that finds nobody would leave a thread behind."""
    from distributed.comm.addressing import parse_host_port

    try:
        place = parse_host_port(address.removeprefix("tls://"))
        with socket.create_connection(place, timeout=KNOCK) as plain:
            context.wrap_socket(plain).close()
    except ssl.SSLError as problem:
        raise ComputeError(
            f"The Dask scheduler at {address} has other certificates ({problem.reason})."
        ) from problem
    except (OSError, ValueError) as problem:
        raise ComputeError(f"The Dask scheduler at {address} does not answer.") from problem


def _start(warm: str | None, renew_at: int) -> DaskLine:
    from rnnlab.compute.embedded import Helper, Size

    workers = _workers()
    helper = Helper()  # early, since it imports Dask while this process does the same
    try:
        from dask.system import CPU_COUNT
        from distributed import Security
        from distributed.system import MEMORY_LIMIT

        memory = min(MEMORY, int(0.9 * MEMORY_LIMIT / workers))
        threads = max(1, CPU_COUNT // workers)
        size = Size(workers, threads, memory, min(renew_at, int(ROOM * memory)))
        security = Security.temporary()
        address = helper.start(size, security, warm)
        return _line(address, security, "the lab's own cluster", warm, helper)
    except BaseException:
        helper.close()
        raise


def _workers() -> int:
    text = os.environ.get("RNNLAB_WORKERS", "").strip() or "1"
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise ComputeError(f'RNNLAB_WORKERS must be a whole number from 1 on, but it is "{text}".')
    return int(text)


def _line(
    address: str, security: Security, name: str, warm: str | None, owner: Owner | None = None
) -> DaskLine:
    from rnnlab.compute.dask_line import DaskLine
    from rnnlab.compute.worker import Preparation

    try:
        patience = PATIENCE if owner is None else OWN_PATIENCE
        client = _client(address, security, patience)
    except (OSError, ValueError, ImportError) as problem:
        raise ComputeError(f"{name[0].upper()}{name[1:]} does not answer.") from problem
    line = DaskLine(client, name, owner)
    try:
        line.prepare(Preparation(warm, alone=owner is not None))
    except Exception as problem:
        line.close()
        raise ComputeError(
            f"The workers of {name} cannot be prepared ({type(problem).__name__}: {problem})."
        ) from problem
    return line


def _client(address: str, security: Security, patience: float) -> Client:
    """A connected client, made in a thread of its own.

    Dask waits for ever at a server that opens and then says nothing, whatever its timeout.
    """
    from distributed import Client

    made: Future[Client] = Future()

    def make() -> None:
        options = {"security": security, "timeout": patience, "set_as_default": False}
        try:
            made.set_result(Client(address, **options))
        except Exception as problem:
            made.set_exception(problem)

    Thread(target=make, name="connect", daemon=True).start()
    return made.result(patience + 0.3)
