"""What a visitor does and reads on the training page."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()


def settled(page: Page) -> None:
    """Wait until the script that the last click set off has run."""
    page.wait_for_timeout(200)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)


def train(page: Page) -> None:
    page.get_by_role("button", name="Train", exact=True).click()


def wait_for(page: Page, words: str, seconds: float = 30) -> str:
    """The whole line that holds these words, once it is there."""
    found = page.get_by_text(words).first
    found.wait_for(timeout=seconds * 1000)
    return found.inner_text()


def metric(page: Page, label: str) -> str:
    shown = page.get_by_test_id("stMetric").filter(has_text=label)
    return shown.get_by_test_id("stMetricValue").inner_text()


def points_drawn(page: Page) -> int:
    """How many points the loss curve has on the screen."""
    line = page.locator(".mark-line path").first
    return (line.get_attribute("d") or "").count("L") + 1
