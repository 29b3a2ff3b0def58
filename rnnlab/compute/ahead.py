"""What a worker compiles before somebody asks for it, when nothing else is to be done.

A work `package.module:train` can be prepared for if its module has a function `prepare_train`, and
leaves nothing behind if there is a `forget_train`; both are called with the work's argument.
"""

from __future__ import annotations

import logging
import pickle
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, Thread
from typing import Any

import psutil

from rnnlab.compute.turns import Turns
from rnnlab.errors import LabError

logger = logging.getLogger(__name__)

MAX_WAITING = 32  # visitors
MARGIN = 32 * 2**20  # bytes; a compiled program takes 10 MB


class Ahead:
    """The latest wish of each visitor, fulfilled in a thread of its own, one at a time.

    Nothing more is compiled once the process takes nearly `limit` bytes.
    """

    def __init__(self, turns: Turns, resolve: Callable[[str], Callable[[Any], Any]]) -> None:
        self.limit: float = float("inf")
        self._turns = turns
        self._resolve = resolve
        self._lock = Lock()
        self._wishes: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._thread: Thread | None = None

    def add(self, work: str, payload: bytes, visitor: str) -> None:
        """Prepare for this work with this pickled argument, instead of what was wished before."""
        with self._lock:
            self._wishes.pop(visitor, None)
            self._wishes[visitor] = (work, payload)
            if len(self._wishes) > MAX_WAITING:
                self._wishes.popitem(last=False)
            if self._thread is None:
                self._thread = Thread(target=self._run, name="ahead", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            turn = self._turns.join(None)
            turn.take()
            try:
                with self._lock:
                    if not self._wishes:
                        self._thread = None
                        return
                    _, (work, payload) = self._wishes.popitem(last=False)
                if psutil.Process().memory_info().rss + MARGIN < self.limit:
                    self.call("prepare", work, payload)
            finally:
                turn.leave()

    def call(self, purpose: str, work: str, payload: bytes) -> None:
        """Call the module's function for this purpose, if it has one; problems are only logged."""
        module, _, function = work.partition(":")
        try:
            argument = pickle.loads(payload)  # noqa: S301 (our own server wrote it)
            self._resolve(f"{module}:{purpose}_{function}")(argument)
        except (AttributeError, LabError):
            logger.debug("%s cannot be prepared.", work, exc_info=True)
        except Exception:
            logger.exception("%s for %s failed.", purpose, work)
