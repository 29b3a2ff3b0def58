"""Random walks of a visitor through all pages, and what each page shows beside its address."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from rnnlab.bounds import AMOUNTS
from tests.browser.steps import PATIENCE, open_page, settled

PAGES = (
    "",
    "hand_check",
    "data_rules",
    "training",
    "papers",
    "kinds",
    "sentiment",
    "padding",
    "next_word",
    "board",
    "teachers",
)

SHOWN = """() => {
    const main = document.querySelector("[data-testid=stMain]")
    const visible = node => node.checkVisibility() && node.getClientRects().length > 0
    const left = "[data-stale=true], .st-key-strip, details:not([open]) > :not(summary)"
    const stale = node => node.closest(left)
    const all = selector => [...main.querySelectorAll(selector)].filter(node => !stale(node))
    const shown = selector => all(selector).filter(visible)
    const text = node => node.innerText.replace(/\\s+/g, " ").trim()
    return {
        title: document.title,
        headings: shown("h1, h2, h3").map(text),
        radios: shown("[role=radio][aria-checked=true]").map(text),
        pressed: shown("button[aria-pressed=true]").map(text),
        switches: all("input[type=checkbox]").map(box => box.checked),
        sliders: all("input[type=range], [role=slider]").map(
            one => one.getAttribute("aria-valuetext") ?? one.value ?? ""),
        numbers: all("input[type=number], input[inputmode]").map(box => box.value),
        texts: all("input[type=text], textarea").map(box => box.value),
        boxes: all("[data-testid=stSelectbox]").map(text),
        metrics: shown("[data-testid=stMetric]").map(text).filter(
            said => !said.startsWith("Updates a second")),
        pictures: all("[data-testid=stVegaLiteChart][aria-label], [role=img][aria-label]").map(
            picture => picture.getAttribute("aria-label")).filter(said => !said.endsWith(" icon")),
        steps: all(".network .cell[aria-current=step]").map(
            cell => cell.getAttribute("aria-label")),
        links: shown(".stPageLink a").map(link => link.getAttribute("href")),
    }
}"""
"""All that is set on a page, and the numbers that follow from it. The strip of runs is the
visitor's, who has one more after each training, wherever Back leads; what is folded away may be
drawn or not.
"""

Shown = dict[str, object]


LEFT_ALONE = {
    "training": {
        "Prepare the Keras model",
        *AMOUNTS,  # guesses, which are nobody else's
    },
    # Answers of a visitor, which are nobody else's; the key that presses it stands behind each.
    "data_rules": {"Say 0 0", "Say 1 1"},
    "hand_check": {"A hint", "Ask again"},
    "kinds": {"Run it again", "With other luck"},  # trainings of many seconds
    "next_word": {"Train"},
}
"""Buttons that a walk does not press, by page. Those of the sentiment page are about reviews, which
stand in no address, or train for minutes.
"""

AT_REST = """() => !document.querySelector("[data-testid=stSkeleton]") &&
    ![...document.querySelectorAll("[data-testid=stMain] button")].some(
    button => button.innerText.trim().endsWith("Stop") && !button.disabled)"""


def shown(page: Page) -> Shown:
    """What stands on a page once nothing is trained on it any more and nothing changes."""
    deadline = monotonic() + 4 * PATIENCE  # for a training
    seen: Shown = {}
    before: tuple[str, Shown] | None = None
    while before != (page.url, seen):
        assert monotonic() < deadline, f"{page.url} does not come to rest"
        before = page.url, seen
        page.wait_for_timeout(250)
        page.wait_for_function(AT_REST)
        settled(page)
        seen = page.evaluate(SHOWN)
    return seen


@dataclass
class Walk:
    """A visitor who does one thing after another; `entries` are what each showed when it was left.

    `place` is the entry that the visitor is at; `steps` are what was done, to tell if it fails.
    """

    page: Page
    url: str
    seed: int
    entries: list[tuple[str, Shown]] = field(default_factory=list)
    place: int = -1
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def begin(self) -> None:
        """Open a page of the lab by its address."""
        name = self._random.choice(PAGES)
        self.steps.append(f"open /{name}")
        open_page(self.page, f"{self.url}/{name}")
        self._arrived("")

    def step(self) -> None:
        """Do something, and compare what is shown with what was shown or is said."""
        ways = [self.set, self.set, self.set, self.set, self.menu, self.follow, self.reload]
        ways += [self.copy] + [self.back] * 2 * (self.place > 0)
        ways += [self.forward] * 2 * (self.place < len(self.entries) - 1)
        self._random.choice(ways)()

    def set(self) -> None:
        """Take another option, move a slider, turn a switch, press a button or pick a cell."""
        candidates = [one for one in self._controls() if one.is_visible() and one.is_enabled()]
        candidates = [one for one in candidates if self._may_be_set(one)]
        if not candidates:
            return
        chosen = self._random.choice(candidates)
        before = self.page.url
        self.steps.append(f"set {_name(chosen)}")
        if chosen.get_attribute("role") == "slider" or chosen.get_attribute("type") == "range":
            chosen.press(self._random.choice(("ArrowRight", "ArrowLeft")))
        else:
            chosen.click(force=chosen.get_attribute("type") == "checkbox")
        self._arrived(before)

    def menu(self) -> None:
        """Go to another page by the menu."""
        links = self.page.get_by_test_id("stTopNavLink").all()
        links = [link for link in links if link.is_visible()]
        if not links:
            assert "lesson=" in self.page.url, self.told()  # there one goes by its steps
            return
        link, before = self._random.choice(links), self.page.url
        self.steps.append(f"menu {link.inner_text().split()[-1]}")
        link.click()
        self._arrived(before)

    def follow(self) -> None:
        """Follow a link on the page."""
        links = [link for link in self.page.locator(".stPageLink a").all() if link.is_visible()]
        if not links:
            return
        link, before = self._random.choice(links), self.page.url
        self.steps.append(f"follow {link.get_attribute('href')}")
        link.click()
        self._arrived(before)
        assert self.page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0

    def back(self) -> None:
        """Press Back."""
        self.steps.append("back")
        self.page.go_back()
        self._returned(self.place - 1)

    def forward(self) -> None:
        """Press Forward."""
        self.steps.append("forward")
        self.page.go_forward()
        self._returned(self.place + 1)

    def reload(self) -> None:
        """Reload the page."""
        self.steps.append("reload")
        self.page.reload()
        self.page.get_by_role("heading", level=1).wait_for()
        self._returned(self.place)

    def copy(self) -> None:
        """Open the address in a new tab."""
        self.steps.append("copy")
        other = self.page.context.new_page()
        open_page(other, self.page.url)
        address, seen = self.entries[self.place]
        self._compare(seen, shown(other))
        assert other.url == address, self.told()
        other.close()

    def told(self) -> str:
        """What was done so far."""
        return f"walk {self.seed}: " + "; ".join(self.steps) + f" at {self.page.url}"

    def _controls(self) -> list[Locator]:
        main = self.page.get_by_test_id("stMain")
        return [
            *main.locator("[role=radio][aria-checked=false]:not(.st-key-strip *)").all(),
            *main.locator("[role=slider], input[type=range]").all(),
            *main.locator("input[type=checkbox]").all(),
            *main.locator(".map:not(.still) .cell").all()[:5],
            *main.locator(".network .cell").all()[:5],
            *main.locator("[data-testid=stBaseButton-secondary]:not(.st-key-strip *)").all(),
        ]

    def _may_be_set(self, control: Locator) -> bool:
        page, name = page_of(self.page.url), _name(control)
        left_alone = LEFT_ALONE.get(page, set())
        is_button = control.get_attribute("data-testid") == "stBaseButton-secondary"
        if page == "sentiment" and is_button:
            return False
        return not any(name.endswith(one) for one in left_alone)

    def _arrived(self, before: str) -> None:
        """Note what is shown: in a new entry if the address is another one, or in this one."""
        seen = shown(self.page)
        if self.page.url != before:
            del self.entries[self.place + 1 :]
            self.entries.append((self.page.url, seen))
            self.place += 1
        else:
            self.entries[self.place] = (self.page.url, seen)

    def _returned(self, place: int) -> None:
        address, seen = self.entries[place]
        now = shown(self.page)
        assert self.page.url == address, f"{self.told()}: it should be {address}"
        self._compare(seen, now)
        self.place = place

    def _compare(self, seen: Shown, now: Shown) -> None:
        differences = {key: (seen[key], now[key]) for key in seen if seen[key] != now[key]}
        assert not differences, f"{self.told()}\n{differences}"


def _name(control: Locator) -> str:
    said: str = control.evaluate(
        "one => one.getAttribute('aria-label') || one.innerText || one.closest('label')?.innerText"
        " || one.tagName"
    )
    return " ".join(said.split())[:60]


def page_of(address: str) -> str:
    """The page of an address."""
    return urlsplit(address).path.strip("/")
