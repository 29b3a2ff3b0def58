"""A visitor's own series: uploaded, trained on, and kept when a later file is broken."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect

from rnnlab.rules.csv_file import example_csv
from tests.browser.steps import (
    download,
    marks,
    metric,
    open_page,
    open_view,
    picture,
    train_to_the_end,
    upload,
    views,
    wait_for,
)
from tests.lab import Lab

ADDRESS = "training?rule=series&window=10&units=4&epochs=3&rows=20"
KEPT = "“example.csv”: 600 values"

BROKEN = {
    "a,b\n" + "1,2\n" * 60: "has 2 columns of numbers",
    "value\n" + "1\n2\n" * 30 + "oops\n3\n": "holds 'oops' where a number should be",
    "value\n1\n2\n": "has 2 values, but a series needs at least 50",
    "": "is empty",
}
"""What a file holds, and what is said about it."""


def test_ones_own_series_is_trained_on_and_its_forecast_drawn(
    lab: Lab, page: Page, tmp_path: Path
) -> None:
    open_page(page, f"{lab.url}/{ADDRESS}")
    wait_for(page, "Upload a CSV file with one numeric column first.")
    example = download(page, "An example file", tmp_path)
    assert example.read_text() == example_csv()
    upload(page, example.name, example.read_text())
    wait_for(page, KEPT)
    train_to_the_end(page)
    assert float(metric(page, "Loss, last epoch")) > 0
    assert next(iter(views(page))) == "What it says"
    for title, alt in (("What it says", "Real and predicted"), ("On its own", "A forecast of")):
        open_view(page, title)
        chart = picture(page, alt)
        expect(chart.locator("svg")).to_be_visible()
        assert marks(chart) > 0
    open_view(page, "Take away")
    values = np.loadtxt(download(page, "Your series, for the script", tmp_path))
    assert len(values) == 600


def test_a_file_that_cannot_be_used_gets_one_sentence_and_the_old_series_stays(
    lab: Lab, page: Page
) -> None:
    open_page(page, f"{lab.url}/{ADDRESS}")
    upload(page, "example.csv", example_csv())
    wait_for(page, KEPT)
    for number, (content, sentence) in enumerate(BROKEN.items()):
        upload(page, f"broken-{number}.csv", content)
        assert f"broken-{number}.csv" in wait_for(page, sentence)
        expect(page.get_by_role("alert")).to_have_count(1)
        expect(page.get_by_text(KEPT)).to_be_visible()
        expect(page.get_by_role("button", name="Train", exact=True)).to_be_enabled()
