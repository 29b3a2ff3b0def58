"""A network learns from reviews in the browser, live, and then judges what one types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from rnnlab.sentiment.review_training import ReviewTraining
from tests.browser.steps import (
    expect_marks,
    metric,
    open_page,
    picture,
    press,
    settled,
    too_wide,
    upload,
    wait_for,
)
from tests.lab import Lab, running_lab
from tests.training.reviews.made_up import SMALL, made_up, small

TRAIN = "sentiment?" + urlencode({"sentiment": "Train it yourself"})


def query(settings: ReviewTraining) -> str:
    return urlencode({f"review_{name}": text for name, text in settings.to_query().items()})


KNOBS = query(SMALL)


def as_table(number: int) -> str:
    reviews = made_up(number)
    rows = zip(reviews.texts, reviews.labels, strict=True)
    return "text,label\n" + "".join(f"{text},{label}\n" for text, label in rows)


@pytest.fixture(scope="module")
def own_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A server that has a few hundred made-up reviews."""
    folder = tmp_path_factory.mktemp("reviews")
    table = folder / "made_up.csv"
    table.write_text(as_table(400), encoding="utf-8")
    with running_lab(folder, RNNLAB_REVIEWS=str(table)) as running:
        yield running


NEGATIVE, POSITIVE = re.compile(r"^\d+% negative"), re.compile(r"^\d+% positive")


def says(page: Page, text: str, verdict: re.Pattern[str]) -> None:
    """Type a text and wait until the visitor's own network says this of it."""
    box = page.get_by_role("textbox", name="A review of yours")
    box.fill(text)
    box.press("Control+Enter")
    own = page.get_by_test_id("stMetric").filter(has_text="Yours says")
    expect(own.get_by_test_id("stMetricValue")).to_have_text(verdict, timeout=30_000)


def test_it_learns_before_ones_eyes_and_judges_the_typed_text(own_lab: Lab, page: Page) -> None:
    open_page(page, f"{own_lab.url}/{TRAIN}&{KNOBS}")
    wait_for(page, "The article's figure, from a run recorded in this lab")
    picture(page, "Accuracy by epoch").locator("svg").wait_for()
    press(page, "Train")
    wait_for(page, "Done: 60 updates", 120)
    wait_for(page, "Now let it judge")
    settled(page)
    assert float(metric(page, "Held out").rstrip("%")) > 90
    chart = picture(page, "Accuracy by epoch, in training and on validation. After 3 epochs")
    chart.locator("svg").wait_for()
    expect_marks(chart, 3 * 3)
    wait_for(page, "Learns from 320 reviews of “made_up.csv” and is judged on 80 others")
    says(page, "this film was boring", NEGATIVE)
    says(page, "this film was great", POSITIVE)
    says(page, "the worst story", NEGATIVE)
    assert too_wide(page) <= 0


def test_a_training_can_be_stopped_and_what_it_learnt_is_kept(own_lab: Lab, page: Page) -> None:
    longer = query(small(cell="lstm", units=32, length=500, epochs=20))
    open_page(page, f"{own_lab.url}/{TRAIN}&{longer}")
    press(page, "Train")
    page.get_by_text(re.compile(r"Training: update \d+ of 400")).first.wait_for(timeout=120_000)
    press(page, "Stop")
    wait_for(page, "Stopped at update")
    wait_for(page, "Now let it judge")


def test_reviews_of_ones_own_are_learnt_from(own_lab: Lab, page: Page) -> None:
    open_page(page, f"{own_lab.url}/{TRAIN}&{KNOBS}")
    page.get_by_text("Reviews of your own").click()
    upload(page, "broken.csv", "text,pages\nGrand,5\n")
    assert "broken.csv" in wait_for(page, "it must name the columns text and label")
    upload(page, "mine.csv", as_table(100))
    wait_for(page, "Learns from your “mine.csv”: 100 reviews, 50 of them positive.")
    press(page, "Train")
    wait_for(page, "Done: 15 updates", 120)
    wait_for(page, "Learns from 80 reviews of “mine.csv”")
