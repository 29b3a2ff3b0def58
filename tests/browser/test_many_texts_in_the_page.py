"""Many texts in the browser: lines, a table with labels, what cannot be used, the file to keep."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from rnnlab.sentiment.examples import LABELLED_EXAMPLES
from tests.browser.steps import (
    cells,
    choose,
    download,
    marks,
    metric,
    open_page,
    picture,
    press,
    settled,
    too_wide,
    upload,
    wait_for,
)
from tests.lab import Lab

ADDRESS = "sentiment?sentiment=Many+texts"

BROKEN = {
    "": "is empty; give a table with a column text",
    "stars,words\n5,Fine\n": "but it must name a column text",
    "text,label\nFine,1\nSlow, but fine,1\n": "Line 3 of 'broken-2.csv' has 3 cells",
    "text,label\nFine,five\n": "Line 2 of 'broken-3.csv' has the label 'five'",
    "text\n" + "Fine\n" * 2_001: "has more than 2,000",
}
"""What a file holds, and what is said about it."""


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def test_examples_with_labels_are_judged_and_scored(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{ADDRESS}")
    wait_for(page, "At most 2,000 texts of 50,000 characters")
    press(page, "Ten examples")
    wait_for(page, "10 texts, ")
    page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    head, *rows = cells(page)
    assert {"verdict", "text", "label", "right"} <= set(head)
    assert [row[head.index("text")] for row in rows] == [text for text, _ in LABELLED_EXAMPLES]
    right = sum(row[head.index("right")] == "✓" for row in rows)
    assert metric(page, "Accuracy") == f"{right / 10:.1%}"
    tiles = picture(page, "Confusion table: of 5 negative texts")
    assert marks(tiles) >= 12, "four tiles, two texts in each"
    expect(picture(page, "Probabilities said against shares")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    settled(page)
    assert too_wide(page) <= 0


def test_lines_are_judged_and_taken_away(lab: Lab, page: Page, tmp_path: Path) -> None:
    open_page(page, f"{lab.url}/{ADDRESS}")
    lines = ["A wonderful film, the best of all.", "=1+1 awful", "🙂"]
    page.get_by_role("textbox", name="One text a line").fill("\n\n".join(lines))
    press(page, "Judge these lines")
    wait_for(page, "3 texts, ")
    wait_for(page, "1 holds no word at all")
    rows = rows_of(download(page, "These 3 verdicts (CSV)", tmp_path))
    assert [row["text"] for row in rows] == [lines[0], "'=1+1 awful", "🙂"]
    assert [row["label"] for row in rows] == ["", "", ""]
    best, awful = (float(row["probability_positive"]) for row in rows[:2])
    assert best > 0.5 > awful
    assert lines[0] not in lab.log.read_text(errors="replace"), "what is typed is not logged"
    assert "wonderful" not in page.url


def test_a_table_that_cannot_be_used_gets_one_sentence_and_the_old_verdicts_stay(
    lab: Lab, page: Page, tmp_path: Path
) -> None:
    open_page(page, f"{lab.url}/{ADDRESS}")
    choose(page, "Upload a table")
    example = download(page, "An example file", tmp_path)
    upload(page, example.name, example.read_text())
    wait_for(page, "10 texts, ")
    for number, (content, sentence) in enumerate(BROKEN.items()):
        upload(page, f"broken-{number}.csv", content)
        wait_for(page, sentence)
        expect(page.get_by_role("alert")).to_have_count(1)
        expect(page.get_by_text("10 texts, ").first).to_be_visible()
    upload(page, "one.csv", "text\nFine\n")
    wait_for(page, "One text, ")
    expect(page.get_by_role("alert")).to_have_count(0)
