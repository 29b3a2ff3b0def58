"""The hand check in a real browser: cells to type in, numbers that follow, a sheet to print."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from rnnlab.handcheck.exercises import exercise
from rnnlab.handcheck.forward import format_number
from tests.browser.steps import download, open_page, press, settled, unfold, wait_for
from tests.lab import Lab, running_lab


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
    open_page(page, f"{lab.url}/hand_check")
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
    open_page(page, f"{lab.url}/hand_check")
    cell(page, "Kernel W").click()
    for key in ("4", "ArrowRight", "5", "ArrowDown", "6", "Enter"):
        page.keyboard.press(key)
    # From row 1, column 1 to the right and then down.
    expect(page).to_have_url(re.compile("4_5_2__2_6_3"))
    expect(cell(page, "Kernel W", 2, 2)).to_have_value("6")


def test_a_table_is_pasted_cell_by_cell(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/hand_check")
    cell(page, "Kernel W", 1, 2).evaluate(
        """input => {
            const data = new DataTransfer()
            data.setData("text", "8\\t9\\n7\\t6")
            input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }))
        }"""
    )
    expect(page).to_have_url(re.compile("1_8_9__2_7_6"))


def test_a_click_on_a_column_lights_it_everywhere(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/hand_check")
    matrix(page, "a1").wait_for()
    expect(matrix(page, "a1").locator("td.highlighted")).to_have_text(["7"])
    matrix(page, "U").locator("td").nth(2).click()
    expect(matrix(page, "a1").locator("td.highlighted")).to_have_text(["12"])
    wait_for(page, "1·2 + 3·3 = 11")


def test_what_is_mistyped_stays_and_is_told_at_its_matrix(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/hand_check")
    cell(page, "Kernel W", 2, 3).fill("three")
    cell(page, "Kernel W", 2, 3).press("Enter")
    note = matrix(page, "Kernel W").locator(".note")
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
        open_page(page, f"{lab.url}/hand_check")
        cell(page, "Kernel W").fill("5")
        expect(matrix(page, "NumPy").locator("td").first).to_have_text("11")
        wait_for(page, "Keras:")
