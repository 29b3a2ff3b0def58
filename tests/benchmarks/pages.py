"""How long a visitor waits, in a real browser: `python -m tests.benchmarks.pages`.

Each figure is the median (least to most) of several tries, in seconds. "First page" counts from
the server's first healthy answer to a page that can be clicked, each time with a fresh server.
"First point" counts from the click on Train to the first point drawn: for an architecture that
nobody has trained before, and for one that is compiled already. The compute side is up before.
"Stop" counts from the click to the word "Stopped". "Edit" counts from a number typed on the hand
check's bench to the last output that follows from it. "Verdict" counts from Ctrl+Enter in the
review's box until its last word stands coloured on the page, for a short text and for a megabyte.
The map of 60 networks and the next words count from the click to the end.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from rnnlab.handcheck.bench import ARTICLE
from rnnlab.ui.hand.bench_controls import query_of
from tests.browser.conftest import FLAGS
from tests.browser.steps import open_page, settled, train, wait_for
from tests.chromium import find
from tests.lab import Lab, running_lab

TRIES = 5
A_LOOK_AT_THE_PAGE = 1500  # milliseconds; nobody presses Train sooner
CURVE = """() => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")].some(
    host => host.shadowRoot?.querySelector(".loss .curve")?.getAttribute("d"))"""
LONG = "rule=echo&rows=50&length=20000&window=20&units=32&epochs=100"


def main() -> None:
    path = find()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        _tell("first page, fresh server", [_first_page(browser, Path(folder)) for _ in range(3)])
        with running_lab(Path(folder)) as lab:
            _warm(browser, lab)
            seeds = range(1, TRIES + 1)
            _tell(
                "first point, new architecture",
                [_first_point(browser, lab, f"units={10 + one}") for one in seeds],
            )
            _tell(
                "first point, compiled",
                [_first_point(browser, lab, f"units=11&seed={10 + one}") for one in seeds],
            )
            for name in ("pair", "echo"):
                _tell(f"{name} preset, whole run", [_whole_run(browser, lab, name)])
            _tell("stop", [_stop(browser, lab, one) for one in seeds])
            _tell("edit on the bench", _edits(browser, lab))
            _tell("verdict, short text", _verdicts(browser, lab, ""))
            _tell("verdict, a megabyte", _verdicts(browser, lab, "word " * 200_000))
            _tell("map of 60 networks", [_map(browser, lab)])
            _tell("next words, English grammar", [_next_words(browser, lab)])
        browser.close()


def _first_page(browser: Browser, folder: Path) -> float:
    with running_lab(folder) as lab:
        return _timed(browser, lambda page: _open(page, lab.url))


def _warm(browser: Browser, lab: Lab) -> None:
    page = browser.new_page()
    open_page(page, f"{lab.url}/training?epochs=1")
    train(page)
    wait_for(page, "Done:", seconds=60)
    page.close()


def _first_point(browser: Browser, lab: Lab, query: str) -> float:
    def click_and_wait(page: Page) -> None:
        train(page)
        page.wait_for_function(CURVE, polling=10)

    return _timed(browser, click_and_wait, f"{lab.url}/training?rule=echo&rows=5&{query}")


def _stop(browser: Browser, lab: Lab, seed: int) -> float:
    page = browser.new_page()
    open_page(page, f"{lab.url}/training?{LONG}&seed={seed}")
    train(page)
    wait_for(page, "Training: update")
    started = time.perf_counter()
    page.get_by_role("button", name="Stop", exact=True).click()
    _read(page, "Stopped at")
    seconds = time.perf_counter() - started
    page.close()
    return seconds


def _edits(browser: Browser, lab: Lab) -> list[float]:
    """Make the first weight 2, 3, …: each makes the last output of unit 1 larger by 6 (from 48)."""
    page = browser.new_page()
    open_page(page, f"{lab.url}/hand_check?cover=off&{urlencode(query_of(ARTICLE))}")
    cell = page.get_by_label("Kernel W, row 1, column 1", exact=True)
    page.locator("figure:has(b:text-is('Keras'))").wait_for()
    seconds = []
    for weight in range(2, 2 + TRIES):
        page.wait_for_timeout(A_LOOK_AT_THE_PAGE)
        started = time.perf_counter()
        cell.fill(str(weight))
        page.wait_for_function(LAST_OUTPUT, arg=str(48 + 6 * (weight - 1)), polling=10)
        seconds.append(time.perf_counter() - started)
    page.close()
    return seconds


def _whole_run(browser: Browser, lab: Lab, preset: str) -> float:
    def click_and_wait(page: Page) -> None:
        train(page)
        _read(page, "Done:")

    return _timed(browser, click_and_wait, f"{lab.url}/training?preset={preset}")


def _verdicts(browser: Browser, lab: Lab, before: str) -> list[float]:
    """Hand in texts that differ in their last word, and wait until that is on the page."""
    page = browser.new_page()
    open_page(page, f"{lab.url}/sentiment")
    box = page.get_by_role("textbox", name="Your review")
    seconds = []
    for word in ("awful", "superb", "terrible", "wonderful", "boring"):
        page.wait_for_timeout(A_LOOK_AT_THE_PAGE)
        box.fill(f"{before}it was so {word}")
        started = time.perf_counter()
        box.press("Control+Enter")
        page.wait_for_function(LAST_WORD, arg=word, polling=10)
        seconds.append(time.perf_counter() - started)
    page.close()
    return seconds


def _map(browser: Browser, lab: Lab) -> float:
    def click_and_wait(page: Page) -> None:
        page.get_by_role("button", name="Run it again").click()
        _read(page, "Done: 60 networks")

    return _timed(browser, click_and_wait, f"{lab.url}/kinds?about=How+far+back%3F")


def _next_words(browser: Browser, lab: Lab) -> float:
    def click_and_wait(page: Page) -> None:
        train(page)
        _read(page, "Done:")

    return _timed(browser, click_and_wait, f"{lab.url}/next_word?next=Train+it")


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function("document.querySelector('h1')", polling=10)


def _read(page: Page, words: str) -> None:
    """Wait for these words, looking often: Playwright's own waits look every half second."""
    page.wait_for_function(WRITTEN, arg=words, polling=10, timeout=120_000)


WRITTEN = """words => document.body.innerText.includes(words) ||
    [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")].some(
        host => host.shadowRoot?.textContent.includes(words))"""
"""Whether these words stand on the page or in one of its components."""


LAST_OUTPUT = """wanted => [...document.querySelectorAll('*')].some(one => {
    const figures = one.shadowRoot ? [...one.shadowRoot.querySelectorAll('figure')] : []
    const numpy = figures.find(figure => figure.querySelector('b').textContent === 'NumPy')
    return numpy && numpy.querySelector('tr:last-child td').textContent === wanted
})"""
"""Whether unit 1 of the last step is what is wanted, for who stands outside the component."""


LAST_WORD = """wanted => [...document.querySelectorAll('*')].some(one =>
    [...(one.shadowRoot || one).querySelectorAll('.text .word')].at(-1)?.textContent === wanted)"""
"""Whether the text that was judged ends so."""


def _timed(browser: Browser, act: Callable[[Page], None], address: str | None = None) -> float:
    """The seconds that `act` takes on a page of its own, opened at `address` beforehand."""
    page = browser.new_page()
    if address is not None:
        open_page(page, address)
        settled(page)
        page.wait_for_timeout(A_LOOK_AT_THE_PAGE)
    started = time.perf_counter()
    act(page)
    seconds = time.perf_counter() - started
    page.close()
    return seconds


def _tell(what: str, seconds: list[float]) -> None:
    middle = statistics.median(seconds)
    print(f"{what:<32}{middle:6.2f} s  ({min(seconds):.2f} to {max(seconds):.2f})", flush=True)


if __name__ == "__main__":
    main()
