"""The bar of a run: what it takes from a browser, which may say anything."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from rnnlab.ui.live_run import bar


@pytest.mark.parametrize(
    ("look", "blocked"),
    [
        ({"number": 1, "blocked": True}, True),
        ({"number": 1, "blocked": False}, False),
        ({"blocked": "yes"}, False),
        ({}, False),
        (7, False),
        ("blocked", False),
        (None, False),
    ],
)
def test_whatever_a_browser_says_a_stream_is_blocked_or_not(monkeypatch, look, blocked):
    monkeypatch.setattr(bar, "_COMPONENT", lambda **_: SimpleNamespace(look=look))
    feed = SimpleNamespace(blocked=False, source="live/1", at_first=None)
    bar.draw(None, feed, live=True, key="bar")
    assert feed.blocked is blocked
