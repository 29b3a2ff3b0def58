"""Which of many like cases the check runs; the others are `slow`."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def slow_but(quick: Iterable[str], names: Iterable[str]) -> list[object]:
    """All names as parameters of a test; those that are not among the quick ones are slow."""
    run = set(quick)
    return [pytest.param(name, marks=() if name in run else pytest.mark.slow) for name in names]
