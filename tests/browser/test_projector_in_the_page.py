"""Projector mode in a real browser: large type, no knobs, and nothing wider than its place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.steps import expect_charts_fit, open_page, press, settled, too_wide
from tests.lab import Lab


@pytest.mark.parametrize("address", ["training?preset=pair", "data_rules", "kinds", "sentiment"])
def test_on_a_projector_every_page_is_large_and_without_knobs(
    lab: Lab, page: Page, address: str
) -> None:
    joined = "&" if "?" in address else "?"
    open_page(page, f"{lab.url}/{address}{joined}projector=on")
    settled(page)
    assert page.get_by_role("slider").count() == page.get_by_role("combobox").count() == 0
    line = page.get_by_role("heading", level=1)
    page.wait_for_function("() => document.querySelector('h1').currentCSSZoom > 1.2")
    knobs = page.locator(".st-key-knobs")
    assert knobs.count() == (address.partition("?")[0] in ("training", "data_rules"))
    assert not knobs.is_visible()
    expect_charts_fit(page, 1 if address == "data_rules" else 0)
    page.get_by_role("link", name="Kinds", exact=True).first.click()
    settled(page)
    assert "projector=on" in page.url
    press(page, "Show the knobs again")
    settled(page)
    assert "projector" not in page.url
    assert line.evaluate("e => e.currentCSSZoom") == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_a_table_that_was_there_before_fits_on_a_projector(
    lab: Lab, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_page(page, f"{lab.url}/teachers?teach=Thirty+at+once")
    table = page.get_by_test_id("stDataFrame").first
    table.wait_for()
    settled(page)
    page.get_by_text("Projector mode").first.click()
    settled(page)
    page.wait_for_function("() => document.querySelector('h1').currentCSSZoom > 1.2")
    place = page.get_by_test_id("stElementContainer").filter(has=table).first
    widths = [each.evaluate("e => e.getBoundingClientRect().width") for each in (table, place)]
    assert widths[0] == pytest.approx(widths[1], abs=2)
    assert too_wide(page) == 0
