"""Parts of the hand check ask a compute side that only pretends."""

from __future__ import annotations

import pytest

from rnnlab.ui import answers
from tests.ui.hand.page import FakeJobStore


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> FakeJobStore:
    """Keras has not answered yet, unless a test sets `answer`."""
    fake = FakeJobStore()
    monkeypatch.setattr(answers, "job_store", lambda: fake)
    return fake
