"""A visitor's own series: uploaded, trained on, and taken away again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect

from rnnlab.rules.own_series import example_csv
from tests.browser.steps import (
    download,
    expect_marks,
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


def test_ones_own_series_is_trained_on_and_its_forecast_drawn(
    lab: Lab, page: Page, tmp_path: Path
) -> None:
    open_page(page, f"{lab.url}/{ADDRESS}")
    wait_for(page, "Upload a CSV file with one numeric column first.")
    example = download(page, "An example file", tmp_path)
    assert example.read_text() == example_csv()
    upload(page, example.name, example.read_text())
    wait_for(page, "“example.csv”: 600 values")
    train_to_the_end(page)
    assert float(metric(page, "Loss, last epoch")) > 0
    assert next(iter(views(page))) == "What it says"
    for title, alt in (("What it says", "Real and predicted"), ("On its own", "A forecast of")):
        open_view(page, title)
        chart = picture(page, alt)
        expect(chart.locator("svg")).to_be_visible()
        expect_marks(chart, 1)
    open_view(page, "Take away")
    values = np.loadtxt(download(page, "Your series, for the script", tmp_path))
    assert len(values) == 600
