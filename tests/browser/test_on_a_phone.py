"""On the narrow screen of a phone no page, and no part of one, is wider than the screen."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from rnnlab.sentiment.examples import EXAMPLES
from tests.browser.steps import open_page, settled, too_wide
from tests.lab import Lab

DATA = ("The series", "How it is cut", "What can be known", "Guess it yourself", "Take away")
HAND = ("Forward", "The way back", "Exercises", "Memory, written out")
KINDS = ("The kinds", "One or many", "How far back?", "The window's edge", "Why?")
NEXT = ("Inside one prediction", "Map of the words", "Let it write", "Train it")
REVIEWS = ("Your review", "Compare")

ADDRESSES: dict[str, list[dict[str, str]]] = {
    "": [{}],
    "training": [{}, {"preset": "echo"}],
    "data_rules": [{"rule": rule, "look": part} for rule in ("lags", "sine") for part in DATA],
    "hand_check": [
        *({"part": part, "hand_cell": "lstm"} for part in HAND),
        {"part": "The way back"},
    ],
    "kinds": [{"about": part} for part in KINDS],
    "next_word": [{"next": part} for part in NEXT],
    "sentiment": [{"sentiment": part, "text": EXAMPLES[3].text} for part in REVIEWS],
}


@pytest.mark.parametrize("name", ADDRESSES, ids=lambda name: name or "home")
def test_nothing_is_wider_than_the_screen(lab: Lab, page: Page, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for query in ADDRESSES[name]:
        open_page(page, f"{lab.url}/{name}?{urlencode(query)}")
        settled(page)
        assert (query, max(too_wide(page), 0)) == (query, 0)
