"""Sentiment in the browser: type, edit, point, walk, compare, and type what nobody expects."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from rnnlab.sentiment.examples import EXAMPLES
from rnnlab.sentiment.model import shipped, shipped_names
from rnnlab.sentiment.reading import caveats, read
from tests.browser.steps import (
    cells,
    choose,
    open_page,
    picture,
    press,
    settled,
    text_of,
    too_wide,
    wait_for,
)
from tests.lab import Lab

FILM = "The acting is good and the music is lovely"


def sentiment(lab: Lab, **query: str) -> str:
    asked = "&".join(f"{key}={value.replace(' ', '+')}" for key, value in query.items())
    return f"{lab.url}/sentiment?{asked}"


def type_in(page: Page, text: str) -> None:
    """Fill the box and hand it in by the keyboard."""
    box = page.get_by_role("textbox", name="Your review")
    box.fill(text)
    box.press("Control+Enter")
    settled(page)


def status(page: Page) -> Locator:
    return page.locator(".reading .status")


def share(page: Page) -> int:
    line = wait_for(page, "It takes this text for")
    percents, verdict = re.findall(r"(\d+)% (positive|negative)", line)[0]
    return int(percents) if verdict == "positive" else 100 - int(percents)


def test_a_typed_text_is_judged_as_the_model_judges_it(lab: Lab, page: Page) -> None:
    open_page(page, sentiment(lab))
    type_in(page, FILM)
    reading = read(shipped(shipped_names()[0]), FILM)
    expect(page.locator(".text .word")).to_have_count(9)
    assert share(page) == pytest.approx(100 * reading.probability, abs=0.51)
    expect(picture(page, "What each word adds")).to_be_visible()


def test_the_verdict_follows_the_typing(lab: Lab, page: Page) -> None:
    open_page(page, sentiment(lab))
    box = page.get_by_role("textbox", name="Your review")
    box.fill("")
    box.press_sequentially("it was awful", delay=30)
    expect(page.locator(".text .word")).to_have_text(["it", "was", "awful"])
    expect(box).to_be_focused()
    expect(box).to_have_value("it was awful")
    wait_for(page, "% negative")


def test_the_verdict_on_a_long_text_is_seen_to_be_old(lab: Lab, page: Page) -> None:
    open_page(page, sentiment(lab))
    expect(page.locator(".text .word").first).to_be_visible()
    box = page.get_by_role("textbox", name="Your review")
    box.fill("word " * 1000)
    wait_for(page, "Not read yet")
    verdict = page.locator(".st-key-typed_verdict")
    expect(verdict).to_have_css("opacity", "0.4")
    box.press("Control+Enter")
    expect(verdict).to_have_css("opacity", "1")
    expect(page.get_by_text("Not read yet")).to_have_count(0)


def test_a_word_and_its_point_light_each_other_up(lab: Lab, page: Page) -> None:
    open_page(page, sentiment(lab))
    type_in(page, FILM)
    expect(page.locator(".text .word")).to_have_count(9)
    page.locator(".text .word", has_text="lovely").hover()
    expect(status(page)).to_contain_text("“lovely” (word 9 of 9)")
    expect(page.locator(".dot")).to_be_visible()
    curve = page.locator(".curve")
    box = curve.bounding_box()
    assert box is not None
    # Nine words: the point after the third lies a third of the way to the right.
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + 20)
    expect(page.locator(".word.lit")).to_have_text("is")
    page.mouse.move(1, 1)
    expect(page.locator(".word.lit")).to_have_count(0)


def test_the_arrow_keys_walk_from_word_to_word(lab: Lab, page: Page) -> None:
    open_page(page, sentiment(lab))
    type_in(page, FILM)
    expect(page.locator(".text .word")).to_have_count(9)
    page.get_by_role("listbox", name="Your text, word by word").focus()
    expect(status(page)).to_contain_text("“The” (word 1 of 9)")
    for key, place in [("ArrowRight", 2), ("End", 9), ("ArrowRight", 9), ("ArrowLeft", 8)]:
        page.keyboard.press(key)
        expect(status(page)).to_contain_text(f"(word {place} of 9")


def test_the_button_reads_too_and_an_example_is_a_click_away(lab: Lab, page: Page) -> None:
    open_page(page, sentiment(lab))
    page.get_by_role("textbox", name="Your review").fill("so dull")
    press(page, "Read it")
    expect(page.locator(".text .word")).to_have_count(2)
    press(page, EXAMPLES[0].name)
    expect(page.get_by_role("textbox", name="Your review")).to_have_value(EXAMPLES[0].text)
    expect(page.locator(".text .word")).to_have_count(3)


def test_models_are_compared_on_the_same_text(lab: Lab, page: Page) -> None:
    open_page(page, sentiment(lab, sentiment="Compare"))
    type_in(page, FILM)
    wait_for(page, "Which one forgets the beginning?")
    expect(picture(page, "How far apart the verdicts")).to_be_visible()
    expect(picture(page, "The running verdict of each model")).to_be_visible()
    _, *rows = cells(page, len(shipped_names()))
    models = [shipped(name) for name in shipped_names()]
    assert [(row[0], int(row[-1])) for row in rows] == [
        (model.title, model.n_parameters) for model in models
    ]


NASTY = {
    "nothing": "",
    "spaces": "  \n \t ",
    "emoji": "😀🎬👎🏽",
    "one word": "dull",
    "German": "Der Film war leider ziemlich langweilig und viel zu lang",
    "right to left": "الفيلم كان مملا جدا ولم يعجبني",
    "markup": "<b>bold</b> <script>alert(1)</script> **x** $y$ [a](b) `c` :red[d] ~~e~~",
    "accents": "e\u0301".join("abc") + " naïve café",
    "a long word": "so" + "o" * 5000 + " good",
    "lines": "good\n\n\n\nbad\r\n\r\nfine<br /><br />end",
}


def test_whatever_is_typed_is_answered_in_a_sentence(lab: Lab, page: Page) -> None:
    open_page(page, sentiment(lab))
    model = shipped(shipped_names()[0])
    for text in NASTY.values():
        type_in(page, text)
        read_by_hand = read(model, text.replace("\r\n", "\n"))
        expect(page.locator(".text .word")).to_have_count(len(read_by_hand.spans))
        for sentence in caveats(read_by_hand):
            wait_for(page, sentence)
        assert too_wide(page) <= 0
        expect(page.locator(".text script, .text b")).to_have_count(0)


def test_a_megabyte_is_answered_and_its_end_is_read(lab: Lab, page: Page) -> None:
    open_page(page, sentiment(lab))
    model = shipped(shipped_names()[0])
    type_in(page, "A quiet film about a farmer. " * 35_000)
    wait_for(page, f"the last {model.most_words:,} words were read", seconds=120)
    expect(page.locator(".text .word")).to_have_count(model.most_words)
    expect(page.locator(".text .unread")).to_contain_text("characters more]")
    type_in(page, "fine again")
    expect(page.locator(".text .word")).to_have_count(2)


def test_the_text_is_in_no_address_but_in_the_link_that_one_asks_for(
    lab: Lab, page: Page, browser: Browser
) -> None:
    open_page(page, sentiment(lab))
    type_in(page, "a quiet film & a good one")
    assert "quiet" not in page.url
    press(page, "Link with the text")
    link = text_of(page.get_by_test_id("stCode"), r"^http\S*[?&]text=a\S*one$")
    other = browser.new_context().new_page()
    open_page(other, link)
    box = other.get_by_role("textbox", name="Your review")
    box.wait_for()
    expect(box).to_have_value("a quiet film & a good one")
    settled(other)
    assert "quiet" not in other.url
    other.context.close()


def test_the_text_stays_from_part_to_part(lab: Lab, page: Page) -> None:
    open_page(page, sentiment(lab))
    type_in(page, "my own words")
    for part in ("Compare", "Train it yourself", "Your review"):
        choose(page, part)
        settled(page)
    expect(page.get_by_role("textbox", name="Your review")).to_have_value("my own words")
