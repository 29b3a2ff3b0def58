"""Parts of the hand check ask a compute side that only pretends."""

from __future__ import annotations

import pytest

from rnnlab.ui import answers
from tests.ui.hand.page import FakeKeras


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> FakeKeras:
    """Keras is still calculating, unless a test sets `answer`."""
    fake = FakeKeras()
    monkeypatch.setattr(answers, "job_store", lambda: fake)
    return fake
