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
from tests.files.people import case
from tests.lab import Lab

ADDRESS = "training?rule=series&window=10&units=4&epochs=3&rows=20"


def test_ones_own_series_is_trained_on_and_its_forecast_drawn(
    lab: Lab, page: Page, tmp_path: Path
) -> None:
    open_page(page, f"{lab.url}/{ADDRESS}")
    wait_for(page, "Upload a file of numbers first, and choose what the lab asks about it.")
    example = download(page, "An example file", tmp_path)
    assert example.read_text() == example_csv()
    upload(page, example.name, example.read_text())
    wait_for(page, "“example.csv”, column 'made-up value': 600 values from 2014-01-06 to")
    train_to_the_end(page)
    assert float(metric(page, "Loss, last epoch")) > 0
    expect(page.locator(".loss .still text", has_text="values held out")).to_be_visible()
    looks = page.locator(".loss .held-out .look")
    assert looks.count() > 10
    expect(looks.last).to_be_visible()
    wait_for(page, "On the values held out the loss is")
    assert list(views(page))[:2] == ["The network", "What it says"]
    for title, alt in (("What it says", "Real and predicted"), ("On its own", "A forecast of")):
        open_view(page, title)
        chart = picture(page, alt)
        expect(chart.locator("svg")).to_be_visible()
        expect_marks(chart, 1)
    open_view(page, "Download")
    values = np.loadtxt(download(page, "Your series, for the script", tmp_path))
    assert len(values) == 600


def test_which_column_is_meant_is_asked_and_its_name_is_text(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/training?rule=series&epochs=3")
    upload(page, "A8.csv", case("A8_dollar_columns.csv").decode())
    wait_for(page, "“A8.csv” has 2 columns of numbers. Which one?")
    expect(page.get_by_role("button", name="Train", exact=True)).to_have_count(0)
    page.get_by_role("combobox", name="Which one?").click()
    page.get_by_role("option", name="'Close ($)': 101.73, 102.81, 104.45 …").click()
    wait_for(page, "“A8.csv”, column 'Close ($)': 120 values from 2019-01-01 to 2019-04-30")
    wait_for(page, "so an update takes 12 of them")
    train_to_the_end(page)
    assert float(metric(page, "Loss, last epoch")) > 0
