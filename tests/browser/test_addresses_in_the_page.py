"""What the address says is what is on the screen, wherever a visitor goes and however they return.

`RNNLAB_WALKS=200 python -m pytest tests/browser/test_addresses_in_the_page.py` walks longer; it
goes on after a walk that fails, and tells every difference at its end.
"""

import os

import pytest

from tests.browser.steps import choose, open_page, press, settled, turn_up
from tests.browser.walks import Walk

WALKS = int(os.environ.get("RNNLAB_WALKS", "2"))
FIRST = int(os.environ.get("RNNLAB_FIRST_WALK", "1"))
STEPS = 9


@pytest.mark.parametrize("seed", range(FIRST, FIRST + WALKS))
def test_a_walk_through_all_pages_finds_what_each_address_says(page, lab, seed):
    walk = Walk(page, lab.url, seed)
    walk.begin()
    for _ in range(STEPS):
        walk.step()
    while walk.place > 0:
        walk.back()


def test_one_step_is_one_entry_and_what_cannot_be_makes_none(page, lab):
    open_page(page, f"{lab.url}/training?units=999&epochs=3")
    settled(page)
    assert page.url.endswith("/training?epochs=3")
    begun = page.evaluate("history.length")
    turn_up(page, "Units")
    settled(page)
    choose(page, "Logarithmic")
    settled(page)
    assert page.evaluate("history.length") == begun + 2
    press(page, "Other questions")
    page.locator("a[href*='preset=echo']:visible").first.click()
    settled(page)
    assert page.evaluate("history.length") == begun + 3
    assert "rule=echo" in page.url
    assert "preset" not in page.url
    page.go_back()
    settled(page)
    assert page.url.endswith("/training?units=7&epochs=3&scale_Linear=Logarithmic")


def test_a_link_opens_where_the_browser_is_told_to(page, lab):
    open_page(page, lab.url)
    settled(page)
    card = page.locator(".stPageLink a:visible").first
    with page.context.expect_page() as opened:
        card.click(modifiers=["Control"])
    assert opened.value.url == card.evaluate("link => link.href")
    assert page.url.rstrip("/") == lab.url
    opened.value.close()
    with page.context.expect_page() as opened:
        card.click(button="middle")
    assert opened.value.url == card.evaluate("link => link.href")


def test_pages_open_at_their_top_and_say_in_the_tab_what_they_ask(page, lab):
    open_page(page, lab.url)
    settled(page)
    main = page.get_by_test_id("stMain")
    main.evaluate("main => main.scrollTo(0, main.scrollHeight)")
    assert main.evaluate("main => main.scrollTop") > 0
    page.locator("a[href*='preset=echo']:visible").first.click()
    settled(page)
    assert main.evaluate("main => main.scrollTop") == 0
    assert page.title() == "Can it repeat what it heard three steps ago? Training · RNN Lab"
