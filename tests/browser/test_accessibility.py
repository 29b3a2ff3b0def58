"""What axe-core finds on the pages: nothing serious, in light and dark, and headings in order.

Each opens on the narrow screen of a phone first, where nothing is wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.addresses import ADDRESSES
from tests.browser.steps import (
    PATIENCE,
    open_page,
    open_view,
    press,
    settled,
    too_wide,
    train_to_the_end,
    views,
)
from tests.lab import Lab

SEVERE = ("serious", "critical")
HEADINGS = ("heading-order", "page-has-heading-one", "empty-heading")
"""Rules that axe calls moderate: whoever listens to a page finds their way by its headings."""

SHORT = {"epochs": "1", "length": "500", "window": "5"}
"""A run that is over at once."""

AXES_ARE_READ = """() => [...document.querySelectorAll(
    "[data-testid=stVegaLiteChart] :is([class*=role-axis-label], [class*=role-axis-title]) text"
)].every(text => getComputedStyle(text).fill === getComputedStyle(text).color)"""
"""Words in pictures have the page's own text colour; axe does not look there."""


ALL: dict[str, object] = {"resultTypes": ["violations"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
OF_COLOURS = ALL | {"runOnly": COLOURS}
LOOKED_FOR = {"light": ALL, "dark": OF_COLOURS}
"""What axe looks for: in dark nothing but the colours is another than in light."""


def schemes(page: Page) -> Iterator[str]:
    """The page in light, and then in dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        settled(page)
        yield scheme


@pytest.mark.parametrize("name", ADDRESSES, ids=lambda name: name or "home")
def test_axe_finds_nothing_serious_and_a_phone_is_wide_enough(
    lab: Lab, page: Page, name: str
) -> None:
    for query in ADDRESSES[name]:
        page.set_viewport_size({"width": 390, "height": 844})
        open_page(page, f"{lab.url}/{name}?{urlencode(query)}")
        settled(page)
        assert (query, max(too_wide(page), 0)) == (query, 0)
        page.set_viewport_size({"width": 1280, "height": 900})
        for scheme in schemes(page):
            assert (query, scheme, found(page, scheme)) == (query, scheme, {})
            page.wait_for_function(AXES_ARE_READ)


def test_axe_finds_nothing_serious_after_a_run(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?{urlencode(SHORT | {'cell': 'lstm'})}")
    train_to_the_end(page, seconds=300)
    page.get_by_role("toolbar", name="Runs to lay over each other").get_by_role("button").click()
    settled(page)
    press(page, "Rename or remove")
    for scheme in schemes(page):
        assert (scheme, found(page, scheme)) == (scheme, {})
    page.keyboard.press("Escape")
    for title in views(page):
        open_view(page, title)
        page.locator("details:not([open]) > summary").evaluate_all("all => all.map(x => x.click())")
        for scheme in schemes(page):
            assert (title, scheme, found(page, scheme)) == (title, scheme, {})


def found(page: Page, scheme: str = "light") -> dict[str, list[str]]:
    """What stays wrong on a page: the elements by the rule that they break.

    For a moment it may be something that passes: formulas are wider until their fonts are there.
    """
    deadline = monotonic() + PATIENCE
    while (broken := _broken(page, LOOKED_FOR[scheme])) and monotonic() < deadline:
        page.wait_for_timeout(500)
    return broken


def _broken(page: Page, options: dict[str, object]) -> dict[str, list[str]]:
    """What is wrong at this moment. A group of marks that is empty needs no name."""
    broken = {
        violation["id"]: [
            html for node in violation["nodes"] if not (html := node["html"]).endswith('"></g>')
        ]
        for violation in Axe().run(page, options=options).response["violations"]
        if violation["impact"] in SEVERE or violation["id"] in HEADINGS
    }
    return {rule: elements for rule, elements in broken.items() if elements}
