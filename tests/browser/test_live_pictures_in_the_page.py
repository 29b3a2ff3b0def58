"""Pictures that follow the stream of a run: what they draw, and that a run outlives its page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import combinations
from time import sleep

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from rnnlab.bounds import epoch_means
from rnnlab.settings import Plan, Settings
from rnnlab.training import train as computed
from tests.browser.steps import (
    CURVE,
    choose,
    expect_points,
    metric,
    numbers,
    open_page,
    points_drawn,
    press,
    settled,
    train,
    train_to_the_end,
    updates_done,
    wait_for,
    wait_for_the_end,
)
from tests.lab import Lab

STREAM = re.compile("/live/")
SHORT = {"rule": "echo", "rows": 7, "length": 3000, "units": 3, "epochs": 3}
LONG = {"rule": "echo", "rows": 50, "length": 20_000, "window": 20, "units": 32, "epochs": 100}


def address(lab: Lab, values: dict[str, int | str]) -> str:
    query = "&".join(f"{name}={value}" for name, value in values.items())
    return f"{lab.url}/training?{query}"


def tip(page: Page) -> dict[str, str]:
    """What is read of a point, by name."""
    box = page.locator(".loss .tip")
    expect(box).to_be_visible()
    names, values = (box.locator(part).all_text_contents() for part in ("span", "b"))
    return dict(zip(names, values, strict=True))


def places(page: Page, mark: str) -> list[tuple[float, float]]:
    """The corners of a line of the loss curve, in pixels."""
    line = page.locator(f"{CURVE} {mark}").get_attribute("d") or ""
    corners = (corner.split(",") for corner in re.findall(r"[-\d.]+,[-\d.]+", line))
    return [(float(x), float(y)) for x, y in corners]


def test_a_point_is_read_with_the_arrow_keys_and_with_the_pointer(lab: Lab, page: Page) -> None:
    open_page(page, address(lab, SHORT))
    train_to_the_end(page)
    told = [*computed(Plan(Settings.of(SHORT)))]
    names = ["Update", "Epoch", "Loss", "Lowest", "Highest", "Right guesses", "Learning rate"]
    curve = page.get_by_role("img", name="Loss from")
    curve.focus()
    curve.press("Home")
    assert [*tip(page)] == names
    assert tip(page)["Update"] == f"{told[0].step:,}"
    assert float(tip(page)["Loss"]) == pytest.approx(told[0].loss, rel=1e-3)
    curve.press("ArrowRight")
    assert tip(page)["Update"] == f"{told[1].step:,}"
    curve.press("End")
    assert (tip(page)["Update"], tip(page)["Epoch"]) == (f"{told[-1].step:,}", "3")
    assert float(tip(page)["Loss"]) == pytest.approx(told[-1].loss, rel=1e-3)
    curve.press("ArrowLeft")
    assert tip(page)["Update"] == f"{told[-2].step:,}"
    curve.blur()
    expect(page.locator(".loss .tip")).to_be_hidden()

    x, y = places(page, ".curve")[-1]
    page.locator(CURVE).hover(position={"x": x, "y": y + 20})
    assert tip(page)["Update"] == f"{told[-1].step:,}"
    page.mouse.move(0, 0)
    expect(page.locator(".loss .tip")).to_be_hidden()


def rows(settings: Settings) -> list[tuple[float, ...]]:
    """A curve with an outlier and a turned rate: update, loss, lowest, highest, accuracy, rate."""
    points = [
        (0.7, 0.6, 0.75, 0.5, 0.01),
        (0.5, 0.5, 0.6, 0.6, 0.01),
        (1e-9, 0.0, 0.1, 0.9, 0.3),
        (0.2, 0.1, 0.3, 0.9, 0.3),
    ]
    return [(10 * k * settings.updates_per_epoch, *point) for k, point in enumerate(points, 1)]


def speaker(page: Page) -> Callable[..., None]:
    """Take the server's place as the stream of this page: what says the news in it."""
    streams: list[WebSocketRoute] = []
    page.route_web_socket(STREAM, lambda stream: streams.append(stream))

    def say(**news: object) -> None:
        wait_until(page, lambda: streams)
        streams[-1].send(json.dumps(news))

    return say


def test_what_the_stream_says_is_drawn_where_it_belongs(lab: Lab, page: Page) -> None:
    say = speaker(page)
    open_page(page, address(lab, LONG | {"seed": 31}))
    train(page)
    sent = rows(Settings.of(LONG))
    say(text="Far along.", share=0.25, first=0, rows=sent[:2])
    wait_for(page, "Far along.")
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "25")
    curve = page.locator(f"{CURVE} .curve")
    expect(curve).to_have_attribute("d", re.compile("L"))
    assert len(places(page, ".curve")) == 2
    assert len(places(page, ".band")) == 4
    expect(page.locator(f"{CURVE} .of-rate")).to_have_count(0)

    say(first=2, rows=sent[2:])
    expect(page.locator(f"{CURVE} .of-rate")).to_have_text(["rate 0.3"])
    first, *_, last = places(page, ".curve")
    assert first[0] < last[0]
    assert first[1] < last[1], "the greatest loss is at the top"
    newest = page.locator(f"{CURVE} .newest")
    mark = [float(newest.get_attribute(name) or 0) for name in ("cx", "cy")]
    assert mark == pytest.approx(last, abs=0.1)

    choose(page, "All updates equal")
    expect(page.locator(f"{CURVE} .title").get_by_text("Epoch (of")).to_have_count(1)
    equal = [x for x, _ in places(page, ".curve")]
    assert equal[1] - equal[0] == pytest.approx(equal[3] - equal[2], abs=0.3)
    choose(page, "Logarithmic")
    expect(page.locator(f"{CURVE} .label").get_by_text("0.001", exact=True)).to_have_count(1)
    floor = float(page.locator(f"{CURVE} .axis").get_attribute("y1") or 0)
    assert places(page, ".curve")[2][1] == pytest.approx(floor, abs=0.1)
    assert max(y for _, y in places(page, ".band")) == pytest.approx(floor, abs=0.1)

    say(first=0, rows=sent[:1])
    expect(curve).not_to_have_attribute("d", re.compile("L"))


@pytest.mark.parametrize("width", [390, 1280])
def test_how_long_its_line_is_moves_nothing(lab: Lab, page: Page, width: int) -> None:
    say = speaker(page)
    page.set_viewport_size({"width": width, "height": 844})
    open_page(page, address(lab, LONG | {"seed": 36}))
    train(page)
    stop, bar = page.get_by_role("button", name="Stop", exact=True), page.get_by_role("progressbar")
    boxes = []
    longest = "Training: update 88,888 of 100,000, epoch 88, 888 s left. 30 share the machine."
    for line in ("Next.", longest):
        say(text=line, share=0.5)
        wait_for(page, line)
        boxes.append((stop.bounding_box(), bar.bounding_box()))
    assert boxes[0] == boxes[1]
    of_stop, of_bar = boxes[0]
    assert of_stop is not None
    assert of_bar is not None
    assert of_bar["x"] + of_bar["width"] <= of_stop["x"], "it stands beside the bar"


@pytest.mark.parametrize("width", [390, 1280])
def test_no_two_labels_of_an_axis_stand_on_each_other(lab: Lab, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for values in (LONG, SHORT | {"epochs": 1}, {"rule": "sine", "window": 10}):
        open_page(page, address(lab, values))
        labels = page.locator(f"{CURVE} .label")
        expect(labels.nth(6)).to_be_visible()
        boxes = [label.bounding_box() for label in labels.all()]
        for one, other in combinations([box for box in boxes if box is not None], 2):
            beside = abs(one["x"] - other["x"]) >= min(one["width"], other["width"])
            above = abs(one["y"] - other["y"]) >= min(one["height"], other["height"]) / 2
            assert beside or above


@pytest.mark.parametrize("scale", ["Linear", "Logarithmic"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_names_of_the_lines_stand_clear_of_the_plot_and_of_each_other(
    lab: Lab, page: Page, width: int, scale: str
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    open_page(page, address(lab, {"rule": "lags", "window": 20}))
    choose(page, scale)
    settled(page)
    names = page.locator(".loss-curve .name")
    expect(names).to_have_count(5)
    axis = page.locator(f"{CURVE} .axis").bounding_box()
    letters = page.locator(f"{CURVE} .letter")
    expect(letters).to_have_count(5 if width == 390 else 0)
    assert axis is not None
    boxes = [one.bounding_box() for one in (*names.all(), *letters.all())]
    assert None not in boxes
    for box in filter(None, boxes):
        beside = box["x"] >= axis["x"] + axis["width"]
        assert beside or box["y"] >= axis["y"] + axis["height"]
        assert box["x"] + box["width"] <= width
    for one, other in combinations(filter(None, boxes), 2):
        assert (
            abs(one["y"] - other["y"]) >= min(one["height"], other["height"]) * 0.85
            or one["x"] + one["width"] <= other["x"]
            or other["x"] + other["width"] <= one["x"]
        )
    dashes = {
        line.get_attribute("stroke-dasharray") for line in page.locator(f"{CURVE} .bound").all()
    }
    assert len(dashes) == 5


def test_a_line_explains_itself_when_it_is_focused_and_when_the_curve_comes_past(
    lab: Lab, page: Page
) -> None:
    say = speaker(page)
    open_page(page, address(lab, LONG | {"seed": 37}))
    said, spoken = page.locator(".loss-curve .said"), page.locator(".loss-curve .spoken")
    knows_nothing = page.get_by_role("button", name="knows nothing")
    knows_nothing.focus()
    expect(said).to_contain_text("0.6931")
    expect(page.locator(f"{CURVE} .bound.chosen")).to_have_count(1)
    knows_nothing.blur()
    expect(said).not_to_contain_text("0.6931")
    train(page)
    say(text="On.", share=0.01, first=0, rows=[(1, 0.8, 0.8, 0.8, 0.5, 0.01)])
    wait_for(page, "On.")
    expect(page.locator(f"{CURVE} .crossing")).to_have_count(0)
    say(first=1, rows=[(step, 0.6, 0.6, 0.6, 0.6, 0.01) for step in (3, 7)])
    expect(page.locator(f"{CURVE} .crossing")).to_have_count(1)
    expect(said).to_contain_text("Update 3")
    expect(spoken).to_have_text(said.inner_text())
    knows_nothing.hover()
    expect(said).to_contain_text("at update 3")


def test_the_moment_is_a_cursor_on_the_curve_and_a_click_there_moves_it_everywhere(
    lab: Lab, page: Page
) -> None:
    open_page(page, address(lab, SHORT))
    train_to_the_end(page)
    slider, network = page.get_by_role("slider", name="Replay"), page.locator(".network svg")
    cursor = page.locator(f"{CURVE} .cursor .at")
    end = float(cursor.get_attribute("x1") or 0)
    expect(network.first).to_have_attribute("aria-label", re.compile("after 1,800 updates"))
    entries = page.evaluate("history.length")
    axis = page.locator(f"{CURVE} .axis").bounding_box()
    assert axis is not None
    middle = axis["x"] + axis["width"] / 2
    page.mouse.move(axis["x"] + axis["width"], axis["y"] - 30)
    page.mouse.down()
    page.mouse.move(middle, axis["y"] - 30, steps=4)
    page.mouse.up()
    expect(network.first).not_to_have_attribute("aria-label", re.compile("after 1,800 updates"))
    settled(page)
    step = int((slider.get_attribute("aria-valuetext") or "").replace(",", ""))
    assert 10 < step < 150, "half of an axis from 1 to 1,800 is about 42"
    expect(network.first).to_have_attribute("aria-label", re.compile(f"after {step:,} updates"))
    assert float(cursor.get_attribute("x1") or 0) < end
    assert f"replay_1800={step}" in page.url
    assert page.evaluate("history.length") == entries + 1, "one step of a person"
    slider.press("Home")
    expect(network.first).to_have_attribute("aria-label", re.compile("after 0 updates"))
    expect(cursor).to_have_attribute("x1", "58")
    settled(page)
    page.go_back()
    expect(network.first).to_have_attribute("aria-label", re.compile(f"after {step:,} updates"))


def test_the_window_is_played_at_a_pace_one_can_follow_and_gone_through_by_keyboard(
    lab: Lab, page: Page
) -> None:
    open_page(page, address(lab, SHORT))
    train_to_the_end(page)
    cells = page.locator(".network .cell")
    current = page.locator(".network .cell[aria-current=step]")
    expect(cells).to_have_count(8)
    expect(current).to_have_attribute("aria-label", re.compile("Step 8:"))
    press(page, "Play through the window")
    expect(current).to_have_attribute("aria-label", re.compile("Step 1:"))
    started = page.evaluate("performance.now()")
    expect(current).to_have_attribute("aria-label", re.compile("Step 2:"))
    assert page.evaluate("performance.now()") - started > 700
    press(page, "Pause")
    at = current.get_attribute("aria-label")
    page.wait_for_timeout(2000)
    assert current.get_attribute("aria-label") == at
    picture = page.locator(".network .picture")
    picture.press("ArrowLeft")
    expect(current).not_to_have_attribute("aria-label", at or "")
    said = page.locator(".network .said")
    before = said.inner_text()
    picture.press("ArrowDown")
    expect(said).not_to_have_text(before)
    expect(page.locator(".network .picked")).to_have_count(1)


def test_the_step_of_the_network_is_in_the_address(lab: Lab, page: Page) -> None:
    open_page(page, address(lab, SHORT))
    current = page.locator(".network .cell[aria-current=step]")
    for step in (7, 6):
        press(page, "A step back")
        expect(page).to_have_url(re.compile(f"network_step={step}"))
        expect(current).to_have_attribute("aria-label", re.compile(f"Step {step}:"))
    settled(page)
    page.go_back()
    expect(current).to_have_attribute("aria-label", re.compile("Step 7:"))
    page.reload()
    expect(current).to_have_attribute("aria-label", re.compile("Step 7:"))
    press(page, "Play through the window")
    expect(page).not_to_have_url(re.compile("network_step"))  # at its end, where it begins


def test_where_the_stream_is_blocked_the_page_moves_and_ends_all_the_same(
    lab: Lab, page: Page
) -> None:
    attempts: list[WebSocketRoute] = []

    def refuse(stream: WebSocketRoute) -> None:
        attempts.append(stream)
        stream.close()

    page.route_web_socket(STREAM, refuse)
    values = LONG | {"epochs": 6, "seed": 32}
    open_page(page, address(lab, values))
    train(page)
    wait_for(page, "Training: update")
    expect_points(page, 1)
    expect(page.locator("[data-testid=stMetricValue]").first).not_to_have_text("–")
    loss = page.get_by_test_id("stMetricValue").first.inner_text()
    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(loss)
    wait_for_the_end(page)
    told = [*computed(Plan(Settings.of(values)))]
    assert metric(page, "Loss, last epoch") == f"{epoch_means(told).loss:.4g}"
    wait_until(page, lambda: points_drawn(page) == len(told))
    before = len(attempts)
    page.wait_for_timeout(4000)
    assert len(attempts) == before, "all is drawn: nothing more is asked for"


def test_two_pages_that_join_the_same_run_see_the_same_curve(
    lab: Lab, page: Page, browser: Browser
) -> None:
    values = LONG | {"epochs": 12, "seed": 33}
    friend = browser.new_page(viewport={"width": 1280, "height": 900})
    for visited in (page, friend):
        open_page(visited, address(lab, values))
    train(page)
    wait_for(page, "Training: update")
    train(friend)
    wait_for(friend, "Training: update")
    expect_points(friend, 1)
    ends = [(wait_for_the_end(visited), numbers(visited)) for visited in (page, friend)]
    assert ends[0] == ends[1], "to the tenth of a second that it took"
    assert places(page, ".curve") == places(friend, ".curve")
    assert points_drawn(page) > 10
    friend.close()


def test_a_run_goes_on_while_its_visitor_is_on_another_page(lab: Lab, page: Page) -> None:
    open_page(page, address(lab, LONG | {"seed": 34}))
    train(page)
    wait_for(page, "s left")
    expect_points(page, 1)
    update, points = updates_done(page), points_drawn(page)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="What can a recurrent network learn?")).to_be_visible()
    page.wait_for_timeout(1000)
    page.go_back()
    wait_for(page, "Training: update")
    expect_points(page, points)
    assert updates_done(page) > update
    press(page, "Stop")
    wait_for(page, "Stopped at")


def test_a_reload_ends_nothing_and_train_joins_the_run(lab: Lab, page: Page) -> None:
    open_page(page, address(lab, LONG | {"epochs": 5, "seed": 35}))
    train(page)
    wait_for(page, "s left")
    update = updates_done(page)
    page.reload()
    train(page)
    wait_for(page, "Training: update")
    assert updates_done(page) >= update
    done = wait_for_the_end(page)
    page.reload()
    train(page)
    assert wait_for_the_end(page) == done
    assert points_drawn(page) > 10


def test_a_run_is_followed_to_its_end_where_the_scripts_come_late(lab: Lab, page: Page) -> None:
    """What has changed by then draws a second time, and the first is told that it is outdated."""

    def late(route: Route) -> None:
        sleep(2.5)
        route.continue_()

    page.route(re.compile(r"/scripts/"), late)
    open_page(page, address(lab, SHORT | {"seed": 36}))
    train(page)
    wait_for_the_end(page, seconds=30)
    assert points_drawn(page) > 10


def wait_until(page: Page, holds: Callable[[], object]) -> None:
    """Wait until this holds, however long the machine takes."""
    for _ in range(600):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came")
