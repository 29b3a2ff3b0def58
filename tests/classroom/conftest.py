"""A running lab for a class to visit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lab import Lab, running_lab


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "classroom" in item.path.parts:
            item.add_marker(pytest.mark.processes)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running
