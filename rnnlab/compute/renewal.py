"""Large workers are replaced while the lab is open, without a visitor noticing.

TensorFlow never gives back what a compiled program took, so a worker grows with every new
architecture that it trains. Once one is too large, a fresh one starts beside it, which joins the
cluster only when it is warm; from then on the old one gets no more jobs, and it ends when it has
none left and the results of its last ones have been fetched.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Future
from typing import Any

from distributed.core import Status

from rnnlab.compute.worker import Preparation

logger = logging.getLogger(__name__)

CHECK_INTERVAL = 0.5  # seconds between two checks; workers report their size twice a second
RETRY_DELAY = 30.0  # seconds until another attempt
IDLE_CHECKS = 10  # in a row, after which a worker counts as having nothing to do
GROWTH = 1.25  # how much larger than a fresh one a worker must be


class WorkerRenewal:
    """Replaces the workers of a `LocalCluster` that take more than `limit` bytes.

    One that has jobs may take `busy_limit`: a fresh one would have to compile again what they use.

    Fresh workers import the module `warm` before they join. Only one starts at a time, and no more
    may be retiring than the cluster had at first: each has many jobs, which may take their time, so
    that there would be ever more workers, all at once on the same cores.
    """

    def __init__(self, cluster: Any, limit: int, busy_limit: int, warm: str | None):
        self._cluster = cluster
        self._scheduler = cluster.scheduler
        self._limit = limit
        self._busy_limit = busy_limit
        self._idle_checks: dict[int, int] = {}
        self._n_workers = len(cluster.worker_spec)
        self._retiring: set[int] = set()  # by name, which a worker that Dask restarts keeps
        options = cluster.new_spec["options"]
        preparation = Preparation(warm, alone=True, join_warm=True)
        # Only for those to come: the first ones shall be there at once.
        cluster.new_spec = cluster.new_spec | {"options": options | {"plugins": (preparation,)}}

    def start(self) -> Future[None]:
        """Begin to watch, in the cluster's loop; cancel what is returned to end it."""
        return asyncio.run_coroutine_threadsafe(self._watch(), self._cluster.loop.asyncio_loop)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(CHECK_INTERVAL)
            try:
                await self._replace_largest()
                await self._close_idle()
            except Exception:
                logger.exception("A worker could not be renewed.")
                await asyncio.sleep(RETRY_DELAY)

    async def _replace_largest(self) -> None:
        if len(self._retiring) >= self._n_workers:
            return
        sizes = {
            worker.name: worker.metrics["memory"]
            for worker in self._scheduler.workers.values()
            if worker.name not in self._retiring
        }
        self._note_idle()
        largest = max(sizes, key=lambda name: sizes[name], default=None)
        if largest is not None and sizes[largest] > self._limit_of(largest):
            fresh_size = await self._open()
            # Where a fresh worker is that large already, renewing would never end.
            self._limit = max(self._limit, int(GROWTH * fresh_size))
            self._retiring.add(largest)
            self._spare_retiring()

    def _note_idle(self) -> None:
        """Count at how many checks in a row each worker had nothing to do."""
        self._idle_checks = {
            worker.name: 0 if worker.processing else self._idle_checks.get(worker.name, 0) + 1
            for worker in self._scheduler.workers.values()
        }

    def _limit_of(self, name: int) -> float:
        """How large this worker may be: larger at work, when its programs are needed."""
        idle = self._idle_checks.get(name, 0) >= IDLE_CHECKS
        return self._limit if idle else max(self._limit, self._busy_limit)

    async def _open(self) -> int:
        """Add a fresh worker and wait until it has joined; its bytes."""
        names_before = set(self._cluster.worker_spec)
        self._cluster.scale(len(names_before) + 1)
        (name,) = set(self._cluster.worker_spec) - names_before
        try:
            await self._settled()
            worker = self._scheduler.workers[self._scheduler.aliases[name]]
        except Exception:
            del self._cluster.worker_spec[name]
            raise
        return int(worker.metrics["memory"])

    def _spare_retiring(self) -> None:
        """Let the scheduler send no more jobs to those that retire.

        Only the scheduler is informed: the worker itself would refuse a job that is on its way.
        """
        for worker in list(self._scheduler.workers.values()):
            if worker.name in self._retiring:
                self._scheduler.handle_worker_status_change(
                    Status.closing_gracefully, worker, "rnnlab-renewal"
                )

    async def _close_idle(self) -> None:
        self._spare_retiring()  # one that was killed comes back under its name
        busy = {
            worker.name
            for worker in self._scheduler.workers.values()
            if worker.processing or worker.has_what
        }
        for name in self._retiring - busy:
            del self._cluster.worker_spec[name]
            self._retiring.discard(name)
            await self._settled()

    async def _settled(self) -> None:
        """Wait until the cluster has the workers that its list names.

        Cancelled half-way, Dask would lose sight of a process that it has just started.
        """
        await asyncio.shield(self._cluster)
