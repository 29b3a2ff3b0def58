"""Words from outside stand on a page as they are: no link, no picture, no formula, no request."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from rnnlab.ui.markdown import JOINER
from tests.browser.foreign_words import PLACES, RANDOM_WORDS, WORDS, key_of
from tests.browser.steps import open_page
from tests.lab import running_lab

MADE = (
    "a, img, svg, .katex, code, pre, em, del, h1, h2, h3, h4, h5, h6, ul, ol, li, table, hr, input,"
    "blockquote, sup, b, [role=img], [class*=stMarkdownColored], [class*=stMarkdownBadge],"
    "[class*=Shimmer], [data-testid=stSkeleton]"
)
"""Whatever Markdown makes of words, besides paragraphs and what is bold."""

SHOWN = "[data-testid=stMarkdownContainer], [data-testid=stCaptionContainer]"

FOUND = f"""boxes => boxes.map(box => {{
    const shown = [...box.querySelectorAll("{SHOWN}")]
    return [
        shown.map(one => one.textContent).join(" "),
        shown.flatMap(one => [...one.querySelectorAll("{MADE}")]).map(one => one.outerHTML),
    ]
}})"""


@pytest.fixture(scope="module")
def foreign(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page of foreign words, and every address it asked for."""
    folder = tmp_path_factory.mktemp("foreign")
    with running_lab(folder, entry="tests/browser/foreign_words.py", PYTHONPATH=".") as running:
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.on("request", lambda request: asked.append(request.url))
        asked: list[str] = []
        open_page(page, running.url)
        page.locator(f".st-key-{key_of('random', len(RANDOM_WORDS) - 1)}").wait_for()
        yield page
        strangers = [url for url in asked if not url.startswith((running.url, "data:", "blob:"))]
        assert asked
        assert strangers == []
        page.close()


def shown(page: Page, key: str) -> tuple[str, list[str]]:
    """What one container shows of the words, and all that it makes of them."""
    (found,) = page.locator(f".st-key-{key}").evaluate_all(FOUND)
    text, made = found
    return text.replace(JOINER, ""), made


def as_typed(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("place", [place for place in PLACES if place != "help"])
def test_all_that_means_something_in_markdown_is_shown_as_typed(foreign, place):
    for number, words in enumerate(WORDS):
        text, made = shown(foreign, key_of(place, number))
        assert as_typed(words) in as_typed(text)
        assert made == []


def test_help_shows_words_as_typed_too(foreign):
    for number, words in enumerate(WORDS):
        box = foreign.locator(f".st-key-{key_of('help', number)}")
        box.get_by_test_id("stTooltipHoverTarget").hover()
        tip = foreign.get_by_test_id("stTooltipContent")
        tip.wait_for()
        assert as_typed(words) == as_typed(tip.inner_text().replace(JOINER, ""))
        assert tip.locator(MADE).count() == 0
        foreign.mouse.move(0, 0)
        tip.wait_for(state="detached")


def test_random_signs_are_shown_as_typed(foreign):
    for number, words in enumerate(RANDOM_WORDS):
        text, made = shown(foreign, key_of("random", number))
        assert as_typed(text) == as_typed(words)
        assert made == []
