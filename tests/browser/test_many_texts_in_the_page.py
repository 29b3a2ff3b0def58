"""Many texts in the browser: lines, a table with labels, the file to keep."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from rnnlab.sentiment.examples import LABELLED_EXAMPLES
from tests.browser.steps import (
    cells,
    download,
    expect_marks,
    metric,
    open_page,
    picture,
    press,
    settled,
    too_wide,
    wait_for,
)
from tests.lab import Lab

ADDRESS = "sentiment?sentiment=Many+texts"


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def test_examples_with_labels_are_judged_and_scored(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/{ADDRESS}")
    wait_for(page, "At most 2,000 texts of 50,000 characters")
    press(page, "Ten examples")
    wait_for(page, "10 texts, ")
    page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    settled(page)
    head, *rows = cells(page, 10)
    assert {"verdict", "text", "label", "right"} <= set(head)
    assert [row[head.index("text")] for row in rows] == [text for text, _ in LABELLED_EXAMPLES]
    right = sum(row[head.index("right")] == "✓" for row in rows)
    assert metric(page, "Accuracy") == f"{right / 10:.1%}"
    tiles = picture(page, "Confusion table: of 5 negative texts")
    expect_marks(tiles, 12)  # four tiles, two texts in each
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
