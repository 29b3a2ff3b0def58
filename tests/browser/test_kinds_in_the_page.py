"""The page about kinds of network, in a browser: pictures light up, a map fills, a cell opens."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import choose, open_page, picture, settled, wait_for
from tests.lab import Lab


def part(lab: Lab, title: str = "The kinds") -> str:
    return f"{lab.url}/kinds?about={title.replace(' ', '+').replace('?', '%3F')}"


def node(page: Page, name: str) -> Locator:
    return page.locator(f".node[data-name='{name}']").first


def highlighted(page: Page) -> set[str]:
    names = "nodes => nodes.map(node => node.dataset.name)"
    return set(page.locator(".node.highlighted").evaluate_all(names))


def cell(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def test_pointing_at_an_answer_lights_all_that_it_knows(lab: Lab, page: Page) -> None:
    open_page(page, part(lab))
    node(page, "y3").hover()
    expect(node(page, "y3")).to_have_class(re.compile("chosen"))
    assert highlighted(page) == {"x1", "x2", "x3", "state1.1", "state1.2", "state1.3", "y3"}
    wait_for(page, "y₃ knows x₁ to x₃")
    page.get_by_role("heading", level=1).hover()
    expect(page.locator(".node.highlighted")).to_have_count(0)


def test_the_keyboard_goes_from_spot_to_spot(lab: Lab, page: Page) -> None:
    open_page(page, part(lab))
    node(page, "x1").focus()
    page.keyboard.press("ArrowRight")
    expect(node(page, "x2")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(node(page, "state1.2")).to_be_focused()
    wait_for(page, "h₂ knows x₁ and x₂ and changes y₂ to y₄")


def test_who_reads_both_ways_knows_what_comes_later(lab: Lab, page: Page) -> None:
    open_page(page, part(lab))
    choose(page, "Bidirectional")
    settled(page)
    node(page, "y1").hover()
    wait_for(page, "y₁ knows x₁ to x₄")
    assert {"x4", "backward1.4", "backward1.1"} <= highlighted(page)
    assert "state1.2" not in highlighted(page)


def test_the_map_fills_while_one_looks_and_a_cell_opens(lab: Lab, page: Page) -> None:
    open_page(page, part(lab, "How far back?"))
    expect(page.locator(".cell:not(.empty)")).to_have_count(60)
    recorded = cell(page, "SimpleRNN, echo of 1 step:").get_attribute("aria-label")
    assert recorded is not None
    page.get_by_role("button", name="Run it again").click()
    expect(page.locator(".cell.empty")).not_to_have_count(0)
    first = cell(page, "SimpleRNN, echo of 1 step: loss")
    first.wait_for(timeout=120_000)
    expect(first).to_have_attribute("aria-label", recorded)
    page.get_by_role("button", name="Stop", exact=True).click()
    wait_for(page, "Stopped:")
    first.click()
    wait_for(page, "there is nothing left to learn")
    expect(page.get_by_role("link", name="Open this run")).to_be_visible()
    first.press("Enter")
    page.wait_for_url(re.compile("/training"))
    settled(page)
    for held in ("rule=echo", "delay=1", "units=24", "window=25", "epochs=10"):
        assert held in page.url
    assert "cell=" not in page.url  # simple_rnn is the default


def test_a_cell_is_reached_with_the_keyboard_alone(lab: Lab, page: Page) -> None:
    open_page(page, part(lab, "The window's edge"))
    cell(page, "Window 1, echo of 1 step").first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    expect(cell(page, "Window 3, echo of 2 steps").first).to_be_focused()
    page.keyboard.press("Enter")
    wait_for(page, "Window 3, echo of 2 steps.")


def test_the_lines_of_the_gradient_are_drawn_before_and_after(lab: Lab, page: Page) -> None:
    open_page(page, part(lab, "Why it forgets"))
    wait_for(page, "lies 15 steps back")
    charts = picture(page, "Gradient by steps back")
    expect(charts).to_have_count(2, timeout=60_000)
    expect(charts.first.locator(".mark-line path")).to_have_count(3, timeout=60_000)
