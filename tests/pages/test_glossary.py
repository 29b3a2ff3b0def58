"""Every word of the glossary is explained wherever a page uses it."""

from __future__ import annotations

from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.glossary import WORDS, words_in
from rnnlab.ui.data import cut, download, game, known, series
from rnnlab.ui.glossary import in_markdown
from rnnlab.ui.hand import backward, exercises, forward, shapes, written_out
from rnnlab.ui.kinds import each_kind, flows, memory_map, why, window_map
from rnnlab.ui.next_word import inside, suggest, training, word_map, writing
from rnnlab.ui.padding import articles_network, four_ways, in_keras, more_shapes, own_review
from rnnlab.ui.sentiment import compare, many, train_it, your_review
from rnnlab.ui.teachers import exercises as to_print
from rnnlab.ui.teachers import misconceptions, order, thirty
from rnnlab.ui.training import about
from tests.pages.opened import opened, texts

PARTS: dict[tuple[str, str], tuple[ModuleType, ...]] = {
    ("data_rules", "look"): (series, cut, known, game, download),
    ("hand_check", "part"): (forward, backward, exercises, written_out, shapes),
    ("kinds", "about"): (each_kind, flows, memory_map, window_map, why),
    ("next_word", "next"): (suggest, inside, word_map, writing, training),
    ("teachers", "teach"): (order, misconceptions, to_print, thirty),
    ("padding", "padding"): (own_review, four_ways, articles_network, in_keras, more_shapes),
    ("sentiment", "sentiment"): (your_review, compare, train_it, many),
}
EACH = [(page, key, part) for (page, key), parts in PARTS.items() for part in parts]

PLAIN = {"row"}
"""Also a word for what stands side by side in a table."""


@pytest.mark.parametrize(
    ("page", "key", "part"), EACH, ids=lambda value: getattr(value, "TITLE", "")
)
def test_a_part_of_a_page_explains_its_words(page: str, key: str, part: ModuleType) -> None:
    app = opened(f"pages/{page}.py", **{key: part.TITLE})
    assert used_on(app, part.WORDS) <= {*part.WORDS}


@pytest.mark.parametrize("rule", ["pair", "echo", "sine", "toy", "embedded-reber", "copy"])
def test_the_training_page_explains_its_words(rule: str) -> None:
    app = opened("pages/training.py", rule=rule)
    assert used_on(app, about.WORDS) <= {*about.WORDS}


def test_every_word_is_explained_somewhere() -> None:
    offered = {word for _, _, part in EACH for word in part.WORDS}
    assert offered | {*about.WORDS} == {*WORDS}


def used_on(app: AppTest, offered: tuple[str, ...]) -> set[str]:
    """The words that stand on a page, but for the glossary itself, which must be there."""
    explained = in_markdown(*offered)
    assert explained in texts(app)
    return {*words_in(texts(app).replace(explained, ""))} - PLAIN
