"""What axe-core finds on the pages: nothing serious, in light and in dark, and headings in order."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.steps import (
    open_page,
    open_view,
    settled,
    train_to_the_end,
    views,
)
from tests.browser.test_on_a_phone import ADDRESSES
from tests.lab import Lab

SEVERE = ("serious", "critical")
HEADINGS = ("heading-order", "page-has-heading-one", "empty-heading")
"""Rules that axe calls moderate: whoever listens to a page finds their way by its headings."""

SHORT = {"epochs": "1", "length": "500", "window": "5"}
"""A run that is over at once."""

schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@schemes
@pytest.mark.parametrize("name", ADDRESSES, ids=lambda name: name or "home")
def test_axe_finds_nothing_serious(lab: Lab, page: Page, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for query in ADDRESSES[name]:
        open_page(page, f"{lab.url}/{name}?{urlencode(query)}")
        settled(page)
        assert (query, _found(page)) == (query, {})


@schemes
def test_axe_finds_nothing_serious_after_a_run(lab: Lab, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    open_page(page, f"{lab.url}/training?{urlencode(SHORT | {'cell': 'lstm'})}")
    train_to_the_end(page)
    for title in views(page):
        open_view(page, title)
        for folded in page.locator("details:not([open]) > summary").all():
            folded.click()
        settled(page)
        assert (title, _found(page)) == (title, {})


def _found(page: Page) -> dict[str, list[str]]:
    """What is wrong on a page: the elements by the rule that they break.

    Formulas are wider until their fonts are there. A group of marks that is empty needs no name.
    """
    page.evaluate("document.fonts.ready")
    broken = {
        violation["id"]: [
            html for node in violation["nodes"] if not (html := node["html"]).endswith('"></g>')
        ]
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in SEVERE or violation["id"] in HEADINGS
    }
    return {rule: elements for rule, elements in broken.items() if elements}
