"""Every page and every part of one, by its address."""

from __future__ import annotations

from rnnlab.sentiment.examples import EXAMPLES

DATA = ("The series", "How it is cut", "What can be known", "Guess it yourself", "Download")
HAND = ("Forward", "The way back", "Exercises", "Memory, written out")
KINDS = ("The kinds", "One or many", "How far back?", "The window's edge", "Why it forgets")
TEACHERS = ("Forty-five minutes", "What students say", "Exercises to print", "Thirty at once")
NEXT = ("Inside one prediction", "Map of the words", "Let it write", "Train it")
REVIEWS = ("Your review", "Compare")
PADDING = ("Your review", "Four ways to train", "500 words", "Masks in Keras", "Three more")

ADDRESSES: dict[str, list[dict[str, str]]] = {
    "": [{}],
    "training": [
        {},
        {"preset": "echo"},
        {"lesson": "pair", "step": "5"},
        {"make": "true", "make_question": "What if?"},
    ],
    "data_rules": [
        *({"rule": "lags", "look": part} for part in DATA),
        *({"rule": "sine", "look": part} for part in DATA[:3]),
        {"lesson": "pair"},
    ],
    "hand_check": [
        *({"part": part, "hand_cell": "lstm"} for part in HAND),
        {"part": "The way back"},
        {"lesson": "by-hand"},
    ],
    "papers": [{}, {"cover": "off"}],
    "board": [{}, {"board": "222222"}],
    "kinds": [{"about": part} for part in KINDS],
    "teachers": [{"teach": part} for part in TEACHERS],
    "next_word": [{"next": part} for part in NEXT],
    "padding": [{"padding": part} for part in PADDING],
    "sentiment": [{"sentiment": part, "text": EXAMPLES[3].text} for part in REVIEWS],
}
