"""The page Papers in a real browser: each question is trained; a machine of one's own is typed."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from rnnlab.presets import PRESETS
from rnnlab.presets.shelf import SHELF
from tests.browser.steps import metric, open_page, settled, train_to_the_end, wait_for
from tests.lab import Lab

MACHINE = "even: 0 -> even, 1 -> odd, says 0; odd: 0 -> odd, 1 -> even, says 1"
MERGING = MACHINE.replace("odd: 0 -> odd", "odd: 0 -> even")


def test_a_card_opens_its_experiment_and_the_number_comes(lab: Lab, page: Page) -> None:
    """Each leads to its question, and one is trained; all are in `tests/test_presets_train.py`."""
    open_page(page, f"{lab.url}/papers")
    settled(page)
    for card in SHELF:
        link = page.get_by_role("link", name=card.preset.question).get_attribute("href")
        assert link is not None
        assert parse_qs(urlsplit(link).query)["preset"] == [card.preset.name]
    preset = PRESETS["latch"]
    page.get_by_role("link", name=preset.question).click()
    page.wait_for_url(re.compile("/training"))
    wait_for(page, preset.question)
    settled(page)
    train_to_the_end(page)
    low, high = preset.loss
    assert low <= float(metric(page, "Loss, last epoch")) <= high


def test_a_machine_of_ones_own_is_typed_and_opened_from_its_link(
    lab: Lab, page: Page, browser: Browser
) -> None:
    open_page(page, f"{lab.url}/data_rules?rule=own-machine")
    settled(page)
    box = page.get_by_role("textbox", name="Your machine")
    box.fill("even: 0 -> even, 1 -> odd, says 0")
    box.press("Enter")
    wait_for(page, "“even” leads to “odd”, and there is no such state")
    expect(box).to_have_value("even: 0 -> even, 1 -> odd, says 0")
    box.fill(MACHINE)
    box.press("Enter")
    expect(page.get_by_text("there is no such state")).to_have_count(0)
    settled(page)
    assert metric(page, "Best possible") == "0.6931"  # nobody knows where it began
    box.fill(MERGING)
    box.press("Enter")
    expect(page.get_by_text("0.0000").first).to_be_visible()
    settled(page)
    other = browser.new_context().new_page()
    open_page(other, page.url)
    expect(other.get_by_role("textbox", name="Your machine")).to_have_value(MERGING)
    other.context.close()


@pytest.mark.parametrize(("size", "seen"), [((1280, 720), 4), ((390, 844), 2)])
def test_several_claims_and_their_links_are_in_the_first_screen(
    lab: Lab, page: Page, size: tuple[int, int], seen: int
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(page, f"{lab.url}/papers")
    settled(page)
    for card in SHELF[:seen]:
        for shown in (
            page.get_by_text(card.preset.claim),
            page.get_by_role("link", name=card.preset.question),
        ):
            box = shown.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= size[1]


def test_the_answers_come_out_of_their_cover(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/papers")
    settled(page)
    assert "Measured here" not in page.inner_text("[data-testid=stMain]")
    page.locator("summary").filter(has_text=SHELF[0].preset.title).click()
    page.get_by_role("button", name="Show the answer").first.click()
    wait_for(page, f"Measured here, by training: {SHELF[0].preset.reached}")
