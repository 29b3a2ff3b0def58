"""Lessons in the browser: each runs to its end and sees what it promises; teachers make theirs."""

from __future__ import annotations

import io
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from rnnlab.lessons import LESSONS, Lesson
from tests.browser.steps import (
    choose,
    metric,
    open_page,
    press,
    settled,
    text_of,
    too_wide,
    wait_for_the_end,
)
from tests.lab import Lab

LAPTOP, PHONE = (1280, 720), (390, 844)
TRAINING_STEPS = [
    (lesson.name, number)
    for lesson in LESSONS.values()
    for number, step in enumerate(lesson.steps, 1)
    if step.page == "training"
]
MARKUP = "Was *passiert* <b>hier</b>, $x$ :red[?]"
GUESSES = ("*Ja* <i>doch</i>", "Nein, $y$", "0.35")
MENU = "[data-testid=stHeader]"


def address_of(lesson: Lesson, number: int, **turned: str) -> str:
    page = lesson.steps[number - 1].page
    return f"{page}?{urlencode({'lesson': lesson.name, 'step': str(number)} | turned)}"


def do(page: Page, lab: Lab, lesson: Lesson, number: int) -> None:
    """Do what a step asks for, and see what it promises."""
    step = lesson.steps[number - 1]
    expect(page.get_by_role("heading", name=step.question, level=1)).to_be_visible()
    expect(page.get_by_text(f"Step {number} of {len(lesson.steps)}")).to_be_visible()
    settled(page)
    if step.check.turned:
        open_page(page, f"{lab.url}/{address_of(lesson, number, **step.check.turned)}")
        settled(page)
    if step.options:
        choose(page, step.options[0])
        settled(page)
    if step.check.press:
        page.get_by_role("button", name=step.check.press).first.click()
    if step.check.loss:
        wait_for_the_end(page)
        low, high = step.check.loss
        assert low <= float(text_of(loss_of(page), r"^\d")) <= high
    if step.check.words:
        shown = page.get_by_text(step.check.words).locator("visible=true")
        expect(shown.first).to_be_visible(timeout=120_000)


def loss_of(page: Page):  # type: ignore[no-untyped-def]
    return (
        page.get_by_test_id("stMetric")
        .filter(has_text="Loss, last epoch")
        .get_by_test_id("stMetricValue")
    )


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_runs_to_its_end_and_sees_what_it_promises(
    lab: Lab, page: Page, name: str
) -> None:
    lesson, last = LESSONS[name], len(LESSONS[name].steps)
    open_page(page, f"{lab.url}/{address_of(lesson, 1)}&cover=off")
    for number, step in enumerate(lesson.steps, 1):
        do(page, lab, lesson, number)
        if "cover=" in page.url:
            expect(page.get_by_text(step.why).first).to_be_visible()
        bar = page.get_by_role("link", name="Next" if number < last else "Done", exact=True)
        bar.click()
    expect(page.get_by_role("heading", name="What can a recurrent network learn?")).to_be_visible()
    assert "lesson" not in parse_qs(urlsplit(page.url).query)


def test_home_leads_along_the_first_path(lab: Lab, page: Page) -> None:
    open_page(page, lab.url)
    first = next(iter(LESSONS.values()))
    page.get_by_role("link", name=f"1. {first.steps[0].title}: ").click()
    for number, step in enumerate(first.steps, 1):
        expect(page.get_by_role("heading", name=step.question, level=1)).to_be_visible()
        expect(page.locator(MENU)).to_be_hidden()
        settled(page)
        if number < len(first.steps):
            page.get_by_role("link", name="Next", exact=True).click()
    page.go_back()
    expect(page.get_by_role("heading", name=first.steps[-2].question)).to_be_visible()


@pytest.mark.parametrize(("name", "number"), TRAINING_STEPS)
def test_train_is_in_the_first_screen_of_a_lesson(
    lab: Lab, page: Page, name: str, number: int
) -> None:
    open_page(page, f"{lab.url}/{address_of(LESSONS[name], number)}")
    button = page.get_by_role("button", name="Train", exact=True)
    expect(button).to_be_visible()
    for width, height in (LAPTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        box = button.bounding_box()
        assert box is not None
        assert (width, box["y"] + box["height"] <= height) == (width, True)
        assert (width, max(too_wide(page), 0)) == (width, 0)


@pytest.mark.parametrize(("number", "beside"), [(1, "Next"), (6, "Done")])
def test_the_way_out_of_a_lesson_stands_in_line_with_the_way_on(
    lab: Lab, page: Page, number: int, beside: str
) -> None:
    open_page(page, f"{lab.url}/{address_of(LESSONS['pair'], number)}")
    out = page.get_by_role("button", name="Leave", exact=True)
    on = page.get_by_role("link", name=beside, exact=True)
    expect(out).to_be_visible()
    for width, height in (LAPTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        boxes = [one.bounding_box() for one in (out, on)]
        middles = [box["y"] + box["height"] / 2 for box in boxes if box is not None]
        assert middles[0] == pytest.approx(middles[1], abs=3)


def test_the_board_and_the_cover_stay_from_step_to_step(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{address_of(LESSONS['pair'], 1)}&cover=off&board=222222")
    settled(page)
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.get_by_role("heading", name=LESSONS["pair"].steps[1].question)).to_be_visible()
    settled(page)
    query = parse_qs(urlsplit(page.url).query)
    others = {"cover": ["false"], "board": ["222222"]}
    assert query == {"lesson": ["pair"], "step": ["2"]} | others


def test_a_held_knob_is_not_unlocked_by_the_address_until_one_leaves(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{address_of(LESSONS['pair'], 5, window='20', lag='4')}")
    expect(page.get_by_text("This lesson keeps Window at 5")).to_be_visible()
    expect(page.get_by_role("slider", name="Lag")).to_be_visible()
    expect(page.get_by_role("slider", name="Window")).to_have_count(0)
    settled(page)
    assert "window" not in page.url
    press(page, "Leave")
    expect(page.get_by_role("slider", name="Window")).to_be_visible()
    expect(page.locator(MENU)).to_be_visible()
    settled(page)
    assert parse_qs(urlsplit(page.url).query) == {"lag": ["4"]}


def test_a_teachers_own_lesson_travels_in_its_link_and_its_code(
    lab: Lab, page: Page, browser: Browser
) -> None:
    open_page(page, f"{lab.url}/training?lag=3&units=4")
    settled(page)
    page.get_by_text("Make a lesson of this page").click()
    box = page.get_by_role("textbox", name="Your question")
    box.fill(MARKUP)
    box.press("Enter")
    settled(page)
    for number, option in enumerate(GUESSES, 1):
        guess = page.get_by_role("textbox", name=f"Guess {number}")
        guess.fill(option)
        guess.press("Enter")
        settled(page)
    right = page.get_by_role("combobox", name="Which guess is right?")
    right.click()
    right.press_sequentially("Nein")
    page.get_by_role("option", name=GUESSES[1], exact=True).click()
    settled(page)
    knobs = page.get_by_role("combobox", name="What may be turned")
    knobs.click()
    knobs.press_sequentially("Lag")  # a long list draws only what is in view
    page.get_by_role("option", name="Lag", exact=True).click()
    page.keyboard.press("Escape")
    settled(page)
    code = page.get_by_role("img", name="QR code of the link to this lesson")
    link = text_of(page.get_by_test_id("stCode").filter(has_text="lesson=~"), r"^http")
    picture = Image.open(io.BytesIO(code.screenshot(scale="css"))).convert("L")
    wide = picture.resize((3 * picture.width, 3 * picture.height))
    (found,) = zxingcpp.read_barcodes(np.asarray(wide))
    assert found.text == link
    visited = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    open_page(visited, link)
    expect(visited.get_by_role("heading", level=1)).to_have_text(MARKUP)
    expect(visited.get_by_role("slider", name="Lag")).to_be_visible()
    expect(visited.get_by_role("slider", name=re.compile("Units|Window"))).to_have_count(0)
    settled(visited)
    for option in GUESSES:
        expect(visited.get_by_role("radio", name=option, exact=True)).to_be_visible()
    choose(visited, GUESSES[0])
    settled(visited)
    press(visited, "Show the answer")
    visited.get_by_text(f"It is “{GUESSES[1]}”").wait_for()
    press(visited, "Train")
    wait_for_the_end(visited)
    assert 0.33 < float(metric(visited, "Loss, last epoch")) < 0.38
    visited.context.close()


def test_what_plays_on_home_moves_by_itself_and_can_be_stopped(lab: Lab, page: Page) -> None:
    open_page(page, lab.url)
    said = page.locator(".playing .said")
    before = text_of(said, "Before this step")
    expect(said).not_to_have_text(before)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_what_plays_on_home_waits_where_motion_is_not_wanted(lab: Lab, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page, lab.url)
    tape = page.locator(".playing .tape > g")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    drawn = tape.count()
    page.get_by_role("button", name="Play").click()
    expect(tape).to_have_count(drawn + 1)
