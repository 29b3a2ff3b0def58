"""Negation and contrast by rule: which words go where, and what comes out."""

from collections import Counter

import numpy as np
import pytest

from rnnlab.makers.sentiment.made_phrases import (
    SHARES,
    TARGETS,
    frames,
    made_phrases,
    plain_words,
)

LABELLED = {
    ("funny",): 0.9,
    ("dull",): 0.1,
    ("enjoy",): 0.9,
    ("hate",): 0.1,
    ("charm",): 0.85,
    ("mess",): 0.05,
    ("not",): 0.2,
    ("isn't",): 0.1,
    ("table",): 0.5,
    ("very", "funny"): 0.95,
}
TEXTS = [
    text.split()
    for text in (
        "very funny so dull really funny too dull quite funny rather dull",
        "to enjoy will hate can enjoy to hate would enjoy to hate very not so isn't very",
        "no charm the mess any charm this mess some charm of mess the table no table a table",
    )
] * 2


@pytest.fixture
def plain():
    return plain_words(LABELLED, TEXTS)


def test_the_kind_of_a_word_is_seen_from_its_places(plain):
    assert plain.by_kind == {
        "adjective": (["dull"], ["funny"]),
        "verb": (["hate"], ["enjoy"]),
        "noun": (["mess"], ["charm"]),
    }


def test_every_frame_is_of_a_kind_that_is_drawn_and_has_the_places_of_its_kind():
    places = Counter({"contrast": 2, "pair": 2, "nothing": 0})
    for frame in frames():
        assert (frame.kind, frame.effect) in SHARES
        assert frame.effect in TARGETS
        assert frame.frame.split().count("{}") == places.get(frame.kind, 1)
        assert frame.frame == frame.frame.lower()


def test_a_denied_word_says_the_opposite_and_the_last_of_two_decides(plain):
    made = made_phrases(plain, 20_000, np.random.default_rng(1))
    assert made[("not", "dull")] > 0.5 > made[("not", "funny")]
    assert made[("not", "only", "funny")] > 0.5
    assert made[("dull", "but", "funny")] > 0.5 > made[("funny", "but", "dull")]
    assert made[("funny", "not", "dull")] > 0.5
    assert made[("neither", "dull", "nor", "dull")] > 0.5
    assert made[("never", "fails", "to", "enjoy")] > 0.5 > made[("failed", "to", "enjoy")]
    assert made[("no", "charm")] < 0.5 < made[("no", "mess")]
    assert not any("{" in word for words in made for word in words)


def test_the_same_seed_makes_the_same(plain):
    first, second = (made_phrases(plain, 500, np.random.default_rng(3)) for _ in range(2))
    assert first == second
