"""The next word in a real browser: train, follow suggestions, let it write; a text of one's own."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import (
    choose,
    expect_marks,
    metric,
    open_page,
    picture,
    press,
    settled,
    text_of,
    train,
    turn_up,
    wait_for,
)
from tests.lab import Lab

BRIEF = "word_sentences=1000&word_passes=1&word_units=16"
BRIEF_OWN = "text_passes=2&text_units=16&text_embedding=8"
STORY = "The old king saw the sea. The young king saw the old ship! Did he see it?\n" * 200


def sentence(page: Page) -> str:
    return page.get_by_role("combobox", name="Your sentence").input_value()


def follow_the_first(page: Page) -> None:
    """Go on with the likeliest word."""
    line = page.get_by_role("combobox", name="Your sentence")
    expect(line).not_to_have_value("")  # it is drawn a moment before it is filled in
    before = sentence(page)
    page.locator(".st-key-next_word_0").get_by_role("button").click()
    expect(line).to_have_value(re.compile(f"^{re.escape(before)} .+"), timeout=30_000)
    settled(page)


def test_the_grammar_is_trained_on_and_then_the_own_network_speaks(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/next_word?next=Train+it&{BRIEF}")
    train(page)
    wait_for(page, "Done:", 180)
    wait_for(page, "your LSTM of 16 units")
    settled(page)
    best = float(metric(page, "Best possible"))
    assert best < float(metric(page, "Network"))
    expect_marks(picture(page, "Perplexity by passes"), 11)
    choose(page, "What comes next")
    wait_for(page, "The network gives")
    follow_the_first(page)
    follow_the_first(page)
    expect(picture(page, "The likeliest words after").locator("svg")).to_be_visible()
    choose(page, "Let it write")
    wait_for(page, "✗ marks")
    column = page.get_by_test_id("stColumn").filter(has=page.get_by_text("Network", exact=True))
    written = text_of(column, "she was late for school because")
    press(page, "Write again")
    expect(column).not_to_have_text(written, use_inner_text=True, timeout=30_000)


def test_the_run_before_stays_under_the_new_one(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/next_word?next=Train+it&{BRIEF}")
    train(page)
    wait_for(page, "Done:", 180)
    settled(page)
    assert "The grey curve" not in page.inner_text("[data-testid=stMain]")
    turn_up(page, "Passes")
    settled(page)
    train(page)
    told = wait_for(page, "The grey curve is the run before")
    assert "Passes 1 → 2" in told
    settled(page)


def test_a_text_of_ones_own_is_uploaded_read_and_trained_on(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/next_word?word_text=Your+own+text&{BRIEF_OWN}")
    wait_for(page, "At least 2,000 words in 50 sentences")
    box = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    file = {"name": "story.txt", "mimeType": "text/plain", "buffer": STORY.encode()}
    box.set_input_files(file)  # type: ignore[arg-type]
    wait_for(page, "“story.txt”: 4,000 words in 600 sentences")
    page.get_by_role("combobox", name="Your sentence").fill("the young kign")
    page.keyboard.press("Enter")
    assert "“king”" in wait_for(page, "is no word of this dictionary")
    choose(page, "Train it")
    train(page)
    wait_for(page, "Done:", 180)
    wait_for(page, "your GRU of 16 units")
    choose(page, "Map of the words")
    expect(picture(page, "words in two dimensions").locator("svg")).to_be_visible()
    expect_marks(picture(page, "words in two dimensions"), 21)  # 14 words, a point and a text each
    assert "kign" not in page.url
    assert "king" not in page.url


OFFERED = "() => [...document.querySelectorAll('#rnnlab-known-words option')].map(o => o.value)"


def test_known_words_are_offered_as_one_types(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/next_word")
    line = page.get_by_role("combobox", name="Your sentence")
    line.fill("")
    line.press_sequentially("she was la")
    page.wait_for_function(f"() => ({OFFERED})().includes('she was late')")
    assert all(text.startswith("she was la") for text in page.evaluate(OFFERED))
    assert line.get_attribute("list") == "rnnlab-known-words"
    # What is chosen from the list is read at once; a browser says so by an event without a kind.
    line.evaluate(
        """input => {
            const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set
            set.call(input, "she was late")
            input.dispatchEvent(new Event("input", { bubbles: true }))
        }"""
    )
    expect(page).to_have_url(re.compile("next_sentence_english=she\\+was\\+late(&|$)"))


def test_two_are_asked_first_and_all_when_one_wants(lab: Lab, page: Page) -> None:
    open_page(page, f"{lab.url}/next_word")
    marks = picture(page, "The likeliest words after").locator("svg")
    expect(marks).to_contain_text("network")
    expect(marks).not_to_contain_text("trigram")
    page.get_by_text("Counting beside it").click()
    expect(marks).to_contain_text("trigram")
    expect(page).to_have_url(re.compile("next_all=true"))
    page.reload()
    expect(marks).to_contain_text("bigram")
