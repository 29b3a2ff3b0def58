"""A browser, a running lab, and a page in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.steps import BROKE, PATIENCE
from tests.chromium import find
from tests.lab import Lab, running_lab

FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
FLAGS += ["--font-render-hinting=none"]  # as wide as in a window; without one letters are set wider


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For a module: while it is open its loop runs in this thread, where others may want one."""
    path = find()
    # How fast a page is the benchmarks say, not the tests.
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a visitor of one's own; it fails the test if the lab broke before its eyes."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    visited = context.new_page()
    broken: list[str] = []
    visited.on("pageerror", lambda error: broken.append(str(error)))
    yield visited
    assert visited.get_by_test_id("stException").count() == 0
    assert visited.get_by_text(BROKE).count() == 0
    assert broken == []
    context.close()
