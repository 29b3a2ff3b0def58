"""What a visitor does and reads on the training page."""

from __future__ import annotations

import re
from pathlib import Path
from time import monotonic

from playwright.sync_api import Locator, Page, expect

BROKE = "Something in the lab broke"
PATIENCE = 30.0
"""Seconds that a busy machine may take to draw what is expected."""
CURVE = ".loss svg"
"""The loss curve of a run."""
NETWORK = ".network .picture"
"""The network itself."""


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()


IDLE = """quiet => {
    const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState
    if (state !== "notRunning") window.idleSince = undefined
    else window.idleSince ??= performance.now()
    return window.idleSince !== undefined && performance.now() - window.idleSince > quiet
}"""
QUIET = 350
"""Milliseconds without a running script after which none is on its way any more: a slider tells
its value 200 ms after it was moved, and what a run begins at its end follows at once."""


def settled(page: Page) -> None:
    """Wait until every script that the last step set off has run, by the page's own account.

    While a picture is live its scripts never rest: wait for what it shows instead.
    """
    page.evaluate("window.idleSince = undefined")
    page.wait_for_function(IDLE, arg=QUIET)


def press(page: Page, name: str) -> None:
    """Press the button that is called so."""
    page.get_by_role("button", name=name, exact=True).click()


def train(page: Page) -> None:
    press(page, "Train")


def train_to_the_end(page: Page, seconds: float = 90) -> None:
    train(page)
    expect(page.get_by_text("Turned since this run")).to_have_count(0)  # of the run before
    wait_for_the_end(page, seconds)


def wait_for_the_end(page: Page, seconds: float = 90) -> str:
    """Wait until a training is done and the page says so everywhere; how it says it.

    Its stream tells the end first; the page is drawn anew a moment later.
    """
    done = wait_for(page, "Done:", seconds)
    updates = done.split()[1]
    page.locator(f".loss[aria-label*='after {updates} updates']").wait_for()
    settled(page)
    return done


def wait_for(page: Page, words: str, seconds: float = 90) -> str:
    """The whole line that holds these words, once it is there."""
    found = page.get_by_text(words).first
    found.wait_for(timeout=seconds * 1000)
    return found.inner_text()


def text_of(shown: Locator, pattern: str) -> str:
    """What is written there, read in the same moment in which it fits the pattern.

    What `expect` has seen can be gone again when it is read after it, since pages are drawn anew.
    """
    deadline = monotonic() + PATIENCE
    while re.search(pattern, text := shown.inner_text().strip()) is None:
        assert monotonic() < deadline, f"{text!r} does not fit {pattern!r}"
        shown.page.wait_for_timeout(50)
    return text


def metric(page: Page, label: str) -> str:
    shown = page.get_by_test_id("stMetric").filter(has_text=label)
    return shown.get_by_test_id("stMetricValue").inner_text()


def expect_points(page: Page, number: int) -> None:
    """Wait until the loss curve has more than so many points on the screen."""
    line = page.locator(f"{CURVE} .curve")
    expect(line).to_have_attribute("d", re.compile(f"(L[^L]*){{{number}}}"))


def points_drawn(page: Page) -> int:
    """How many points the loss curve has on the screen."""
    line = page.locator(f"{CURVE} .curve").get_attribute("d")
    return line.count("L") + 1 if line else 0


def curve_in_words(page: Page) -> str:
    """What the loss curve of a run that has ended tells to who cannot see it."""
    return (
        page.locator(".loss[role=img][aria-label^='Loss from']").get_attribute("aria-label") or ""
    )


def numbers(page: Page) -> list[str]:
    """All that two runs must have in common to be the same run, as the page writes it.

    The status line comes before the numbers below it, so the page is given time to finish.
    """
    settled(page)
    names = ("Loss, last epoch", "Right guesses")
    return [*(metric(page, name) for name in names), curve_in_words(page)]


def updates_done(page: Page) -> int:
    """How far the run on show is."""
    line = page.get_by_text(re.compile(r"update [\d,]+ of")).first.inner_text()
    return int(re.sub(r"\D", "", line.split("update")[1].split("of")[0]))


def further_update(page: Page, step: int) -> int:
    """How far the run on show is once it is no longer at this update."""
    expect(page.get_by_text(f"update {step:,} of")).to_have_count(0)
    return updates_done(page)


def unfold(page: Page, title: str) -> None:
    """Open what is folded away under this title."""
    page.get_by_test_id("stExpander").filter(has_text=title).locator("summary").click()


def turn_up(page: Page, knob: str) -> None:
    """Turn a slider of the page one place up."""
    page.get_by_role("slider", name=knob).press("ArrowRight")


def choose(page: Page, option: str) -> None:
    """Take one of a row of options."""
    page.get_by_role("radio", name=option, exact=True).click()


def views(page: Page) -> dict[str, Locator]:
    """What can be looked at after a run, by title."""
    row = page.get_by_role("radiogroup", name="View", exact=True)
    row.wait_for()
    return {_title(one): one for one in row.get_by_role("radio").all()}


def open_view(page: Page, title: str) -> None:
    views(page)[title].click()
    settled(page)


def picture(page: Page, alt: str) -> Locator:
    """The chart of which these words say what it shows."""
    return page.locator(f"[data-testid=stVegaLiteChart][aria-label*='{alt}']")


def expect_marks(chart: Locator, number: int) -> None:
    """Wait until a chart has so many marks on the screen, its axes and grid not counted."""
    expect(chart.locator("g[class*=role-mark] > *").nth(number - 1)).to_be_attached()


def expect_charts_fit(page: Page, at_least: int) -> None:
    """Every chart is drawn as wide as its place."""
    charts = page.get_by_test_id("stVegaLiteChart").filter(has=page.locator("svg"))
    if at_least:
        charts.nth(at_least - 1).wait_for()
    beyond = """charts => charts.map(chart => {
        const place = chart.closest("[data-testid=stElementContainer]").getBoundingClientRect()
        return Math.abs(chart.querySelector("svg").getBoundingClientRect().right - place.right)
    })"""
    assert all(pixels < 3 for pixels in charts.evaluate_all(beyond))


def cells(page: Page, rows: int) -> list[list[str]]:
    """The table on the page, row by row, its head first; `rows` stand under that."""
    drawn = page.get_by_test_id("stDataFrame").first.locator("table tr")
    expect(drawn).to_have_count(1 + rows)
    words = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    table: list[list[str]] = drawn.evaluate_all(words)
    return table


def download(page: Page, label: str, folder: Path) -> Path:
    """Save what a button offers, under the name that it has.

    A file that is made on the click is asked for by the name that the last script gave it.
    """
    settled(page)
    button = page.get_by_test_id("stDownloadButton").filter(has_text=label).get_by_role("button")
    with page.expect_download() as started:
        button.click()
    saved = folder / started.value.suggested_filename
    started.value.save_as(saved)
    return saved


def upload(page: Page, name: str, content: str) -> None:
    """Give a file to the page, as if it were chosen from the disk."""
    box = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    box.set_input_files(file)  # type: ignore[arg-type]
    settled(page)


def too_wide(page: Page) -> int:
    """By how many pixels the page stays wider than the screen; pictures need a moment to fit."""
    main = page.get_by_test_id("stMain")
    deadline = monotonic() + PATIENCE
    wide: int
    while (wide := main.evaluate("box => box.scrollWidth - box.clientWidth")) > 0:
        if monotonic() > deadline:
            break
        page.wait_for_timeout(100)
    return wide


def height(page: Page) -> int:
    """How long the page is, in pixels."""
    tall: int = page.get_by_test_id("stMain").evaluate("box => box.scrollHeight")
    return tall


def tag(chart: Locator) -> None:
    """Mark this very picture, to see later whether it is still the same one."""
    chart.evaluate("picture => picture.setAttribute('data-tagged', 'yes')")


def still_there(page: Page) -> bool:
    """Whether the picture that was tagged has not been drawn anew."""
    return page.locator("[data-tagged]").count() == 1


def _title(pill: Locator) -> str:
    """A pill's text without the name of its icon."""
    return pill.inner_text().strip().splitlines()[-1]
