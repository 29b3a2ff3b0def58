"""The page about padding and masks, in a browser: zeros, masks, and four networks that learn."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import choose, open_page, press, settled, wait_for
from tests.lab import Lab


def sentence(page: Page) -> str:
    return wait_for(page, "Alone, your text is")


def test_zeros_change_the_verdict_and_a_mask_brings_it_back(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/padding")
    said = sentence(page)
    alone, front, *_, masked = re.findall(r"\d+% positive", said)
    assert alone == masked != front
    choose(page, "LSTM")
    settled(page)
    assert sentence(page) != said
    expect(page).to_have_url(re.compile("pad_reader=LSTM"))
    choose(page, "behind, with a mask")
    wait_for(page, "the last word’s output is repeated")
    choose(page, "in both directions")
    wait_for(page, "both directions show 0 there")
    expect(page).to_have_url(re.compile("pad_directions=in"))


def test_what_is_typed_is_read_and_stays_out_of_the_address(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/padding")
    before = sentence(page)
    box = page.get_by_role("textbox", name="Your review")
    box.fill("A wonderful, moving film")
    box.press("Enter")
    expect(page.get_by_text(before)).to_have_count(0)
    settled(page)
    assert "wonderful" not in page.url
    press_part(page, "Masks in Keras")
    wait_for(page, "Do you know what Keras does under a mask?")
    press_part(page, "Your review")
    expect(box).to_have_value("A wonderful, moving film")


def test_four_networks_learn_and_the_link_finds_them_again(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/padding?padding=Four+ways+to+train&lengths_updates=200")
    press(page, "Train")
    wait_for(page, "Done: 200 updates of four networks", 120)
    settled(page)
    said = wait_for(page, "without padding,")
    assert len(re.findall(r"\d+\.\d%", said)) >= 4
    open_page(page, page.url)
    wait_for(page, "Done: 200 updates of four networks", 120)
    assert wait_for(page, "without padding,") == said


def press_part(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).or_(page.get_by_role("button", name=name)).first.click()
    settled(page)
