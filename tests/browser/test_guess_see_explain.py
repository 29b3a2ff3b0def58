"""Guess, train, read why, turn the next knob: in one screen, and few steps from the top of it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from rnnlab.presets import PRESETS
from rnnlab.ui.frame import PAGES
from tests.browser.steps import (
    CURVE,
    choose,
    metric,
    open_page,
    press,
    settled,
    train,
    train_to_the_end,
    turn_up,
    wait_for,
    wait_for_the_end,
)
from tests.lab import Lab

LAPTOP, PHONE = (1280, 720), (390, 844)
TABS = len(PAGES) + 11
"""From the top of the page to Train: the menu of pages, and eleven more."""

LATE = PRESETS["pair-too-late"]
SHOW = "Show the answer"


@pytest.mark.parametrize("name", PRESETS)
def test_train_is_in_the_first_screen(lab: Lab, page: Page, name: str) -> None:
    open_page(page, f"{lab.url}/training?preset={name}")
    for width, height in (LAPTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        button = page.get_by_role("button", name="Train", exact=True)
        assert (width, bottom(button) <= height) == (width, True)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=str)
def test_train_is_a_few_tabs_from_the_top(lab: Lab, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(page, f"{lab.url}/training?preset=pair")
    settled(page)
    button = page.get_by_role("button", name="Train", exact=True)
    tabs = 0
    while not button.evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
        tabs += 1
        assert tabs <= TABS


@pytest.mark.parametrize("name", ["pair", "pair-too-late"])
def test_curve_verdict_and_next_step_are_in_one_screen(lab: Lab, page: Page, name: str) -> None:
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})
    open_page(page, f"{lab.url}/training?preset={name}")
    settled(page)
    choose(page, "Nothing")
    settled(page)
    train_to_the_end(page)
    seen = [
        page.locator(CURVE),
        page.get_by_text("You guessed"),
        page.get_by_text("The loss is").last,
        page.get_by_role("button", name="and train again"),
    ]
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0
    for one in seen:
        assert bottom(one) <= LAPTOP[1]


@pytest.mark.parametrize("name", ["pair", "pair-too-late"])
def test_on_a_phone_the_verdict_comes_after_the_curve_on_the_same_screen(
    lab: Lab, page: Page, name: str
) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    open_page(page, f"{lab.url}/training?preset={name}")
    settled(page)
    numbers, curve = page.get_by_test_id("stMetric").first, page.locator(CURVE)
    assert bottom(curve) < bottom(numbers)
    train_to_the_end(page)
    verdict = page.get_by_text("The loss is").last
    assert bottom(curve) < bottom(verdict) < bottom(numbers)
    box = curve.bounding_box()
    assert box is not None
    assert bottom(verdict) - box["y"] < PHONE[1]


def test_the_next_step_turns_its_knob_and_trains_again(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?preset={LATE.name}")
    settled(page)
    train_to_the_end(page)
    assert float(metric(page, "Loss, last epoch")) >= LATE.loss[0]
    press(page, f"{LATE.next_step.title(LATE.settings)} and train again")
    wait_for(page, LATE.next_step.explanation[:40])
    wait_for_the_end(page)
    query = {key: [value] for key, value in LATE.next_settings.to_query().items()}
    assert parse_qs(urlsplit(page.url).query) == query | {"run": ["to=end"]}
    low, high = LATE.next_step.loss
    assert low <= float(metric(page, "Loss, last epoch")) <= high
    expect(page.get_by_role("link", name=PRESETS["self-pair"].question)).to_be_visible()


def test_the_answer_is_uncovered_by_keyboard_and_stays_so(lab: Lab, page: Page) -> None:
    open_page(page, lab.url)
    settled(page)
    expect(page.get_by_text(LATE.claim)).to_have_count(0)
    page.get_by_role("link", name=LATE.question).click()
    settled(page)
    expect(page.get_by_text(LATE.claim)).to_have_count(0)
    page.get_by_role("button", name=SHOW).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(LATE.claim)).to_be_visible()
    expect(page.get_by_role("button", name=SHOW)).to_have_count(0)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_text(LATE.claim)).to_be_visible()


def test_who_just_trains_is_asked_nothing_and_told_everything(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?preset=pair")
    settled(page)
    expect(page.get_by_role("button", name=SHOW)).to_be_visible()
    train_to_the_end(page)
    expect(page.get_by_text(PRESETS["pair"].claim)).to_be_visible()
    expect(page.get_by_role("button", name=SHOW)).to_have_count(0)
    expect(page.get_by_text("You guessed")).to_have_count(0)


def test_a_link_that_covers_nothing_leads_to_pages_that_do_not(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/?cover=off")
    settled(page)
    expect(page.get_by_role("button", name=SHOW)).to_have_count(0)
    page.get_by_role("link", name=LATE.question).click()
    expect(page.get_by_text(LATE.claim)).to_be_visible()
    settled(page)
    assert parse_qs(urlsplit(page.url).query)["cover"] == ["false"]


def test_nothing_of_a_run_is_left_when_another_question_is_chosen(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?preset=pair")
    settled(page)
    train(page)
    wait_for_the_end(page)
    press(page, "Other questions")
    page.get_by_role("link", name=LATE.title, exact=True).click()
    expect(page.get_by_role("heading", name=LATE.question)).to_be_visible()
    settled(page)
    expect(page.get_by_text("The loss is")).to_have_count(0)
    assert metric(page, "Loss, last epoch") == "–"
    assert not page.locator(f"{CURVE} .curve").get_attribute("d")


def test_where_a_knob_was_turned_the_words_say_of_which_run_they_are(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?epochs=1&length=700")
    settled(page)
    train_to_the_end(page)
    before = page.locator(CURVE).bounding_box()
    turn_up(page, "Units")
    assert "Units 6 → 7" in wait_for(page, "Turned since this run")
    settled(page)
    assert page.locator(CURVE).bounding_box() == before


def bottom(shown: Locator) -> float:
    """Where something ends, in pixels from the top of the screen."""
    box = shown.bounding_box()
    assert box is not None
    return box["y"] + box["height"]
