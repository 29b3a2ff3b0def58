"""Every test begins without checkpoints."""

from __future__ import annotations

import pytest

from rnnlab.training import run
from rnnlab.training.history import Checkpoints


@pytest.fixture(autouse=True)
def _nothing_done_before(monkeypatch):
    monkeypatch.setattr(run, "CHECKPOINTS", Checkpoints())
