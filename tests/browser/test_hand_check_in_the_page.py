"""The hand check in a real browser: cells to type in, numbers that follow, a sheet to print."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from rnnlab.handcheck.bench import ARTICLE
from rnnlab.handcheck.exercises import exercise
from rnnlab.handcheck.forward import format_number
from rnnlab.ui.hand.bench_controls import query_of
from tests.browser.steps import download, open_page, press, settled, unfold, wait_for
from tests.lab import Lab, running_lab

ARTICLES = f"hand_check?{urlencode(query_of(ARTICLE))}&cover=off"
"""The page with the article's whole numbers on it, and nothing covered."""


def matrix(page: Page, symbol: str) -> Locator:
    """The first matrix with this name over it."""
    return (
        page.locator("figure")
        .filter(has=page.locator("b", has_text=re.compile(f"^{symbol}$")))
        .first
    )


def expect_rows(page: Page, symbol: str, *rows: str) -> None:
    """Wait until a matrix has these rows of numbers."""
    drawn = matrix(page, symbol).locator("tbody tr")
    expect(drawn).to_have_count(len(rows))
    for number, row in enumerate(rows):
        expect(drawn.nth(number).locator("td")).to_have_text(row.split())


def cell(page: Page, name: str, row: int = 1, column: int = 1) -> Locator:
    return page.get_by_label(f"{name}, row {row}, column {column}", exact=True)


def test_a_number_that_is_edited_goes_through_the_whole_calculation(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{ARTICLES}")
    expect_rows(page, "NumPy", "7 3 12", "13 27 16", "48 45 54")
    cell(page, "Kernel W").fill("5")
    # 1·5 + 3·2 = 11 instead of 7 in the first step.
    expect(matrix(page, "NumPy").locator("td").first).to_have_text("11")
    expect_rows(page, "a1", "11 3 12")
    expect(matrix(page, "Keras").locator("td").first).to_have_text("11", timeout=60_000)
    expect(page).to_have_url(re.compile("simple_rnn_kernel=5_0_2__2_1_3"))
    open_page(page, page.url)
    expect(cell(page, "Kernel W")).to_have_value("5")


def test_cells_are_walked_through_and_filled_by_keyboard(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{ARTICLES}")
    cell(page, "Kernel W").click()
    for key in ("4", "ArrowRight", "5", "ArrowDown", "6", "Enter"):
        page.keyboard.press(key)
    # From row 1, column 1 to the right and then down.
    expect(page).to_have_url(re.compile("4_5_2__2_6_3"))
    expect(cell(page, "Kernel W", 2, 2)).to_have_value("6")


def paste(field: Locator, text: str) -> None:
    field.evaluate(
        """(input, text) => {
            const data = new DataTransfer()
            data.setData("text", text)
            input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }))
        }""",
        text,
    )


def test_a_table_is_pasted_from_the_cell_on_that_it_is_pasted_at(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{ARTICLES}")
    paste(cell(page, "Kernel W", 1, 2), "8\t9\n7\t6")
    expect(page).to_have_url(re.compile("1_8_9__2_7_6"))
    expect(cell(page, "Kernel W", 1, 2)).to_have_value("8")
    paste(cell(page, "Kernel W"), "[[0.5 1. 2.]\n [3. 1.5 1.]]")
    expect(page).to_have_url(re.compile(r"0\.5_1\._2\.__3\._1\.5_1\."))


def test_a_table_that_does_not_fit_changes_nothing_and_says_so(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{ARTICLES}")
    paste(cell(page, "Kernel W", 1, 2), "8 9\n7 6\n5 4")
    note = matrix(page, "W").locator(".note")
    expect(note).to_contain_text("3 × 2 numbers")
    expect(note).to_contain_text("2 × 2 numbers")
    assert "8" not in [one.input_value() for one in matrix(page, "W").locator("input").all()]
    cell(page, "Kernel W").fill("4")
    expect(note).to_be_hidden()


LIT = """() => [...document.querySelectorAll("*")].flatMap(one => one.shadowRoot
    ? [...one.shadowRoot.querySelectorAll("td")].filter(cell => cell.getAnimations().length)
        .map(cell => cell.closest("figure").querySelector("b").textContent) : [])"""
"""The names of the matrices in which a cell is lit, once for each cell."""


def in_view(page: Page, symbol: str) -> bool:
    box = matrix(page, symbol).bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


def test_what_follows_from_a_number_lights_up_in_the_same_view(lab: Lab, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_page(page, f"{lab.url}/hand_check")
    matrix(page, "a1").wait_for()
    settled(page)
    assert page.evaluate(LIT) == []
    assert all(in_view(page, name) for name in ("W", "a1", "h1", "h3"))
    cell(page, "Kernel W").fill("-0.5")
    # a_1 and h_1 in the formula, and among the states h_1, h_2, h_3 with both of their units.
    page.wait_for_function(f"() => new Set(({LIT})()).size >= 4")
    assert {"a1", "h1", "h2", "h3"} <= set(page.evaluate(LIT))
    expect_rows(page, "a1", "0.5 -0.25")
    press(page, "Next")
    page.wait_for_function(f"() => ({LIT})().includes('a2')")


def test_who_wants_nothing_to_move_sees_a_frame_that_stands(lab: Lab, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page, f"{lab.url}/hand_check")
    matrix(page, "a1").wait_for()
    settled(page)
    cell(page, "Kernel W").fill("-0.5")
    page.wait_for_function(f"() => ({LIT})().includes('a1')")
    shadows = (
        matrix(page, "a1")
        .locator("td")
        .first.evaluate(
            "cell => cell.getAnimations()[0].effect.getKeyframes().map(frame => frame.boxShadow)"
        )
    )
    assert len(set(shadows)) == 1


def test_the_articles_case_is_one_click_away(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/hand_check?cover=off")
    page.get_by_role("link", name="The same with the article's numbers").click()
    expect_rows(page, "NumPy", "7 3 12", "13 27 16", "48 45 54")
    expect(page).to_have_url(re.compile("cover="))


def test_the_witnesses_are_covered_until_every_number_is_said(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{ARTICLES}".replace("&cover=off", ""))
    answers = ("7", "3", "12", "13", "27", "16", "48", "45", "1")
    for place, answer in enumerate(answers):
        expect(matrix(page, "NumPy")).to_have_count(0)
        field = cell(page, "You", place // 3 + 1, place % 3 + 1)
        field.fill(answer)
        field.press("Enter")
        settled(page)
    expect_rows(page, "NumPy", "7 3 12", "13 27 16", "48 45 54")
    wait_for(page, "8 of 9 are right")


def test_a_click_on_a_column_lights_it_everywhere(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{ARTICLES}")
    matrix(page, "a1").wait_for()
    expect(matrix(page, "a1").locator("td.highlighted")).to_have_text(["7"])
    matrix(page, "U").locator("td").nth(2).click()
    expect(matrix(page, "a1").locator("td.highlighted")).to_have_text(["12"])
    wait_for(page, "1·2 + 3·3 = 11")


def test_what_is_mistyped_stays_and_is_told_at_its_matrix(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{ARTICLES}")
    cell(page, "Kernel W", 2, 3).fill("three")
    cell(page, "Kernel W", 2, 3).press("Enter")
    note = matrix(page, "W").locator(".note")
    expect(note).to_have_text("Kernel W, row 2, column 3 says “three”, which is no number.")
    expect(cell(page, "Kernel W", 2, 3)).to_have_value("three")
    expect_rows(page, "NumPy", "7 3 12", "13 27 16", "48 45 54")
    cell(page, "Kernel W", 2, 3).fill("3")
    expect(note).to_be_hidden()


def test_an_exercise_is_solved_with_a_hint_and_marked(lab: Lab, page: Page) -> None:
    drawn = exercise("first_steps", 7)
    open_page(page, f"{lab.url}/hand_check?part=Exercises&exercise=7")
    first, *others = drawn.blanks
    name = first.entry.vector
    field = cell(page, name)
    field.fill(format_number(first.answer + 1))
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    wait_for(page, f"0 of {len(drawn.blanks)}")
    press(page, "A hint")
    expect(page.get_by_text("x_1 · column 1 of W")).to_be_visible()
    field.fill(format_number(first.answer))
    field.press("Enter")
    wait_for(page, f"1 of {len(drawn.blanks)}")
    for blank in others:
        cell(page, blank.entry.vector, blank.entry.row or 1, blank.entry.unit).fill(
            format_number(blank.answer)
        )
        settled(page)
    wait_for(page, f"All {len(drawn.blanks)} numbers are right")
    expect(page.locator("td.right")).to_have_count(len(drawn.blanks))


def test_the_sheet_prints_its_exercises_and_the_answers_on_pages_of_their_own(
    lab: Lab, page: Page, tmp_path: Path
) -> None:
    open_page(page, f"{lab.url}/hand_check?part=Exercises&exercise=7")
    unfold(page, "A sheet to print")
    sheet = download(page, "The sheet (HTML)", tmp_path)
    page.goto(sheet.as_uri())
    assert len(re.findall(rb"/Type /Page\s", page.pdf(format="A4"))) >= 2
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Answer key")).to_be_visible()


def test_the_page_works_before_tensorflow_does(page: Page, tmp_path: Path) -> None:
    with running_lab(tmp_path, RNNLAB_SCHEDULER="tcp://127.0.0.1:9") as lab:
        open_page(page, f"{lab.url}/{ARTICLES}")
        cell(page, "Kernel W").fill("5")
        expect(matrix(page, "NumPy").locator("td").first).to_have_text("11")
        wait_for(page, "Keras:")
