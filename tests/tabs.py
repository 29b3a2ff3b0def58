"""Students in a real browser, among those that speak the protocol alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from time import perf_counter

from playwright.async_api import Browser, Page, async_playwright

from rnnlab.settings import Settings
from tests.browser.conftest import FLAGS
from tests.browser.steps import IDLE, QUIET
from tests.chromium import find
from tests.student import HANDED_IN, Watched, address

RECORD = """() => {
    window.points = []
    window.clicked = performance.now()
    let curve, text, before = ""
    const inside = selector => {
        const hosts = [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
        return hosts.map(host => host.shadowRoot?.querySelector(selector)).find(Boolean)
    }
    const look = () => {
        if (!curve?.isConnected) curve = inside(".loss .curve")
        if (!text?.isConnected) text = inside(".bar .text")
        const drawn = curve?.getAttribute("d") ?? ""
        if (drawn.length > before.length) window.points.push(performance.now() - window.clicked)
        before = drawn
        if (text?.textContent.startsWith("Done:")) window.ended = performance.now() - window.clicked
        else setTimeout(look, 20)
    }
    for (const button of document.querySelectorAll("button"))
        if (button.innerText.trim().endsWith("Train")) button.click()
    look()
}"""
"""Press Train, and note from then on when the curve grows on the screen, and when the end comes."""


class Tab(Watched):
    """A student in a browser, with all that a `Student` does."""

    def __init__(self, page: Page, url: str, settings: Settings, board: str = ""):
        super().__init__(settings)
        self._page = page
        self._units = settings.units + 1
        self._address = address(url, replace(settings, units=self._units), board)

    async def arrive(self) -> float:
        """Open the page; the seconds until Train can be pressed."""
        started = perf_counter()
        await self._page.goto(self._address)
        await self._page.get_by_role("button", name="Train", exact=True).wait_for()
        seconds = perf_counter() - started
        await self._at_rest()
        return seconds

    async def turn_units(self, units: int) -> float:
        """Turn the knob of the width one place; the seconds until the page has answered.

        The knob itself waits a fifth of a second for further turns, which is counted.
        """
        slider = self._page.get_by_role("slider", name="Units")
        started = perf_counter()
        await slider.press("ArrowRight" if units > self._units else "ArrowLeft")
        self._units = units
        await self._at_rest()
        return perf_counter() - started - QUIET / 1000

    async def train(self) -> None:
        """Press Train."""
        self.clicked_at = perf_counter()
        await self._page.evaluate(RECORD)

    async def end(self, timeout: float) -> str:
        """Watch to the end."""
        await self._page.wait_for_function("window.ended", timeout=1000 * timeout, polling=100)
        self.ended_at = self.clicked_at + await self._page.evaluate("window.ended") / 1000
        points = await self._page.evaluate("window.points")
        self.points = [self.clicked_at + milliseconds / 1000 for milliseconds in points]
        self.status = "Done:"
        return self.status

    async def hand_in(self) -> float:
        """Hand guess and result in to the board; the seconds until the page says that it has."""
        button = self._page.get_by_role("button", name="Hand in", exact=True)
        await button.wait_for()
        started = perf_counter()
        await button.click()
        await self._page.get_by_text(HANDED_IN).wait_for()
        return perf_counter() - started

    async def has_ended(self) -> bool:
        """Whether the page tells the end by now."""
        return bool(await self._page.evaluate("window.ended"))

    async def _at_rest(self) -> None:
        """Wait until no script has run for a moment."""
        await self._page.evaluate("window.idleSince = undefined")
        await self._page.wait_for_function(IDLE, arg=QUIET, polling=20)

    async def close(self) -> None:
        """Close the tab."""
        await self._page.close()


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A running browser without a window."""
    path = find()
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        await running.close()
