"""The data rules in a real browser: little is sent, a target has causes, a rule of one's own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from rnnlab.rules import RULES
from tests.browser.steps import (
    choose,
    metric,
    open_page,
    press,
    settled,
    train,
    wait_for,
)
from tests.lab import Lab

LARGE = 200_000  # bytes; 500,000 bits are more, however they are packed


def data_page(lab: Lab, **query: str) -> str:
    asked = "&".join(f"{key}={value.replace(' ', '+')}" for key, value in query.items())
    return f"{lab.url}/data_rules?{asked}"


@pytest.mark.parametrize("rule", [name for name in RULES if name != "series"])
def test_every_rule_is_drawn_and_little_of_it_is_sent(lab: Lab, page: Page, rule: str) -> None:
    frames: list[int] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: frames.append(len(frame))),
    )
    open_page(page, data_page(lab, rule=rule))
    expect(page.locator("[data-testid=stVegaLiteChart] svg, canvas").first).to_be_visible()
    settled(page)
    assert max(frames) < LARGE
    expect(page.locator("[data-testid=stVegaLiteChart]")).not_to_have_count(0)


def test_a_click_on_a_target_tells_its_causes(lab: Lab, page: Page) -> None:
    open_page(page, data_page(lab))
    wait_for(page, "y[17] =")
    settled(page)
    press(page, "Next")
    sentence = wait_for(page, "y[18] =")
    settled(page)  # the picture is drawn anew, and only then has its place
    assert re.search(r"x\[1[67]\]", sentence)
    target = page.locator("path[aria-label*='place: 12; lane: 0|target y']").first
    box = target.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert re.search(r"x\[1[01]\]", wait_for(page, "y[12] ="))
    expect(page).to_have_url(re.compile("look_target=12"))


def test_a_rule_of_ones_own_is_typed_trained_and_opened_from_its_link(
    lab: Lab, page: Page, browser: Browser
) -> None:
    open_page(page, data_page(lab, rule="own"))
    box = page.get_by_role("textbox", name="Your rule")
    box.fill("x[t-1] xor x[t-3")
    box.press("Enter")
    wait_for(page, "At character 17")
    expect(box).to_have_value("x[t-1] xor x[t-3")
    box.fill("x[t-1] xor x[t-3]")
    box.press("Enter")
    expect(page.get_by_text("At character")).to_have_count(0)
    settled(page)
    assert metric(page, "Best possible") == "0.0000"
    choose(page, "Download")
    page.get_by_role("link", name="Now let a network try").click()
    page.wait_for_url(re.compile("/training"))
    expect(page.get_by_role("textbox", name="Your rule")).to_have_value("x[t-1] xor x[t-3]")
    settled(page)
    train(page)
    wait_for(page, "Done:", seconds=120)
    assert float(metric(page, "Loss, last epoch")) < 0.35
    other = browser.new_context().new_page()
    open_page(other, page.url)
    expect(other.get_by_role("textbox", name="Your rule")).to_have_value("x[t-1] xor x[t-3]")
    other.context.close()


def test_a_link_to_the_data_is_trained_by_the_menu_without_touching_anything(
    lab: Lab, page: Page
) -> None:
    open_page(page, data_page(lab, rule="echo", delay="7", window="9"))
    settled(page)
    page.get_by_role("link", name="Training", exact=False).first.click()
    page.wait_for_url(re.compile("/training"))
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_visible()
    settled(page)
    for held in ("rule=echo", "delay=7", "window=9"):
        assert held in page.url
    expect(page.get_by_role("slider", name="Window")).to_have_value("9")
