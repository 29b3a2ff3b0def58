"""The strip of runs in a real browser: what was turned is its name, and a reload finds it again."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from rnnlab.settings import Plan, Settings
from rnnlab.training import train as computed
from tests.browser.steps import (
    choose,
    download,
    metric,
    open_page,
    picture,
    press,
    settled,
    train_to_the_end,
    turn_up,
)
from tests.lab import Lab

VALUES = {"rule": "echo", "rows": 7, "length": 3000, "units": 3, "epochs": 3}
ECHO = "&".join(f"{name}={value}" for name, value in VALUES.items())
MARKUP = "<b>e</b> ![x](e.png) *e* $e$ :red[e]"
LINES = ".mark-line path"
OVERLAY = "Loss by"
EARLIER = ".loss path.earlier"


def strip(page: Page) -> Locator:
    """The runs to pick from."""
    return page.get_by_role("toolbar", name="Runs to lay over each other").get_by_role("button")


def two_runs(page: Page, url: str) -> list[str]:
    """Train, turn a knob, train again; the losses that the page tells."""
    open_page(page, f"{url}/training?{ECHO}")
    train_to_the_end(page)
    losses = [metric(page, "Loss, last epoch")]
    turn_up(page, "Units")
    settled(page)
    train_to_the_end(page)
    return [*losses, metric(page, "Loss, last epoch")]


def overlay(page: Page) -> Locator:
    """The picture of the runs that were picked."""
    return picture(page, OVERLAY).locator(LINES)


def rename(page: Page, name: str) -> None:
    """Call the latest run so."""
    press(page, "Rename or remove")
    box = page.get_by_role("textbox", name="Its name")
    box.fill(name)
    box.press("Enter")
    settled(page)
    page.keyboard.press("Escape")


def test_a_run_is_called_by_what_was_turned_and_a_reload_and_other_pages_keep_it(
    lab: Lab, page: Page
) -> None:
    losses = two_runs(page, lab.url)
    expect(strip(page)).to_have_count(2)
    expect(strip(page).nth(1)).to_contain_text("units 3 → 4")
    for place, loss in enumerate(losses):
        expect(strip(page).nth(place)).to_contain_text(loss)
    for number in (0, 1):
        strip(page).nth(number).click()
        settled(page)
    expect(overlay(page)).to_have_count(2)
    choose(page, "Epochs")
    settled(page)
    expect(picture(page, "Loss by epoch of 2 runs")).to_be_visible()
    names = strip(page).all_inner_texts()

    page.reload()
    expect(strip(page)).to_have_text(names)
    expect(overlay(page)).to_have_count(2)
    settled(page)
    page.get_by_role("link", name="Kinds").click()
    settled(page)
    page.reload()
    settled(page)
    page.get_by_role("link", name="Training").click()
    expect(strip(page)).to_have_text(names)


def test_the_run_before_lies_pale_under_the_new_one_unless_it_learnt_another_rule(
    lab: Lab, page: Page
) -> None:
    two_runs(page, lab.url)
    expect(page.locator(EARLIER)).to_have_count(1)
    expect(page.locator(".name.earlier")).to_contain_text("1 · The echo, SimpleRNN(3)")
    page.reload()
    expect(strip(page)).to_have_count(2)
    expect(page.locator(EARLIER)).to_have_count(1)
    expect(page.locator(".st-key-strip")).not_to_contain_text("does not lie")
    open_page(page, f"{lab.url}/training?rule=toy&epochs=20")
    train_to_the_end(page)
    expect(strip(page)).to_have_count(3)
    expect(page.locator(EARLIER)).to_have_count(0)
    expect(page.locator(".st-key-strip")).to_contain_text("Run 2, the one before, does not lie")


def test_what_a_run_is_called_is_text_and_a_removed_run_stays_away(lab: Lab, page: Page) -> None:
    two_runs(page, lab.url)
    rename(page, MARKUP)
    expect(strip(page).nth(1)).to_contain_text(MARKUP)
    expect(page.locator(".st-key-strip :is(b, em, img, .katex)")).to_have_count(0)
    strip(page).nth(1).click()
    settled(page)
    expect(picture(page, OVERLAY)).to_contain_text("2 · <b>e</b>")
    expect(page.locator(".st-key-strip :is(b, em, img, .katex)")).to_have_count(0)
    press(page, "Rename or remove")
    press(page, "Remove this run")
    settled(page)
    expect(strip(page)).to_have_count(1)
    expect(picture(page, OVERLAY)).to_have_count(0)
    turn_up(page, "Units")
    settled(page)
    expect(strip(page)).to_have_count(1)


def test_all_runs_are_taken_away_in_one_file_with_their_own_numbers(
    lab: Lab, page: Page, tmp_path: Path
) -> None:
    losses = two_runs(page, lab.url)
    rename(page, "wider")
    table = pd.read_csv(download(page, "All runs (CSV)", tmp_path))
    assert table.groupby("run")["units"].first().tolist() == [3, 4]
    assert table["name"].iloc[-1] == "wider"
    for number, units in ((1, 3), (2, 4)):
        run = Settings.of({**VALUES, "units": units})
        *_, last = computed(Plan(run))
        history = last.history["loss"][:, 0]
        rows = table[table["run"] == number]
        assert rows["update"].iloc[-1] == run.updates
        assert rows["epoch"].iloc[-1] == run.epochs
        # Each point is the mean since the point before it; so short a run has all of its points.
        ends = [0, *rows["update"]]
        means = [history[a:b].mean() for a, b in pairwise(ends)]
        assert rows["loss"].tolist() == pytest.approx(means, rel=1e-4)
        assert f"{history[-run.updates_per_epoch :].mean():.4g}" == losses[number - 1]
        assert dict(rows[list(VALUES)].iloc[0]) == {**VALUES, "units": units}


def test_a_second_tab_has_the_same_runs_and_another_browser_can_train_those_of_a_link(
    lab: Lab, page: Page, browser: Browser
) -> None:
    two_runs(page, lab.url)
    for number in (0, 1):
        strip(page).nth(number).click()
        settled(page)
    names = strip(page).all_inner_texts()
    tab = page.context.new_page()
    open_page(tab, page.url)
    expect(strip(tab)).to_have_text(names)
    expect(overlay(tab)).to_have_count(2)
    stranger = browser.new_page()
    link = page.url.replace("run=", "unused=")
    open_page(stranger, link)
    settled(stranger)
    expect(strip(stranger)).to_have_count(0)
    stranger.reload()
    press(stranger, "Train for the picture")
    expect(overlay(stranger)).to_have_count(2)
    expect(strip(stranger)).to_have_text(names)
    expect(stranger.get_by_role("button", name="Train for the picture")).to_have_count(0)
    stranger.close()


def test_the_strip_fits_on_a_phone(lab: Lab, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    two_runs(page, lab.url)
    rename(page, "W" * 40)
    for number in (0, 1):
        strip(page).nth(number).click()
        settled(page)
    expect(overlay(page)).to_have_count(2)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("box => box.scrollWidth - box.clientWidth") <= 0
