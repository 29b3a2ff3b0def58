"""A run as one drives it: step by step, stopped and gone on with, its learning rate turned."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from rnnlab.bounds import epoch_means
from rnnlab.settings import Plan, Settings
from rnnlab.training import train as computed
from tests.browser.steps import (
    CURVE,
    NETWORK,
    choose,
    further_update,
    height,
    numbers,
    open_page,
    points_drawn,
    press,
    settled,
    still_there,
    tag,
    train,
    train_to_the_end,
    turn_up,
    unfold,
    updates_done,
    wait_for,
    wait_for_the_end,
)
from tests.lab import Lab

LONG = {"rule": "echo", "rows": 50, "length": 20_000, "window": 20, "units": 32, "epochs": 100}


def test_stepped_and_gone_on_with_it_ends_where_an_uninterrupted_run_ends(
    lab: Lab, page: Page
) -> None:
    values = {"epochs": 2, "length": 900}
    open_page(page, address(lab, values))
    for done in (1, 2):
        press(page, "Step")
        assert f"Paused at update {done} of" in wait_for(page, f"Paused at update {done}")
    press(page, "Go on")
    wait_for_the_end(page)
    assert_uninterrupted(page, values)


def test_stopped_and_gone_on_with_it_ends_where_an_uninterrupted_run_ends(
    lab: Lab, page: Page
) -> None:
    values = LONG | {"epochs": 3, "seed": 21}
    open_page(page, address(lab, values))
    train(page)
    wait_for(page, "Training: update")
    press(page, "Stop")
    wait_for(page, "Stopped at update")
    stopped = updates_done(page)
    press(page, "Go on")
    wait_for(page, "Training: update")
    assert updates_done(page) >= stopped
    wait_for_the_end(page)
    assert_uninterrupted(page, values)


def test_the_learning_rate_is_turned_while_it_runs_and_the_run_goes_on_from_there(
    lab: Lab, page: Page
) -> None:
    open_page(page, address(lab, LONG | {"seed": 22}))
    unfold(page, "More about the training")
    train(page)
    wait_for(page, "Training: update")
    tag(page.locator(CURVE))
    turn_up(page, "Learning rate")
    press_soon = page.get_by_role("button", name="Use 0.02 from here on")
    press_soon.wait_for()
    assert "Learning rate 0.01 → 0.02" in wait_for(page, "Turned since this run")
    before = updates_done(page)
    press_soon.click()
    steps = [before]
    for _ in range(5):
        steps.append(further_update(page, steps[-1]))
    assert steps == sorted(steps)
    marked = page.locator(f"{CURVE} .of-rate").filter(has_text="rate 0.02")
    expect(marked).to_have_count(1)
    expect(page.get_by_text("Turned since this run")).to_have_count(0)
    assert still_there(page)
    press(page, "Stop")
    wait_for(page, "Stopped at")


def test_a_curve_that_grows_is_not_drawn_anew_and_moves_nothing_on_the_page(
    lab: Lab, page: Page
) -> None:
    open_page(page, address(lab, LONG | {"seed": 23}))
    train(page)
    wait_for(page, "Training: update")
    wait_for(page, "The loss is")
    tag(page.locator(CURVE))
    window = page.locator(NETWORK)
    expect(window).to_be_visible()
    window.evaluate("picture => picture.setAttribute('data-window', 'yes')")
    step = updates_done(page)
    heights = []
    points = [points_drawn(page)]
    for _ in range(8):
        heights.append(height(page))
        step = further_update(page, step)
        points.append(points_drawn(page))
    assert points == sorted(points)
    assert points[-1] > points[0]
    assert still_there(page)
    expect(page.locator("[data-window]")).to_have_count(1)
    assert max(heights) - min(heights) <= 4
    press(page, "Stop")
    wait_for(page, "Stopped at")


def test_each_step_moves_the_network_and_says_which_line_changed_most(lab: Lab, page: Page) -> None:
    open_page(page, address(lab, {"rule": "echo", "units": 3, "seed": 24}))
    expect(page.locator(NETWORK)).to_have_attribute("aria-label", re.compile("after 0 updates"))
    widths = page.locator(".network .edge")
    expect(widths).to_have_count(3 + 9 + 3)
    for step in (1, 2, 3):
        press(page, "Step")
        settled(page)
        label = re.compile(f"after {step} update")
        expect(page.locator(NETWORK)).to_have_attribute("aria-label", label)
        said = page.locator(".network .said")
        expect(said).to_contain_text(f"From update {step - 1} to {step}")
        expect(page.locator(".network .edge.moved")).to_have_count(1)


def test_a_right_guess_is_called_right_and_the_loss_scales_can_be_changed(
    lab: Lab, page: Page
) -> None:
    open_page(page, address(lab, {"lag": 6, "epochs": 2, "length": 600}))
    choose(page, "Nothing")
    settled(page)
    train_to_the_end(page)
    assert wait_for(page, "You guessed").endswith("You were right.")
    linear = numbers(page)
    for option in ("Logarithmic", "All updates equal", "Linear", "First updates large"):
        choose(page, option)
        settled(page)
        assert numbers(page) == linear


def address(lab: Lab, values: dict[str, int | str]) -> str:
    query = "&".join(f"{name}={value}" for name, value in values.items())
    return f"{lab.url}/training?{query}"


def assert_uninterrupted(page: Page, values: dict[str, int | str]) -> None:
    """The page has the digits of the same settings, run from start to end in this process."""
    told = list(computed(Plan(Settings.of(values))))
    end = epoch_means(tuple(told))
    loss, accuracy, words = numbers(page)
    assert loss == f"{end.loss:.4g}"
    assert accuracy == f"{end.accuracy:.1%}"
    assert words.startswith(f"Loss from {told[0].loss:.4g} to ")
    assert f"after {told[-1].step:,} updates" in words
