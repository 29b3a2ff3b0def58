"""Markup in every input of every page: no link, no picture, no formula, no request to elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import monotonic
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page

from rnnlab.knobs import Configuration
from rnnlab.language.settings import LanguageSettings
from rnnlab.rules import RULES
from rnnlab.sentiment.review_training import ReviewTraining
from rnnlab.settings import Settings
from rnnlab.ui.markdown import JOINER
from rnnlab.ui.next_word.controls import PREFIX
from tests.browser.steps import PATIENCE, open_page, press, settled

MARKUP = (
    "![x](//elsewhere.example/x.png) [y](elsewhere) $elsewhere^2$ and $ **elsewhere** `elsewhere` "
    ":red[elsewhere] :material/elsewhere: https://elsewhere.example"
)
"""What would be seen, in part, whenever any of it were taken for markup."""

MADE = """word => [...document.querySelectorAll("main *, [data-testid=stMain] *")].filter(
    one => one.matches("a, img, .katex, strong, em, code, [role=img]")
        && (one.outerHTML.includes(word)) && !one.closest("[data-testid=stCode]")
).map(one => one.outerHTML)"""
"""All that is made of markup that holds this word; what stands in a box of code is shown as is."""

EDITABLE = "[data-testid=stTextInput] input, textarea, .line input"
MOST_BOXES = 6
"""Boxes of a part that are filled; a matrix has many that are alike."""

SERIES = "".join(f"{value}\n" for value in range(40))
STORY = "the king saw the sea . the old king saw a ship .\n" * 200
NAME = "![x](elsewhere.png) $e$ *elsewhere* :red[e]"


class Watched:
    """A page, and every address that it asks for."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.asked: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))

    def check(self) -> None:
        """Nothing that was typed has become anything but text."""
        settled(self.page)
        assert self.page.evaluate(MADE, "elsewhere") == []
        own = (self.url, self.url.replace("http", "ws"), "data:", "blob:")
        assert [url for url in self.asked if not url.startswith(own)] == []
        assert [url for url in self.asked if "elsewhere" in re.split(r"[?#]", url)[0]] == []

    def shows(self, words: str) -> None:
        """These very words stand on it."""
        main, deadline = self.page.get_by_test_id("stMain"), monotonic() + PATIENCE
        while words not in " ".join(main.inner_text().replace(JOINER, "").split()):
            assert monotonic() < deadline, main.inner_text()
            self.page.wait_for_timeout(100)


@pytest.fixture
def watched(page: Page, lab) -> Watched:
    return Watched(page, lab.url)


def parts(page: Page) -> Iterator[None]:
    """Each part of the page in turn, or the page itself if it has none."""
    row = page.get_by_role("radiogroup", name="Part", exact=True).get_by_role("radio")
    yield
    for number in range(1, row.count()):
        row.nth(number).click()
        settled(page)
        yield


def fill(box: Locator, text: str) -> None:
    box.fill(text)
    box.press("Control+Enter" if box.evaluate("box => box.tagName") == "TEXTAREA" else "Enter")


def fill_all(page: Page) -> int:
    """Type markup into every box that takes text, and see how many there are."""
    folded = page.locator("[data-testid=stExpander] details:not([open]) > summary")
    for _ in range(folded.count()):
        if folded.first.is_visible():
            folded.first.click()
    boxes = page.locator(EDITABLE)
    n_boxes = min(boxes.count(), MOST_BOXES)
    for number in range(n_boxes):
        box = boxes.nth(number)
        if number < boxes.count() and box.is_visible() and box.is_editable():
            fill(box, MARKUP)
            settled(page)
    return n_boxes


@pytest.mark.parametrize(
    ("address", "fewest"),
    [
        ("training?rule=own", 1),
        ("data_rules?rule=own", 4),
        ("data_rules?rule=own&look_own=As+a+table", 4),
        ("hand_check", 12),
        ("kinds", 0),
        ("sentiment", 3),
        ("next_word", 3),
    ],
)
def test_markup_that_is_typed_is_text(watched, address, fewest):
    page, n_boxes = watched.page, 0
    open_page(page, f"{watched.url}/{address}")
    if fewest:
        page.locator(EDITABLE).first.wait_for()
    settled(page)
    for _ in parts(page):
        n_boxes += fill_all(page)
        watched.check()
    assert n_boxes >= fewest


def names_in_links(page: str) -> set[str]:
    """Every name that a link to a page may have."""

    def of(kind: type[Configuration], prefix: str = "") -> set[str]:
        return {prefix + (knob.url_name or name) for name, knob in kind.all_knobs().items()}

    runs = {"preset", "settings", *of(Settings)}
    runs |= {name for rule in RULES.values() for name in rule.all_knobs()} - {"rule"}
    return {
        "training": runs,
        "data_rules": {*runs, "look", "look_own", "look_rows", "look_bits", "look_game"},
        "hand_check": {"part", "level", "hand_cell", "hand_unit", "simple_rnn_kernel"},
        "kinds": {"about", "kind", "kind_steps", "kind_units"},
        "sentiment": {"sentiment", "text", *of(ReviewTraining, "review_")},
        "next_word": {"next", "word_text", *of(LanguageSettings, PREFIX[False])},
    }[page]


@pytest.mark.parametrize(
    "name", ["training", "data_rules", "hand_check", "kinds", "sentiment", "next_word"]
)
def test_markup_in_a_link_is_text(watched, name):
    query = dict.fromkeys(sorted(names_in_links(name)), MARKUP)
    open_page(watched.page, f"{watched.url}/{name}?{urlencode(query)}")
    watched.check()


def upload(page: Page, name: str, content: str) -> None:
    box = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    box.set_input_files(file)  # type: ignore[arg-type]
    settled(page)


COLUMNS = f'"{MARKUP}","*b*"\n'


@pytest.mark.parametrize(
    ("address", "file", "content", "words"),
    [
        ("training?rule=series", f"{NAME}.csv", COLUMNS + "1,2\n" * 60, ""),
        ("training?rule=series", f"{NAME}.csv", f'"{MARKUP}"\n{SERIES}', NAME),
        ("training?rule=series", f"{NAME}.csv", f'value\n{SERIES}"{MARKUP}"\n', NAME),
        ("data_rules?rule=series", f"{NAME}.csv", f"value\n{SERIES}{SERIES}", NAME),
        ("sentiment?sentiment=Train+it+yourself", f"{NAME}.csv", COLUMNS + "a,b\n" * 9, ""),
        (
            "sentiment?sentiment=Train+it+yourself",
            f"{NAME}.csv",
            "text,label\n" + "".join(f'"{MARKUP} {n}",{n % 2}\n' for n in range(400)),
            NAME,
        ),
        ("next_word?word_text=Your+own+text", f"{NAME}.txt", STORY, NAME),
        ("next_word?word_text=Your+own+text", f"{NAME}.txt", "\0", NAME),
    ],
)
def test_markup_in_a_file_and_in_its_name_is_text(watched, address, file, content, words):
    page = watched.page
    open_page(page, f"{watched.url}/{address}")
    for fold in page.locator("[data-testid=stExpander]").filter(has_text="of your own").all():
        fold.locator("summary").click()
    upload(page, file, content)
    watched.shows(words)
    watched.check()


def test_markup_in_many_texts_is_text(watched):
    page = watched.page
    open_page(page, f"{watched.url}/sentiment?sentiment=Many+texts")
    page.get_by_role("textbox", name="One text a line").fill(
        f"text\tlabel\n{MARKUP}\t0\nI loved it.\t0\n"
    )
    press(page, "Judge these lines")
    page.get_by_text("The worst mistakes").wait_for()
    watched.check()
    watched.shows("✗ said")


@pytest.mark.parametrize("unit", ["words", "characters"])
def test_a_network_s_words_are_text(watched, unit):
    page = watched.page
    open_page(page, f"{watched.url}/next_word?word_text=Your+own+text&next_own_unit={unit}")
    upload(page, "text.txt", f"{MARKUP} .\n" * 300)
    for _ in parts(page):
        for box in page.get_by_role("combobox", name="Your sentence").all():
            fill(box, "![x](//elsewhere.example/x.png) $elsewhere^2$ ")
        watched.check()
