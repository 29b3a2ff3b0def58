"""A class board in real browsers: a teacher, students who hand in, the live picture, the nod."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from rnnlab.lessons import LESSONS
from tests.browser.steps import (
    CURVE,
    cells,
    choose,
    download,
    expect_charts_fit,
    open_page,
    picture,
    press,
    settled,
    too_wide,
    train_to_the_end,
    unfold,
)
from tests.browser.test_accessibility import found
from tests.lab import Lab

SHORT = "&epochs=1&length=500"
SENTENCE = "It saw <b>both</b> flips, *always*"


@contextmanager
def visitor(browser: Browser, width: int = 1280, height: int = 800) -> Iterator[Page]:
    """A page of somebody with a browser of their own."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def opened(lab: Lab, page: Page) -> str:
    """Open a board as its teacher; the code."""
    open_page(page, f"{lab.url}/board")
    press(page, "Open a board")
    code = page.get_by_role("heading", name=re.compile("^Code [A-Z2-9]{6}$"))
    code.wait_for()
    settled(page)
    return code.inner_text().split()[-1]


def hand_in(page: Page, lab: Lab, code: str, guess: str, sentence: str = "") -> None:
    """Open the link, guess, train, hand in."""
    open_page(page, f"{lab.url}/training?rule=pair&board={code}{SHORT}")
    settled(page)
    choose(page, guess)
    settled(page)
    train_to_the_end(page)
    if sentence:
        page.get_by_role("textbox", name="A sentence of your own").fill(sentence)
    press(page, "Hand in")
    page.get_by_text("Handed in.").wait_for()


def test_a_class_hands_in_and_sees_itself_live(
    lab: Lab, browser: Browser, page: Page, tmp_path: Path
) -> None:
    code = opened(lab, page)
    secret = parse_qs(urlsplit(page.url).query)["teacher"][0]
    for number, guess in enumerate(["A part", "A part", "Nothing"], 1):
        with visitor(browser) as student:
            hand_in(student, lab, code, guess, SENTENCE if number == 1 else "")
        expect(page.get_by_text(re.compile(r"From 5 answers to a question on"))).to_be_visible()
        page.get_by_text(re.compile(f"^{number} · Can it learn a rule")).wait_for()
        page.get_by_text("1 wait for your nod").wait_for()  # from the first on
    for guess in ("All there is", "A part"):
        with visitor(browser) as student:
            hand_in(student, lab, code, guess)
    expect(page.get_by_test_id("stMetricValue")).to_have_text("5")
    with visitor(browser) as projector:
        open_page(projector, f"{lab.url}/board?board={code}")
        projector.get_by_text("What they say comes when your teacher shows it").wait_for()
        assert picture(projector, "What was guessed").count() == 0
        choose(page, "The guesses")
        picture(projector, "3 of 5 guessed “a part”").first.wait_for()
        assert projector.get_by_text("The loss in the middle").count() == 0
        choose(page, "Guesses and results")
        projector.get_by_text("The loss in the middle").first.wait_for()
        picture(projector, "Losses guessed and reached by 5").wait_for()
        assert projector.get_by_text("flips, *always*").count() == 0
        page.get_by_text("1 wait for your nod").click()
        page.get_by_text(SENTENCE).click()
        settled(projector)
        assert found(projector) == {}
        projector.get_by_text(SENTENCE).wait_for()  # as it was typed: neither HTML nor Markdown
        assert projector.get_by_role("button", name="Close the board").count() == 0
        open_page(projector, f"{lab.url}/board?board={code}&projector=on")
        picture(projector, "Losses guessed and reached by 5").wait_for()
        settled(projector)
        expect_charts_fit(projector, 2)
        top = picture(projector, "Losses guessed and reached by 5").bounding_box()
        assert top is not None
        assert top["y"] < 600
        projector.get_by_role("link", name="Take part here").click()
        projector.wait_for_url(f"**/training?*board={code}*")
    settled(page)
    assert found(page) == {}
    kept = download(page, "This board (CSV)", tmp_path).read_text(encoding="utf-8-sig")
    assert kept.count(SENTENCE) == 1
    assert kept.count("loss,") >= 1
    assert "guessed,A part,3" in kept
    press(page, "Close the board")
    press(page, "Close it for good")
    page.get_by_role("button", name="Open a board").wait_for()
    log = lab.log.read_text(errors="replace")
    assert code not in log
    assert secret not in log
    assert "flips" not in log


def test_who_types_the_code_joins(lab: Lab, browser: Browser, page: Page) -> None:
    code = opened(lab, page)
    with visitor(browser) as student:
        open_page(student, f"{lab.url}/board")
        settled(student)
        student.get_by_role("textbox", name="Code of the board").fill(code.lower())
        press(student, "Join")
        expect(student).to_have_url(re.compile(f"board={code}"))


def test_the_code_stays_in_the_address_from_page_to_page(lab: Lab, page: Page) -> None:
    code = opened(lab, page)
    open_page(page, f"{lab.url}/?board={code.lower()}")
    settled(page)
    for title in ("Training", "Kinds"):
        page.get_by_role("link", name=title, exact=True).first.click()
        settled(page)
        assert parse_qs(urlsplit(page.url).query)["board"] == [code]


def test_a_lesson_keeps_the_board_from_step_to_step(lab: Lab, page: Page) -> None:
    code = opened(lab, page)
    page.get_by_role("combobox", name="What the link opens").click()
    page.get_by_role("option", name="Lesson: Can it learn a rule").click()
    settled(page)
    link = page.get_by_test_id("stCode").first.inner_text().strip()
    assert {*parse_qs(urlsplit(link).query)} == {"lesson", "board"}
    open_page(page, link)
    settled(page)
    page.get_by_role("link", name="Next").first.click()
    settled(page)
    query = parse_qs(urlsplit(page.url).query)
    assert (query["lesson"], query["step"], query["board"]) == (["pair"], ["2"], [code])


def test_a_class_hands_in_what_each_step_of_a_lesson_asks(
    lab: Lab, browser: Browser, page: Page
) -> None:
    code, lesson = opened(lab, page), LESSONS["pair"]
    choose(page, "Guesses and results")
    first, play = f"Step 1: {lesson.steps[0].question}", lesson.steps[0].options
    for number in range(5):
        with visitor(browser, 390, 844) as student:
            open_page(student, f"{lab.url}/data_rules?lesson=pair&board={code}")
            settled(student)
            if number == 0:  # one who looks first
                press(student, "Show the answer")
                settled(student)
            choose(student, play[number % 2])
            settled(student)
            press(student, "Hand in this guess")
            student.get_by_role("button", name="Handed in", exact=True).wait_for()
            if number == 0:
                hand_in_on_a_phone(student, lab, code)
    picture(page, "4 guessed before the result, 1 after it").wait_for()
    expect(page.get_by_role("heading", name=first)).to_be_visible()
    picture(page, f"“{lesson.steps[0].right}” is right: 2 of 5").wait_for()
    page.get_by_text(f"1 · Step 5: {lesson.steps[4].question} Lag 6").wait_for()
    settled(page)
    assert found(page) == {}


def hand_in_on_a_phone(page: Page, lab: Lab, code: str) -> None:
    """Train in a step that may be turned; the button to hand in lies under what came of it."""
    open_page(page, f"{lab.url}/training?lesson=pair&step=5&lag=6&board={code}")
    settled(page)
    choose(page, "Nothing")
    settled(page)
    train_to_the_end(page)
    places = [
        page.get_by_text("Done:"),
        page.locator(CURVE),
        page.get_by_text("The loss is").last,
        page.get_by_role("button", name="Hand in", exact=True),
        page.get_by_test_id("stMetric"),
        page.get_by_role("slider", name="Lag"),
    ]
    boxes = [place.first.bounding_box() for place in places]
    tops = [box["y"] for box in boxes if box is not None]
    assert len(tops) == len(places)
    assert tops == sorted(tops)
    assert max(too_wide(page), 0) == 0
    expect(page.get_by_text(re.compile("On its way it was at 0.6"))).to_be_visible()
    press(page, "Hand in")
    page.get_by_text("Handed in.").wait_for()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("training?board=ABC", "is no code of a class board"),
        ("training?board=222222", "There is no board 222222"),
        ("board?board=222222", "There is no board 222222"),
        ("board?teacher=short", "not a teacher's link"),
        (f"board?teacher={'x' * 32}", "not there any more"),
    ],
)
def test_a_board_that_is_not_there_is_one_sentence(
    lab: Lab, page: Page, address: str, sentence: str
) -> None:
    open_page(page, f"{lab.url}/{address}")
    page.get_by_text(sentence).first.wait_for()


def test_a_sheet_is_downloaded_and_thirty_of_them_become_a_table(
    lab: Lab, page: Page, tmp_path: Path
) -> None:
    open_page(page, f"{lab.url}/training?rule=pair{SHORT}")
    settled(page)
    choose(page, "Nothing")
    settled(page)
    train_to_the_end(page)
    unfold(page, "A sheet to hand in")
    page.get_by_role("textbox", name="A sentence of your own").fill(SENTENCE)
    page.keyboard.press("Tab")
    sheet = download(page, "The sheet (HTML)", tmp_path)
    page.goto(sheet.as_uri())
    expect(page.get_by_text(SENTENCE)).to_be_visible()
    expect(page.get_by_role("img", name="The loss by update")).to_be_visible()
    open_page(page, f"{lab.url}/board")
    settled(page)
    good = sheet.read_bytes()
    files = [file(f"student {number}.html", good) for number in range(29)]
    box = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    box.set_input_files([*files, file("cut.html", good[:300])])  # type: ignore[list-item]
    page.get_by_text("1 could not be read").wait_for()
    table = cells(page, 30)
    assert [row[0] for row in table[1:]] == [each["name"] for each in files] + ["cut.html"]
    assert SENTENCE in table[1]
    assert "student 0.html" in table[2][-1]
    assert "no sheet of the lab" in table[30][-1]
    kept = download(page, "The table (CSV)", tmp_path).read_text(encoding="utf-8-sig")
    assert kept.count(SENTENCE) == 29


def file(name: str, content: bytes) -> dict[str, object]:
    """A file as the browser hands it over."""
    return {"name": name, "mimeType": "text/html", "buffer": content}
